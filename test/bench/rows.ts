/** One figure as a ratio to its baseline, or to its limit. */
export interface Row {
  name: string;
  measured: string;
  baseline: string;
  ratio: number;
  mark: string;
  met: boolean;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const perSecond = (rate: number): string => `${Math.round(rate).toLocaleString('en-US')} msg/s`;
const inMs = (ms: number): string => `${ms.toFixed(3)} ms`;
export const inUs = (us: number): string => `${us.toFixed(2)} µs`;
export const inMiB = (bytes: number): string => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** @param written how both are shown @param most of the ratio; null: it is only shown */
export function ratioRow(
  name: string,
  own: number,
  baseline: number,
  most: number | null,
  written: (value: number) => string = inMs,
): Row {
  const ratio = own / baseline;
  return {
    name,
    measured: written(own),
    baseline: written(baseline),
    ratio,
    mark: most === null ? 'shown' : `<= ${String(most)}`,
    met: most === null || ratio <= most,
  };
}

/** A figure and the most that it may be. */
export function limitRow(name: string, own: number, most: number, written: (value: number) => string = inMs): Row {
  return ratioRow(`${name} / ${written(most)}`, own, most, 1, written);
}

/** A rate that has to be at least so much of its baseline. */
export function rateRow(name: string, own: number, baseline: number, least: number): Row {
  const ratio = own / baseline;
  const mark = `>= ${String(least)}`;
  return { name, measured: perSecond(own), baseline: perSecond(baseline), ratio, mark, met: ratio >= least };
}

/** Something of which there must be none. @param of how many there were */
export function noneRow(name: string, own: number, of: number): Row {
  const measured = `${String(own)} of ${String(of)}`;
  return { name: `${name} / 0`, measured, baseline: '0', ratio: own, mark: '<= 0', met: own === 0 };
}

export function line(row: Row): string {
  const { name, measured, baseline, ratio, mark, met } = row;
  return `${met ? ' ' : '!'} ${measured.padStart(24)} ${baseline.padStart(16)} ${ratio.toFixed(2).padStart(7)} ${mark.padEnd(7)} ${name}`;
}

export const heading = `  ${'measured'.padStart(24)} ${'baseline'.padStart(16)} ${'ratio'.padStart(7)} ${'mark'.padEnd(7)} what`;
