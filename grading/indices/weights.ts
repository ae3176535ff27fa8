import type { IndexRule } from './rule.ts';
import type { Member } from './universe.ts';

export interface Targets {
  /** By symbol; they sum to at most 1, the rest is cash. */
  readonly weights: ReadonlyMap<string, number>;
  readonly excluded: Readonly<Record<string, string>>;
  readonly reason: string;
}

/**
 * Weights of a universe: grade ÷ volatility, under a cap each from the rule and from what the market's volume can take; the rest is cash.
 *
 * What a cap cuts goes to the others in proportion, until all are at theirs.
 */
export function targetWeights(members: readonly Member[], gradeOf: (symbol: string) => number | null, { weights, capacity, cash }: IndexRule): Targets {
  const excluded: Record<string, string> = {};
  const graded = members.flatMap((member) => {
    const grade = gradeOf(member.symbol);
    const reason = grade === null ? 'has no grade' : grade < weights.minGrade ? `grade ${grade.toFixed(1)} below ${weights.minGrade}` : !(member.volatilityAnn > 0) ? 'does not move' : null;
    if (reason !== null) excluded[member.symbol] = reason;
    return reason === null && grade !== null ? [{ symbol: member.symbol, raw: grade / member.volatilityAnn, cap: Math.min(weights.maxWeight, (capacity.maxParticipation * member.dollarVolume) / capacity.sizeQuote) }] : [];
  });
  const grades = members.map(({ symbol }) => gradeOf(symbol)).filter((grade) => grade !== null);
  const market = grades.length === 0 ? null : grades.reduce((sum, grade) => sum + grade, 0) / grades.length;
  const isBearish = market !== null && market < cash.whenMarketGradeBelow;
  const invested = isBearish ? 1 - cash.share : 1;
  const reason = market === null ? 'no market has a grade: all in cash' : isBearish ? `market grade ${market.toFixed(1)} below ${cash.whenMarketGradeBelow}: ${Math.round(100 * cash.share)} % in cash` : `market grade ${market.toFixed(1)}`;
  return { weights: capped(graded, invested), excluded, reason };
}

function capped(parts: readonly { readonly symbol: string; readonly raw: number; readonly cap: number }[], total: number): Map<string, number> {
  const out = new Map<string, number>();
  let free = parts.filter(({ raw, cap }) => raw > 0 && cap > 0);
  let left = total;
  while (free.length > 0 && left > 0) {
    const sum = free.reduce((all, { raw }) => all + raw, 0);
    const full = free.filter(({ raw, cap }) => (left * raw) / sum >= cap);
    if (full.length === 0) {
      for (const { symbol, raw } of free) out.set(symbol, (left * raw) / sum);
      break;
    }
    for (const { symbol, cap } of full) {
      out.set(symbol, Math.min(cap, left));
      left -= Math.min(cap, left);
    }
    free = free.filter((part) => !full.includes(part));
  }
  return out;
}
