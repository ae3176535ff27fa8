import type { Promotion } from '../../grading/index.ts';
import { alarm, day, faint, good, heading, number, percent, print, table, warning } from './output.ts';
import { paramText } from './results.ts';
import { printGates } from './validation-output.ts';

/** What was verified, every gate, and where the model stands now. */
export function printPromotion(result: Promotion): void {
  const { modelId, checks, verdict, promisedDecision, ledger } = result;
  print(heading(result.promoted ? result.key : modelId));
  print(result.promoted ? good(`✓ ${standing(result)}: ${verdict.decision}`) : alarm(`✕ not promoted: ${result.blocking.join(', ')}`));
  print();
  print(table(['verified', 'found'], checks.map(({ what, found }) => [what, found]), 2));
  print();
  printGates(verdict);
  if (verdict.decision !== promisedDecision) {
    print(warning(`the report says ${promisedDecision}, the verdict now is ${verdict.decision}${ledger.isSame ? '' : ': the claim has been tried more often since'}`));
  }
  if (result.promoted) printVersion(result);
}

function standing({ isDryRun, model }: Extract<Promotion, { readonly promoted: true }>): string {
  return isDryRun ? 'would be in SHADOW (dry run: nothing is registered)' : `in ${model?.state ?? 'SHADOW'}`;
}

function printVersion({ version: { strategy, grade, calibration, memoryBars, universe, oos, expiry } }: Extract<Promotion, { readonly promoted: true }>): void {
  print();
  print(`holds                ${paramText(strategy.params)}`);
  print(`promise              Sharpe ${number(oos.sharpeAnn)} ± ${number(oos.sharpeErrorAnn)}, deepest fall ${percent(oos.maxDrawdown)}, ${number(oos.trades, 0)} trades ${day(oos.fromMs)} … ${day(oos.toMs)}`);
  print(`grades               ${universe === 'any' ? 'any market of its timeframe' : universe.join(', ')}, from the last ${number(memoryBars, 0)} bars, over ${number(grade.horizonBars, 0)}`);
  print(`calibration          error ${number(calibration.ece, 3)} (limit ${number(calibration.eceLimit95, 3)}), Brier skill ${number(calibration.brierSkill, 4)}, IC ${number(calibration.icMean, 3)}`);
  print(faint(`valid until ${day(expiry.validUntilMs)}, to be trained again every ${number(expiry.retrainEveryDays, 0)} days`));
}
