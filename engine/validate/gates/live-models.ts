import { type GateFunction, notApplicable } from './gate.ts';

/** G15: correlation with live models; a study alone has none to compare with. */
export const g15: GateFunction = () => notApplicable('G15', () => 'correlation with each live model below 0.85', 'no live model is known to a study; judged at promotion');

/** G17: calibration of stated probabilities; a study states none. */
export const g17: GateFunction = () => notApplicable('G17', () => 'calibration error inside its bootstrap', 'the strategy states no probabilities; judged where grades are calibrated');
