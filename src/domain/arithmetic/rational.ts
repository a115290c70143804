// Exact fractions of the decimals that figures are written with, so that limits are compared without rounding.

/** `top / bottom`, unrounded. A `bottom` of 0 is above everything. */
export interface Rational {
  top: bigint;
  bottom: bigint;
}

const decimals = 10;
const one = 10n ** BigInt(decimals);

/** The decimal that was meant: 15 digits drop what a binary number adds to it, 10 decimals what sums of prices add. */
export function exact(value: number): Rational {
  const [digits = '0', exponent = '0'] = value.toExponential(14).split('e');
  const shift = Number(exponent) - 14 + decimals;
  const whole = BigInt(digits.replace('.', ''));
  if (shift >= 0) return { top: whole * 10n ** BigInt(shift), bottom: one };
  const divisor = 10n ** BigInt(-shift);
  const half = whole < 0n ? -divisor / 2n : divisor / 2n;
  return { top: (whole + half) / divisor, bottom: one };
}

export function plus(a: Rational, b: Rational): Rational {
  return { top: a.top * b.bottom + b.top * a.bottom, bottom: a.bottom * b.bottom };
}

export function minus(a: Rational, b: Rational): Rational {
  return { top: a.top * b.bottom - b.top * a.bottom, bottom: a.bottom * b.bottom };
}

export function times(a: Rational, b: Rational): Rational {
  return { top: a.top * b.top, bottom: a.bottom * b.bottom };
}

export function over(a: Rational, b: Rational): Rational {
  return { top: a.top * b.bottom, bottom: a.bottom * b.top };
}

export function percentOf(part: Rational, whole: Rational): Rational {
  return over(times(part, exact(100)), whole);
}

export function compare(a: Rational, b: Rational): number {
  const difference = a.top * b.bottom - b.top * a.bottom;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** How many whole times a positive `b` goes into `a` of 0 and more. */
export function wholeTimes(a: Rational, b: Rational): bigint {
  return (a.top * b.bottom) / (a.bottom * b.top);
}

export function toNumber({ top, bottom }: Rational): number | null {
  return bottom === 0n ? null : Number((Number(top) / Number(bottom)).toPrecision(12));
}

export function hundredths({ top, bottom }: Rational, direction: 'up' | 'down'): string {
  const rest = (top * 100n) % bottom;
  const step = direction === 'up' && rest > 0n ? 1n : direction === 'down' && rest < 0n ? -1n : 0n;
  return String(Number((top * 100n) / bottom + step) / 100);
}

/** No number, or 10^15 and more, which no account or price has: not known. */
export function isKnown(value: number | null): value is number {
  return value !== null && Math.abs(value) < 1e15;
}

/** Above 0 as {@link exact} has it: what rounds to 0 there isn't. */
export function isPositive(value: number | null): value is number {
  return isKnown(value) && value >= 0.5 / 10 ** decimals;
}
