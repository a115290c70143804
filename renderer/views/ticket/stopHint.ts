import { isGap, type Gap } from '../../../src/protocol/gaps.ts';
import { typedStopUnits, type TypedStopUnit } from '../../../src/protocol/stops.ts';
import { formatMoney, formatNumber, formatPrice } from '../../format.ts';

export type StopViews = Record<TypedStopUnit, number | Gap>;

/** One stop in the units that it was not typed in, each a figure or a dash. */
export function viewWords(views: StopViews, typedIn: TypedStopUnit, digits: number, currency: string | null): string {
  const words: Record<TypedStopUnit, (value: number) => string> = {
    points: (value) => `${trimmed(value)} points`,
    pips: (value) => `${formatNumber(value, 1)} pips`,
    price: (value) => formatPrice(value, digits),
    money: (value) => `${formatMoney(value)} ${currency ?? ''}`,
  };
  const unknown: Record<TypedStopUnit, string> = {
    points: '– points',
    pips: '– pips',
    price: '– price',
    money: `– ${currency ?? 'money'}`,
  };
  const others = typedStopUnits.filter((unit) => unit !== typedIn);
  if (others.every((unit) => isGap(views[unit]))) return '–';
  return `= ${others.map((unit) => unbroken(show(views[unit], words[unit], unknown[unit]))).join(' · ')}`;
}

/** Why figures are missing, the first reason. */
export function viewGap(views: StopViews | null): Gap | null {
  return Object.values(views ?? {}).find((value): value is Gap => typeof value === 'object' && isGap(value)) ?? null;
}

function show(value: number | Gap, words: (value: number) => string, unknown: string): string {
  return isGap(value) ? unknown : words(value);
}

function trimmed(value: number): string {
  return formatNumber(value, Number.isInteger(value) ? 0 : 1);
}

/** A figure and its unit stay on one line. */
function unbroken(text: string): string {
  return text.replaceAll(' ', '\u00a0');
}
