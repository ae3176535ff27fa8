import type { Calendar } from '../../engine/core/index.ts';
import type { Defect, RawCandles } from '../types.ts';

export interface InspectOptions {
  /** Declared bar length; found from the data when absent. */
  readonly timeframeMs?: number;
  readonly calendar?: Calendar;
}

export function inspectCandles(_candles: RawCandles, _options: InspectOptions = {}): Defect[] {
  throw new Error('being written');
}
