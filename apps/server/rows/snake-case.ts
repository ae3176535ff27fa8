/** A value as JSON in snake_case: keys are renamed at every depth, and numbers that are none are null. */
export function snakeCase(value: unknown): unknown {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, snakeCase);
  if (Array.isArray(value)) return value.map(snakeCase);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key.includes(':') || key.includes(' ') ? key : snakeName(key), snakeCase(inner)]));
}

export function snakeName(name: string): string {
  return name.replaceAll(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
}
