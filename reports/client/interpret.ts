/** A node of an expression's syntax tree, as Vega's parser writes it under `ast: true`. */
interface Node {
  readonly type: string;
  readonly [field: string]: unknown;
}

type Functions = Readonly<Record<string, (...values: unknown[]) => unknown>>;

interface Scope {
  readonly functions: Functions;
  readonly params: Readonly<Record<string, unknown>> | undefined;
  readonly datum?: unknown;
  readonly event?: unknown;
  readonly item?: unknown;
}

interface Context { readonly functions: Functions }
interface Expression { readonly ast: Node }
interface Item { datum?: unknown; [channel: string]: unknown }
interface Encoding { readonly marktype: string; readonly channels: Readonly<Record<string, Expression>> }

/**
 * Evaluates Vega expressions by walking their syntax trees: the page's policy allows no code from text.
 *
 * source  the interface of vega-interpreter; vega-runtime/src/expression.js for the meaning of each part
 */
export const expressionInterpreter = {
  operator: ({ functions }: Context, { ast }: Expression) => (params: Scope['params']) => evaluate(ast, { functions, params }),
  parameter: ({ functions }: Context, { ast }: Expression) => (datum: unknown, params: Scope['params']) => evaluate(ast, { functions, params, datum }),
  event: ({ functions }: Context, { ast }: Expression) => (event: unknown) => evaluate(ast, { functions, params: undefined, event }),
  handler: ({ functions }: Context, { ast }: Expression) => (params: Scope['params'], event: { item?: Item }) => evaluate(ast, { functions, params, datum: event.item?.datum, event }),
  encode: ({ functions }: Context, { marktype, channels }: Encoding) => (item: Item, params: Scope['params']): number => {
    let modified = 0;
    for (const [name, { ast }] of Object.entries(channels)) {
      const value = evaluate(ast, { functions, params, datum: item.datum, item });
      if (item[name] !== value) {
        item[name] = value;
        modified = 1;
      }
    }
    if (marktype !== 'rule') adjustSpatial(item, channels, marktype === 'group' || marktype === 'image' || marktype === 'rect');
    return modified;
  },
};

function evaluate(node: Node, scope: Scope): unknown {
  const at = (child: unknown): unknown => evaluate(child as Node, scope);
  switch (node.type) {
    case 'Literal': return node.value;
    case 'Identifier': return identifier(node.name as string, scope);
    case 'MemberExpression': {
      const object = at(node.object) as Record<string, unknown>;
      const key = node.computed ? at(node.property) : (node.property as Node).name;
      if (FORBIDDEN.has(key as string)) throw new Error(`property ${String(key)} must not be read`);
      return object[key as string];
    }
    case 'CallExpression': return call(node, scope);
    case 'ArrayExpression': return (node.elements as Node[]).map(at);
    case 'ObjectExpression': return Object.fromEntries((node.properties as { key: Node; value: Node }[]).map(({ key, value }) => [key.type === 'Identifier' ? key.name : key.value, at(value)]));
    case 'ConditionalExpression': return at(node.test) ? at(node.consequent) : at(node.alternate);
    case 'LogicalExpression': return node.operator === '&&' ? at(node.left) && at(node.right) : at(node.left) || at(node.right);
    case 'UnaryExpression': return UNARY[node.operator as string](at(node.argument));
    case 'BinaryExpression': return BINARY[node.operator as string](at(node.left), at(node.right));
    default: throw new Error(`expression node ${node.type} is not supported`);
  }
}

const FORBIDDEN = new Set(['constructor', '__proto__', 'prototype']);

function identifier(name: string, { datum, event, item, params }: Scope): unknown {
  switch (name) {
    case 'datum': return datum;
    case 'event': return event;
    case 'item': return item;
    default: return name in CONSTANTS ? CONSTANTS[name] : params?.[`$${name}`];
  }
}

function call(node: Node, scope: Scope): unknown {
  const name = ((node.callee as Node).name as string).replace(/^_/, '');
  const args = node.arguments as Node[];
  if (name === 'if') return evaluate(evaluate(args[0], scope) ? args[1] : args[2], scope);
  const values = args.map((arg) => evaluate(arg, scope));
  const own = scope.functions[name];
  if (own) return own.apply(scope.functions, values);
  const plain = PLAIN[name];
  if (!plain) throw new Error(`expression function ${name} is not supported`);
  return plain(...values);
}

const CONSTANTS: Readonly<Record<string, number>> = {
  NaN: Number.NaN, E: Math.E, LN2: Math.LN2, LN10: Math.LN10, LOG2E: Math.LOG2E, LOG10E: Math.LOG10E, PI: Math.PI, SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2, MIN_VALUE: Number.MIN_VALUE, MAX_VALUE: Number.MAX_VALUE,
};

/* Operators and functions work on whatever the specification holds: the casts only name that. */
type Loose = (...values: never[]) => unknown;
const loose = (functions: Record<string, Loose>): Functions => functions as unknown as Functions;

const UNARY = loose({
  '+': Number, '-': (a: number) => -a, '~': (a: number) => ~a, '!': (a: unknown) => !a,
});

const BINARY = loose({
  '+': (a: number, b: number) => a + b, '-': (a: number, b: number) => a - b, '*': (a: number, b: number) => a * b, '/': (a: number, b: number) => a / b,
  '%': (a: number, b: number) => a % b, '|': (a: number, b: number) => a | b, '&': (a: number, b: number) => a & b, '^': (a: number, b: number) => a ^ b,
  '<<': (a: number, b: number) => a << b, '>>': (a: number, b: number) => a >> b, '>>>': (a: number, b: number) => a >>> b,
  '<': (a: number, b: number) => a < b, '<=': (a: number, b: number) => a <= b, '>': (a: number, b: number) => a > b, '>=': (a: number, b: number) => a >= b,
  // oxlint-disable-next-line eqeqeq -- Vega's `==` is JavaScript's
  '==': (a: unknown, b: unknown) => a == b, '!=': (a: unknown, b: unknown) => a != b,
  '===': (a: unknown, b: unknown) => a === b, '!==': (a: unknown, b: unknown) => a !== b,
});

const PLAIN = loose({
  isNaN: Number.isNaN, isFinite: Number.isFinite, abs: Math.abs, ceil: Math.ceil, floor: Math.floor, round: Math.round, exp: Math.exp, log: Math.log,
  max: Math.max, min: Math.min, pow: Math.pow, sqrt: Math.sqrt, hypot: Math.hypot, sin: Math.sin, cos: Math.cos, tan: Math.tan, parseFloat, parseInt: Number.parseInt,
  clamp: (value: number, lo: number, hi: number) => Math.max(lo, Math.min(hi, value)),
  length: (value: ArrayLike<unknown>) => value.length,
  lower: (text: unknown) => String(text).toLowerCase(), upper: (text: unknown) => String(text).toUpperCase(), trim: (text: unknown) => String(text).trim(),
});

function adjustSpatial(item: Item, channels: Encoding['channels'], swap: boolean): void {
  for (const [start, end, centre, size] of [['x', 'x2', 'xc', 'width'], ['y', 'y2', 'yc', 'height']] as const) {
    if (end in channels) {
      if (start in channels) {
        if (swap && (item[start] as number) > (item[end] as number)) [item[start], item[end]] = [item[end], item[start]];
        item[size] = (item[end] as number) - (item[start] as number);
      } else {
        item[start] = (item[end] as number) - ((item[size] as number) || 0);
      }
    }
    if (centre in channels) item[start] = (item[centre] as number) - ((item[size] as number) || 0) / 2;
  }
}
