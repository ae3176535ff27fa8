import { type Evidence, isMissing, type OverfitEvidence } from '../../../engine/index.ts';
import { datum, TEXT_OF } from '../../datum.ts';
import { histogramFigure } from '../../figures/bars.ts';
import { degradationFigure } from '../../figures/degradation.ts';
import { figure, type Numbering } from '../../figures/figure.ts';
import { formatCount, formatNumber } from '../../format.ts';
import { type Html, html } from '../../html.ts';
import type { Bin } from '../../series.ts';
import { notComputable } from './missing.ts';

/** Whether choosing the best in sample chooses anything out of sample: logits of ranks, and decay of the winners. */
export async function overfittingSection({ overfit }: Evidence, numbering: Numbering): Promise<Html> {
  if (isMissing(overfit)) return notComputable('Combinatorial splits (CSCV)', overfit.missing);
  const { blocks, combinations, pbo, probabilityOfLoss, medianLogit, degradation, dominance } = overfit;
  const drawn = await figure(histogramFigure({
    id: 'logits', name: 'logits of the winners’ ranks',
    finding: html`In ${datum('evidence.overfit.pbo', pbo, TEXT_OF.percent(pbo))} of ${formatCount(combinations)} splits the in-sample winner ranks in the lower half out of sample (probability of backtest overfitting).`,
    description: 'A histogram of the logit of the out-of-sample rank of each split’s in-sample winner; bars left of zero are splits in which it fell into the lower half.',
    bins: logitBins(overfit), format: 'number', xTitle: 'logit of the out-of-sample rank (linear)', yTitle: 'Splits (linear)',
    marks: [{ value: medianLogit, label: `median ${formatNumber(medianLogit, 2)}`, glyph: '▾' }],
    note: `Combinatorially symmetric cross-validation: ${formatCount(blocks)} blocks of days, half of them in sample in each of ${formatCount(combinations)} splits. Orange: at or below zero, the share that is the probability of overfitting. It is near a half wherever all points are alike, good or bad, so it is shown and not judged; the probability of loss is judged.`,
    signed: true, edge: (value) => formatNumber(value, 2),
  }), numbering);
  const scatter = degradation.sample.length < 2 ? notComputable('Winners in sample and out of sample', 'fewer than two splits') : await figure(degradationFigure({
    ...degradation,
    finding: html`The winner of a split loses out of sample in ${datum('evidence.overfit.probabilityOfLoss', probabilityOfLoss, TEXT_OF.percent(probabilityOfLoss))} of them${slopeWords(overfit)}.`,
  }), numbering);
  const words = dominance.firstOrder ? 'The winners’ distribution lies above that of all points everywhere (first-order dominance): choosing helped.'
    : dominance.secondOrder ? 'The winners’ distribution dominates that of all points in the second order only: choosing helped whoever dislikes risk.'
      : 'The winners’ distribution does not dominate that of all points: choosing by the in-sample figure did not help.';
  return html`${drawn}${scatter}<p>${words}</p>`;
}

function slopeWords({ degradation: { slope, r2 } }: OverfitEvidence): Html {
  if (slope === null) return html``;
  const explained = r2 === null ? null : html`, R² ${datum('evidence.overfit.degradation.r2', r2, formatNumber(r2, 2))}`;
  return html`; one Sharpe point more in sample brought ${datum('evidence.overfit.degradation.slope', slope, formatNumber(slope, 2))} out of sample${explained}`;
}

function logitBins({ logits: { from, to, counts } }: OverfitEvidence): Bin[] {
  const width = (to - from) / counts.length;
  const edge = (i: number): number => Number((from + i * width).toPrecision(12));
  return counts.map((count, i) => ({ from: edge(i), to: edge(i + 1), count, overflow: null }));
}
