import type { GateId } from '../verdict.ts';

/** Name and question of each gate, as a reader sees them. */
export const GATE_TEXTS: Readonly<Record<GateId, { readonly name: string; readonly question: string }>> = {
  G0: { name: 'reproduction', question: 'Does a second run of the same specification give the same numbers?' },
  G1: { name: 'look-ahead', question: 'Does any decision change when its future is cut off or corrupted?' },
  G1b: { name: 'column stamps', question: 'Does a joined column know the bar that it is stamped before?' },
  G2: { name: 'latency', question: 'Does the result survive being carried out later?' },
  G3: { name: 'warm-up', question: 'Do decisions depend on where the history begins?' },
  G4: { name: 'sample', question: 'Is there enough out-of-sample time and are there enough bets to judge?' },
  G5: { name: 'out-of-sample Sharpe', question: 'Is the out-of-sample Sharpe ratio above zero beyond sampling error?' },
  G6: { name: 'probabilistic Sharpe', question: 'How probable is a true Sharpe ratio above zero, given skew and fat tails?' },
  G7: { name: 'search luck', question: 'Would the best of as many trials without skill look as good?' },
  G8: { name: 'overfitting', question: 'How often does the in-sample winner lose money out of sample?' },
  G9: { name: 'cost stress', question: 'Does it still earn when trading costs more than assumed?' },
  G10: { name: 'plateau', question: 'Do the neighbouring parameters earn too?' },
  G11: { name: 'walk-forward', question: 'How much of the in-sample growth arrives out of sample, and how often?' },
  G12: { name: 'concentration', question: 'Does it still earn without its best trades, month and market?' },
  G13: { name: 'baselines', question: 'Does it earn more than holding the market and than random entries?' },
  G14: { name: 'regimes and shocks', question: 'Does it survive named crashes, and does more than one kind of market pay for it?' },
  G15: { name: 'uniqueness', question: 'Is it different from the models that are live already?' },
  G16: { name: 'capacity', question: 'Are its fills small beside the volume they met?' },
  G17: { name: 'calibration', question: 'Are its stated probabilities right?' },
};
