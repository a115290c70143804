// Exact fractions of decimal figures, so that limits are compared without rounding.

/** `top / bottom`, unrounded. With a `bottom` of 0 it is greater than everything. */
export interface Rational {
  top: bigint;
  bottom: bigint;
}

const decimals = 10;
const one = 10n ** BigInt(decimals);

/** The decimal behind a double: 15 digits and 10 decimals drop the errors of binary fractions and of sums of prices. */
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

/** False for null, for no finite number, and from 10^15 on, which no account or price reaches. */
export function isKnown(value: number | null): value is number {
  return value !== null && Math.abs(value) < 1e15;
}

/** Whether a value is above 0 after the rounding of {@link exact}. */
export function isPositive(value: number | null): value is number {
  return isKnown(value) && value >= 0.5 / 10 ** decimals;
}
