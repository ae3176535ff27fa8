const WIDTH = 110;

/** JSON that reads well in a diff: keys sorted, a field a line, lists of plain values packed into lines, one object of a list after another. */
export function reviewableJson(value: unknown): string {
  return `${textOf(value, '')}\n`;
}

function textOf(value: unknown, indent: string): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const inner = `${indent}  `;
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[\n${inner}${itemsOf(value, inner)}\n${indent}]`;
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  if (fields.length === 0) return '{}';
  return `{\n${fields.map(([key, field]) => `${inner}${JSON.stringify(key)}: ${textOf(field, inner)}`).join(',\n')}\n${indent}}`;
}

function itemsOf(items: readonly unknown[], indent: string): string {
  if (items.some((item) => item !== null && typeof item === 'object')) return items.map((item) => textOf(item, indent)).join(`,\n${indent}`);
  const lines: string[] = [];
  for (const text of items.map((item) => JSON.stringify(item) ?? 'null')) {
    const last = lines.length - 1;
    if (last >= 0 && lines[last].length + text.length + 2 <= WIDTH) lines[last] += `, ${text}`;
    else lines.push(text);
  }
  return lines.join(`,\n${indent}`);
}
