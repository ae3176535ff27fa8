/**
 * Variance of √n times the mean that the stationary bootstrap gives a series: g₀ + 2 Σ κᵢ gᵢ with
 * κᵢ = (1 − i/n)(1 − p)ⁱ + (i/n)(1 − p)ⁿ⁻ⁱ and p = 1 ÷ mean block.
 *
 * The weights are geometric, so two recursions around the circle give the sum in one pass.
 *
 * source  Politis & Romano (1994), lemma 1; Hansen (2005), A Test for Superior Predictive Ability
 */
export function stationaryVariance(values: ArrayLike<number>, meanBlock: number): number {
  const n = values.length;
  let mean = 0;
  for (let t = 0; t < n; t++) mean += values[t];
  mean /= n;
  const q = 1 - 1 / meanBlock;
  const qn = q ** n;
  let ahead = 0; // Σ qⁱ c(j + i), i = 1 … n − 1, at j = n − 1
  let weighted = 0; // Σ i qⁱ c(j + i)
  for (let i = 1, power = q; i < n; i++, power *= q) {
    ahead += power * (values[i - 1] - mean);
    weighted += i * power * (values[i - 1] - mean);
  }
  let variance = 0;
  for (let j = n - 1; j >= 0; j--) {
    const c = values[j] - mean;
    variance += c * (c + 2 * (ahead - weighted / n));
    const before = values[j === 0 ? n - 1 : j - 1] - mean;
    weighted = q * (c + weighted + ahead) - n * qn * before;
    ahead = q * (c + ahead) - qn * before;
  }
  return variance / n;
}
