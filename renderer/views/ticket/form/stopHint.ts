import { isUnavailable, type Unavailable } from '../../../../src/domain/arithmetic/unavailable.ts';
import { typedStopUnits, type TypedStopUnit } from '../../../../src/domain/sizing/stops.ts';
import { formatMoney, formatNumber, formatPrice } from '../../../format.ts';

export type StopViews = Record<TypedStopUnit, number | Unavailable>;

/** One stop in its other units, as far as known; missing ones are explained below the figures. */
export function viewWords(views: StopViews, typedIn: TypedStopUnit, digits: number, currency: string | null): string {
  const words: Record<TypedStopUnit, (value: number) => string> = {
    points: (value) => `${trimmed(value)} points`,
    pips: (value) => `${formatNumber(value, 1)} pips`,
    price: (value) => formatPrice(value, digits),
    money: (value) => `${formatMoney(value)} ${currency ?? ''}`,
  };
  const others = typedStopUnits.filter((unit) => unit !== typedIn);
  const known = others.flatMap((unit) => {
    const value = views[unit];
    return isUnavailable(value) ? [] : [unbroken(words[unit](value))];
  });
  return known.length === 0 ? '–' : `= ${known.join(' · ')}`;
}

/** The first reason why figures of a stop are missing; null: none. */
export function viewGap(views: StopViews | null): Unavailable | null {
  // A stop that can't be told in pips matters to nobody who types none; one typed in them has no price either.
  const { points, price, money } = views ?? {};
  return [points, price, money].find((value) => typeof value === 'object' && isUnavailable(value)) ?? null;
}

function trimmed(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** Keeps a figure and its unit on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
