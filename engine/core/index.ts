export { DataError, errorMessage, InputError, InvariantError, invariant, isAssayError, requireInput } from './errors.ts';
export { canonicalJson, contentId, sha256 } from './hash.ts';
export { seededNormal, seededRandom, type Random } from './random.ts';
export { sharedSeries, type Series, type Undefinable } from './series.ts';
export { nearestName, unknownName } from './suggest.ts';
export {
  barsPerYear, bpsToFrac, type Calendar, DAY_MS, DAYS_PER_YEAR, formatDuration, formatTime, groupedCount, HOUR_MS, MINUTE_MS, parseDurationMs,
  parseTimeMs, SECOND_MS, WEEK_MS,
} from './units.ts';
export { ENGINE_VERSION } from './version.ts';
