/** A deterministic stream of uniform numbers in [0, 1). */
export type Random = () => number;

/**
 * Small fast counter generator (sfc32), seeded by a number and a name, so that two uses of one seed are independent.
 *
 * source  Chris Doty-Humphrey, PractRand (sfc32); FNV-1a for the name
 */
export function seededRandom(seed: number, stream = ''): Random {
  let a = hash32(`${stream}:a`) ^ (seed | 0);
  let b = hash32(`${stream}:b`) ^ Math.floor(seed / 2 ** 32);
  let c = hash32(`${stream}:c`);
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    c |= 0;
    return sum >>> 0;
  };
  for (let i = 0; i < 16; i++) next();
  return () => (next() * 2 ** 21 + (next() >>> 11)) / 2 ** 53;
}

/** Standard normal draws by the polar method, two from each accepted pair. */
export function seededNormal(random: Random): Random {
  let spare: number | null = null;
  return () => {
    if (spare !== null) {
      const value = spare;
      spare = null;
      return value;
    }
    let u: number;
    let v: number;
    let s: number;
    do {
      u = 2 * random() - 1;
      v = 2 * random() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const scale = Math.sqrt((-2 * Math.log(s)) / s);
    spare = v * scale;
    return u * scale;
  };
}

function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash | 0;
}
