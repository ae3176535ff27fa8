import { DataError } from '../../../engine/core/index.ts';
import type { TimeUnit } from '../../types.ts';
import { epochMs, epochUnit } from './epoch.ts';
import { type DateOrder, parseWrittenTime } from './text-time.ts';
import { type ZoneShift, zoneShift } from './time-zone.ts';

export interface StampOptions {
  readonly timeUnit?: TimeUnit;
  readonly timeZone?: string;
  readonly dateOrder?: DateOrder;
}

const UNITS: readonly TimeUnit[] = ['s', 'ms', 'us', 'ns'];

/** Reads the times of one column and remembers how they were written. */
export class StampReader {
  /** Rows a unit, in the order s, ms, us, ns. */
  readonly unitCounts: [number, number, number, number] = [0, 0, 0, 0];
  /** Index of the unit of the last numeric time in `UNITS`, or -1 after a written one. */
  lastUnit = -1;
  #options: StampOptions;
  #order: DateOrder;
  #shift: ZoneShift | null;
  #maxFirst = 0;
  #maxSecond = 0;
  #unzoned = 0;

  constructor(options: StampOptions, order: DateOrder = options.dateOrder ?? 'month-first') {
    this.#options = options;
    this.#order = order;
    this.#shift = options.timeZone === undefined || options.timeZone === 'UTC' ? null : zoneShift(options.timeZone);
  }

  /** Epoch ms of a numeric time, NaN when it cannot be one. `20180404` is a day. */
  ofNumber(value: number): number {
    const unit = this.#options.timeUnit ?? epochUnit(value);
    if (unit === null) return Number.isInteger(value) && value >= 19000101 && value <= 21001231 ? this.ofText(String(value)) : Number.NaN;
    this.lastUnit = UNITS.indexOf(unit);
    this.unitCounts[this.lastUnit] += 1;
    return epochMs(value, unit);
  }

  /** Epoch ms of a written time, NaN when it cannot be read. */
  ofText(text: string): number {
    this.lastUnit = -1;
    const time = parseWrittenTime(text, this.#order);
    if (time === null) return Number.NaN;
    if (time.slashed) {
      this.#maxFirst = Math.max(this.#maxFirst, time.slashed[0]);
      this.#maxSecond = Math.max(this.#maxSecond, time.slashed[1]);
    }
    return time.zoned ? time.ms : this.ofWall(time.ms, time.timed);
  }

  /** Epoch ms of a wall clock without a zone; a bare date stays a UTC day. */
  ofWall(wallMs: number, timed: boolean): number {
    if (!timed) return wallMs;
    this.#unzoned += 1;
    return this.#shift === null ? wallMs : this.#shift(wallMs);
  }

  /**
   * The order in which slashed dates must be read, when this reader used the other one.
   *
   * throws  DataError `date-order-ambiguous`
   */
  orderToRetry(label: string): DateOrder | null {
    if (this.#maxFirst === 0 || this.#options.dateOrder !== undefined) return null;
    const dayFirst = this.#maxFirst > 12;
    if (dayFirst !== this.#maxSecond > 12) return dayFirst === (this.#order === 'day-first') ? null : 'day-first';
    const why = dayFirst ? 'some dates are day first and some month first' : 'no day is above 12';
    throw new DataError('date-order-ambiguous', `${label}: dates such as 3/4/2021 can be read two ways and ${why}; set dateOrder to month-first or day-first`);
  }

  notes(): string[] {
    const notes: string[] = [];
    if (this.#unzoned > 0) notes.push(`times carry no zone and are read as ${this.#options.timeZone ?? 'UTC'}`);
    if (this.#maxFirst > 0) notes.push(`dates such as 3/4/2021 are read ${this.#order.replace('-', ' ')}`);
    return notes;
  }
}

export const unitName = (index: number): string => ['seconds', 'milliseconds', 'microseconds', 'nanoseconds'][index];
