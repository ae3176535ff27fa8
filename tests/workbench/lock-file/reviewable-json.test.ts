import { describe, expect, it } from 'vitest';
import { reviewableJson } from '../../../workbench/lock-file/reviewable-json.ts';

describe('reviewable JSON', () => {
  it('sorts keys, gives a field a line, and packs lists of plain values', () => {
    expect(reviewableJson({ b: [1, 2.5, null, 'x'], a: { d: [], c: {} } })).toBe('{\n  "a": {\n    "c": {},\n    "d": []\n  },\n  "b": [\n    1, 2.5, null, "x"\n  ]\n}\n');
  });

  it('breaks long lists into lines, and puts an object of a list on lines of its own', () => {
    const text = reviewableJson({ marks: Array.from({ length: 40 }, (_, i) => `mark-${i}`), list: [{ a: 1 }, { a: 2 }] });
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(text).toContain('{\n      "a": 1\n    },\n    {\n      "a": 2\n    }');
  });

  it('gives the value back, to the last bit, and leaves out what is undefined', () => {
    const value = { deep: [{ x: 0.1 + 0.2, y: [true, -1e-300, 'ü'] }], z: null };
    expect(JSON.parse(reviewableJson({ ...value, none: undefined }))).toEqual(value);
  });
});
