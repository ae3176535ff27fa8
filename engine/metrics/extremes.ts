/** Greatest of some values and a floor. A loop, as arguments spread from a long curve overflow the stack. */
export function greatest(values: ArrayLike<number>, floor = Number.NEGATIVE_INFINITY): number {
  let found = floor;
  for (let i = 0; i < values.length; i++) found = Math.max(found, values[i]);
  return found;
}

/** Least of some values and a ceiling. */
export function least(values: ArrayLike<number>, ceiling = Number.POSITIVE_INFINITY): number {
  let found = ceiling;
  for (let i = 0; i < values.length; i++) found = Math.min(found, values[i]);
  return found;
}
