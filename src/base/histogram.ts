/**
 * A histogram whose buckets grow by a constant factor, so that two histograms add up bucket by bucket. A value is read back as
 * the geometric middle of its bucket, off by at most √{@link growth} − 1 = 3.9 %.
 */
const growth = 1.08;
/** Smaller values are in bucket 0, which counts as 0. */
const least = 0.01;
/** Last bucket: about a week in ms; it also holds every larger value. */
const lastBucket = 324;

/** @param value not negative */
export function bucketOf(value: number): number {
  if (value < least) return 0;
  return Math.min(1 + Math.floor(Math.log(value / least) / Math.log(growth)), lastBucket);
}

export function valueOf(bucket: number): number {
  return bucket === 0 ? 0 : least * growth ** (bucket - 0.5);
}

/**
 * A quantile by nearest rank: the smallest value that `share` of all values don't exceed.
 * @param counts by bucket
 * @param share above 0, at most 1
 * @returns null when nothing was counted
 */
export function quantile(counts: readonly number[], share: number): number | null {
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const rank = Math.ceil(total * share);
  let passed = 0;
  for (const [bucket, count] of counts.entries()) {
    passed += count;
    if (passed >= rank) return valueOf(bucket);
  }
  return null;
}
