import { InputError } from '../../engine/index.ts';

type Names = Readonly<Record<string, number>>;

const TOKEN = /\s*(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+|[a-z_]\w*|\*\*|==|!=|<=|>=|[-+*/%()<>,])/giy;
const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = { sin: Math.sin, cos: Math.cos, exp: Math.exp, log: Math.log, sqrt: Math.sqrt, abs: Math.abs };
const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '==': (a, b) => a === b, '!=': (a, b) => a !== b, '<': (a, b) => a < b, '>': (a, b) => a > b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b,
};

/**
 * Value of arithmetic as cases write it: + − * / ** mod %, comparisons, `a if c else b`, and a few functions of one value.
 *
 * throws  InputError `case-formula-invalid`
 */
export function evaluateFormula(text: string, names: Names): number {
  const parser = new Parser(tokensOf(text), names);
  return parser.whole();
}

function tokensOf(text: string): string[] {
  const tokens = [...text.trimEnd().matchAll(TOKEN)].map(([, token]) => token);
  if (tokens.join('') !== text.replaceAll(/\s/g, '')) throw new InputError('case-formula-invalid', `formula must be arithmetic, was ${JSON.stringify(text)}`);
  return tokens;
}

class Parser {
  private readonly tokens: readonly string[];
  private readonly names: Names;
  private at = 0;

  constructor(tokens: readonly string[], names: Names) {
    this.tokens = tokens;
    this.names = names;
  }

  whole(): number {
    const value = this.choice();
    if (this.at < this.tokens.length) throw this.unexpected();
    return value;
  }

  private choice(): number {
    const value = this.comparison();
    if (!this.take('if')) return value;
    const holds = this.comparison();
    this.require('else');
    const otherwise = this.choice();
    return holds === 0 ? otherwise : value;
  }

  private comparison(): number {
    const left = this.sum();
    const compare = COMPARISONS[this.tokens[this.at]];
    if (compare === undefined) return left;
    this.at++;
    return compare(left, this.sum()) ? 1 : 0;
  }

  private sum(): number {
    let value = this.product();
    for (;;) {
      if (this.take('+')) value += this.product();
      else if (this.take('-')) value -= this.product();
      else return value;
    }
  }

  private product(): number {
    let value = this.signed();
    for (;;) {
      if (this.take('*')) value *= this.signed();
      else if (this.take('/')) value /= this.signed();
      else if (this.take('mod') || this.take('%')) value = modulo(value, this.signed());
      else return value;
    }
  }

  private signed(): number {
    if (this.take('-')) return -this.signed();
    const base = this.atom();
    return this.take('**') ? base ** this.signed() : base;
  }

  private atom(): number {
    const token = this.tokens[this.at++] ?? '';
    if (token === '(') return this.closed();
    if (/^[\d.]/.test(token)) return Number(token);
    if (Object.hasOwn(FUNCTIONS, token) && this.take('(')) return FUNCTIONS[token](this.closed());
    if (Object.hasOwn(this.names, token)) return this.names[token];
    this.at--;
    throw this.unexpected();
  }

  private closed(): number {
    const value = this.choice();
    this.require(')');
    return value;
  }

  private take(token: string): boolean {
    if (this.tokens[this.at] !== token) return false;
    this.at++;
    return true;
  }

  private require(token: string): void {
    if (!this.take(token)) throw this.unexpected();
  }

  private unexpected(): InputError {
    return new InputError('case-formula-invalid', `formula must go on otherwise than with ${JSON.stringify(this.tokens[this.at] ?? 'its end')} after ${this.tokens.slice(0, this.at).join(' ')}`);
  }
}

/** With the sign of the divisor, as Python's. */
function modulo(a: number, b: number): number {
  return ((a % b) + b) % b;
}
