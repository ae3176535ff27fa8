import { above, gate, type GateFunction, passing } from './gate.ts';
import { joined, percent } from './words.ts';

/** G11: out-of-sample growth a year ÷ in-sample growth a year, and the share of windows that earn. */
export const g11: GateFunction = ({ walkForward }, { G11: { minEfficiency, minPositiveShare } }) => {
  const { efficiency, efficiencyReason, windows, positiveWindows } = walkForward;
  const share = windows === 0 ? null : positiveWindows / windows;
  return gate('G11', {
    statistic: `${percent(efficiency, 0)} of the in-sample growth a year; ${positiveWindows} of ${windows} windows earn`,
    value: efficiency,
    at: (tier) => {
      const [kept, often] = [passing(above(efficiency, minEfficiency[tier]), 'reached'), passing(above(share, minPositiveShare[tier]), 'reached')];
      return {
        state: kept === 'pass' && often === 'pass' ? 'pass' : 'fail',
        threshold: `efficiency at least ${percent(minEfficiency[tier], 0)} and ${percent(minPositiveShare[tier], 0)} of windows positive`,
        reason: joined([
          kept === 'fail' && (efficiency === null ? (efficiencyReason ?? 'the efficiency is undefined') : `only ${percent(efficiency, 0)} of the in-sample growth arrives`),
          often === 'fail' && `only ${percent(share, 0)} of windows earn`,
        ]),
        remedy: 'fewer parameters, longer train windows, or a rule that holds over time',
      };
    },
  });
};
