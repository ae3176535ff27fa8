import { describe, expect, it } from 'vitest';
import { differencesOf, differenceText } from '../../workbench/index.ts';

describe('differences of two manifests', () => {
  it('are named by their path', () => {
    expect(differencesOf({ a: { b: [1, { c: 'x' }] } }, { a: { b: [1, { c: 'y' }], d: true } })).toEqual([{ field: 'a.b.1.c', promised: 'x', found: 'y' }, { field: 'a.d', promised: null, found: true }]);
    expect(differenceText([{ field: 'a.b', promised: 1, found: null }])).toBe('a.b: promised 1, found null');
  });

  it('are none for numbers within 1e-9 of one another, and exact for whole ones', () => {
    expect(differencesOf({ x: 1.23456789 }, { x: 1.23456789 * (1 + 9e-10) })).toEqual([]);
    expect(differencesOf({ x: 1.23456789 }, { x: 1.23456789 * (1 + 2e-9) })).toHaveLength(1);
    expect(differencesOf({ t: 1_700_000_000_000 }, { t: 1_700_000_000_001 })).toHaveLength(1);
    expect(differencesOf({ x: null }, { x: 0 })).toHaveLength(1);
  });

  it('leave out what is ignored, and know a list from an object', () => {
    expect(differencesOf({ a: 1, b: { c: 2 } }, { a: 2, b: { c: 3 } }, (path) => path === 'b')).toEqual([{ field: 'a', promised: 1, found: 2 }]);
    expect(differencesOf({ a: [1] }, { a: { 0: 1 } })).toHaveLength(1);
    expect(differencesOf({}, { constructor: 1 })).toEqual([{ field: 'constructor', promised: null, found: 1 }]);
  });
});
