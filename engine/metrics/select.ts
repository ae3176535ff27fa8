/**
 * Reorders values so that the k-th smallest stands at k, nothing greater before it and nothing less after it.
 *
 * Linear on average, in place, without allocation; NaN must not occur.
 *
 * source  Hoare (1961), Algorithm 65: Find
 */
export function selectInPlace(values: Float64Array, k: number, from = 0, to = values.length): void {
  let left = from;
  let right = to - 1;
  while (left < right) {
    const pivot = medianOfThree(values[left], values[(left + right) >>> 1], values[right]);
    let i = left;
    let j = right;
    while (i <= j) {
      while (values[i] < pivot) i++;
      while (values[j] > pivot) j--;
      if (i > j) break;
      const swapped = values[i];
      values[i++] = values[j];
      values[j--] = swapped;
    }
    if (j < k) left = i;
    if (k < i) right = j;
  }
}

function medianOfThree(a: number, b: number, c: number): number {
  return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
}
