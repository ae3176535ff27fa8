import type { GateId } from '../verdict.ts';
import { g13 } from './baselines.ts';
import { g16 } from './capacity.ts';
import { g1, g1b, g3 } from './causality.ts';
import { g12 } from './concentration.ts';
import { g9 } from './costs.ts';
import type { GateFunction } from './gate.ts';
import { g2 } from './latency.ts';
import { g15, g17 } from './live-models.ts';
import { g8 } from './overfit.ts';
import { g10 } from './plateau.ts';
import { g14 } from './regimes.ts';
import { g0 } from './reproduction.ts';
import { g4 } from './sample.ts';
import { g7 } from './search.ts';
import { g5, g6 } from './sharpe.ts';
import { g11 } from './walk-forward.ts';

/** Every gate by its id. */
export const GATES: Readonly<Record<GateId, GateFunction>> = {
  G0: g0, G1: g1, G1b: g1b, G2: g2, G3: g3, G4: g4, G5: g5, G6: g6, G7: g7, G8: g8, G9: g9, G10: g10, G11: g11, G12: g12, G13: g13, G14: g14, G15: g15, G16: g16,
  G17: g17,
};

export { GATE_TEXTS } from './gate-texts.ts';
export type { GateFunction } from './gate.ts';
export { g0, g1, g1b, g10, g11, g12, g13, g14, g15, g16, g17, g2, g3, g4, g5, g6, g7, g8, g9 };
