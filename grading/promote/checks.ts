import { formatTime } from '../../engine/index.ts';
import type { ValidatedStudy } from '../../workbench/index.ts';
import type { Compared } from './compare.ts';
import type { FoundCode } from './find-code.ts';
import type { ReadReport } from './read-report.ts';
import type { Check } from './types.ts';

/** What was verified, in the order in which it was. */
export function checksOf(
  { sha256, bytes, manifest }: ReadReport, { codeHash, bundle }: FoundCode, { walkForward: walk, validation }: ValidatedStudy, { ledger }: Compared, isPageCompared: boolean,
): readonly Check[] {
  const { windows, spec, trialsEvaluated } = walk;
  const then = ledger.promised.trials;
  const now = ledger.found.trials;
  return [
    { what: 'report', found: `${bytes} bytes, sha256 ${sha256.slice(0, 12)}; section model has its own hash ${manifest.manifestSha256.slice(0, 12)}` },
    { what: 'code', found: `${spec.strategyId}, ${bundle === null ? 'built in' : 'from its file'}, hash ${codeHash.slice(0, 12)}` },
    ...spec.markets.map(({ instrument: { venue, symbol }, bars, dataHash, firstTimeMs, lastTimeMs }) => ({
      what: 'data', found: `${venue}:${symbol}, ${bars} bars ${formatTime(firstTimeMs)} … ${formatTime(lastTimeMs)}, content ${dataHash.slice(0, 12)}`,
    })),
    { what: 'choices', found: `${windows.length} windows chose the same of ${trialsEvaluated} trials; walk-forward ${walk.id}` },
    { what: 'account', found: `same bits, sha256 ${manifest.oos.equitySha256.slice(0, 12)}` },
    { what: 'figures and gates', found: `all within 1e-9; validation ${validation.id}` },
    { what: 'ledger', found: ledger.isSame ? `${now ?? 'no'} trials of the claim, as promised` : `${now ?? 'no'} trials of the claim now, ${then ?? 'none'} when the report was made: judged as of now` },
    { what: 'page', found: isPageCompared ? 'byte for byte as the replay is rendered' : ledger.isSame ? 'not compared' : 'not compared, as the ledger has changed; the replay’s page is kept' },
  ];
}
