/** vectorbt's tolerances: relative 1e-9 or absolute 1e-12. */
const RELATIVE = 1e-9;
const ABSOLUTE = 1e-12;

/** False for NaN and infinities, even the same one twice, as in vectorbt. */
export function isClose(a: number, b: number): boolean {
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return a === b || Math.abs(a - b) <= Math.max(RELATIVE * Math.max(Math.abs(a), Math.abs(b)), ABSOLUTE);
}

export function isLess(a: number, b: number): boolean {
  return !isClose(a, b) && a < b;
}

export function isCloseOrLess(a: number, b: number): boolean {
  return isClose(a, b) || a < b;
}

/** A sum that is 0 where its parts cancel within the tolerance. */
export function addSnapped(a: number, b: number): number {
  const isZero = Math.sign(a) === Math.sign(b) ? isClose(a + b, 0) : isClose(Math.abs(a), Math.abs(b));
  return isZero ? 0 : a + b;
}

export function snapToZero(value: number): number {
  return isClose(value, 0) ? 0 : value;
}

/** Floor of a quotient as Python takes it: by the remainder, so that 1.0 // 0.1 is 9; NaN for an infinite dividend. */
export function floorDivide(a: number, b: number): number {
  const remainder = a % b;
  let quotient = (a - remainder) / b;
  if (remainder !== 0 && b < 0 !== remainder < 0) quotient -= 1;
  if (quotient === 0) return 0;
  const floor = Math.floor(quotient);
  return quotient - floor > 0.5 ? floor + 1 : floor;
}

/** Truncated to a multiple of a step; NaN as step = any size. */
export function granular(size: number, step: number): number {
  return Number.isNaN(step) ? size : floorDivide(size, step) * step;
}
