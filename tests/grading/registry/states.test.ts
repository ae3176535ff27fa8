import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../engine/index.ts';
import { checkTransition, MODEL_STATES, type ModelState, SHADOW_DAYS, TRANSITIONS } from '../../../grading/index.ts';

/** Every move that is allowed, and to whom: `*` to anyone, `o` to the operator alone. Rows from, columns to. */
const TABLE = `
            DRAFT CANDIDATE SHADOW LIVE WATCH SUSPENDED RETIRED
  DRAFT     .     *         .      .    .     .         o
  CANDIDATE .     .         *      .    .     .         o
  SHADOW    .     .         .      *    .     *         *
  LIVE      .     .         .      .    *     *         o
  WATCH     .     .         .      *    .     *         o
  SUSPENDED .     o         o      .    .     .         o
  RETIRED   .     .         .      .    .     .         .`;

const rows = TABLE.trim().split('\n').map((line) => line.trim().split(/\s+/));
const cells = rows.slice(1).flatMap(([from, ...marks]) => marks.map((mark, i) => ({ from: from as ModelState, to: rows[0][i] as ModelState, mark })));

/** Code of the refusal; null where it is allowed. */
function refusal(from: ModelState, to: ModelState, actor: string): string | null {
  try {
    checkTransition({ model: 'm@1', to, actor, reason: 'because' }, { from, inStateMs: SHADOW_DAYS * DAY_MS, decision: () => 'live-eligible', force: false });
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}

describe('the state machine', () => {
  it('has every state', () => {
    expect(rows[0]).toEqual([...MODEL_STATES]);
    expect(Object.keys(TRANSITIONS)).toEqual([...MODEL_STATES]);
  });

  it.each(cells)('from $from to $to: $mark', ({ from, to, mark }) => {
    expect(refusal(from, to, 'operator')).toBe(mark === '.' ? 'transition-invalid' : null);
    for (const actor of ['T6', 'promotion']) expect(refusal(from, to, actor)).toBe(mark === '.' ? 'transition-invalid' : mark === 'o' ? 'transition-actor' : null);
  });

  it('never lets a monitor take a model out of SUSPENDED', () => {
    for (const to of MODEL_STATES) expect(refusal('SUSPENDED', to, 'T0')).not.toBeNull();
  });
});
