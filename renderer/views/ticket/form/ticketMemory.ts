import type { BridgeState } from '../../../../src/api/state/state.ts';
import type { TicketPreset, TicketSettings } from '../../../../src/api/settings/ticketSettings.ts';
import type { LotLimits } from '../../../../src/domain/lotLimits.ts';
import { typedLots } from '../../../format.ts';
import { unitOf, type TicketFields } from './ticketFields.ts';

// Stored settings of the ticket: favourites, quick lots and presets of a bridge. Pure functions.

export function toggleFavourite(kept: TicketSettings, symbol: string): TicketSettings {
  const favourites = kept.favourites.includes(symbol)
    ? kept.favourites.filter((each) => each !== symbol)
    : [...kept.favourites, symbol];
  return { ...kept, favourites };
}

const usualLots = [0.01, 0.05, 0.1, 0.5];

/** Quick lots: the symbol's own, else those of all symbols, else the usual ones that it permits. */
export function quickLotsOf({ quickLots }: TicketSettings, symbol: string, { min, max }: LotLimits): readonly number[] {
  const own = quickLots.find((each) => each.symbol === symbol) ?? quickLots.find((each) => each.symbol === null);
  return own?.lots ?? usualLots.filter((lots) => lots >= min && lots <= max);
}

/**
 * @param symbol null: all symbols without their own
 * @param lots empty: removes them
 */
export function keepQuickLots(kept: TicketSettings, symbol: string | null, lots: readonly number[]): TicketSettings {
  const others = kept.quickLots.filter((each) => each.symbol !== symbol);
  return { ...kept, quickLots: lots.length === 0 ? others : [...others, { symbol, lots: [...lots] }] };
}

const mostQuickLots = 4;

/** Reads lots separated by blanks, or returns the error. */
export function readQuickLots(text: string): { lots: number[] } | { problem: string } {
  const words = text.split(/[\s;]+/).filter((word) => word !== '');
  const wrong = words.find((word) => !/^\d{1,6}(\.\d{1,2})?$/.test(word) || Number(word) === 0);
  if (wrong !== undefined)
    return { problem: `"${wrong}" is no number of lots: write 0.01 0.10 1 with blanks between.` };
  if (words.length > mostQuickLots) return { problem: `There is place for ${String(mostQuickLots)}: remove one.` };
  return { lots: words.map(Number) };
}

export function presetsOf({ presets }: TicketSettings, symbol: string): TicketPreset[] {
  return presets.filter((each) => each.symbol === symbol);
}

/** The ticket's content as a named preset; null: it has an error. */
export function presetOf(
  fields: TicketFields,
  symbol: string,
  name: string,
  bridge: Pick<BridgeState, 'stopUnit'>,
): TicketPreset | null {
  const stopUnit = unitOf(fields, bridge.stopUnit);
  const size = numberOf(fields.sizes[fields.sizeBy]);
  const sl = numberOf(fields.stops.sl);
  const tp = numberOf(fields.stops.tp);
  if (size === null || size === 0 || sl === null || tp === null || symbol === '') return null;
  return { symbol, name: name.trim(), isDefault: false, size: { by: fields.sizeBy, value: size }, stopUnit, sl, tp };
}

/** Stores a preset, replacing one of the same name; a default replaces the last default. */
export function keepPreset(kept: TicketSettings, preset: TicketPreset): TicketSettings {
  const others = kept.presets
    .filter((each) => !isSame(each, preset))
    .map((each) => (preset.isDefault && each.symbol === preset.symbol ? { ...each, isDefault: false } : each));
  return { ...kept, presets: [...others, preset] };
}

export function removePreset(kept: TicketSettings, preset: TicketPreset): TicketSettings {
  return { ...kept, presets: kept.presets.filter((each) => !isSame(each, preset)) };
}

export function fillFrom(fields: TicketFields, { size, sl, tp, stopUnit }: TicketPreset): TicketFields {
  const stop = (value: number): string => (value === 0 ? '' : plain(value));
  return {
    ...fields,
    sizeBy: size.by,
    sizes: { ...fields.sizes, [size.by]: size.by === 'lots' ? typedLots(size.value) : plain(size.value) },
    stopUnit,
    stops: { sl: stop(sl), tp: stop(tp) },
  };
}

/** The preset equal to the ticket's content; null: none. */
export function shownPreset(
  kept: TicketSettings,
  fields: TicketFields,
  symbol: string,
  bridge: Pick<BridgeState, 'stopUnit'>,
): TicketPreset | null {
  const now = presetOf(fields, symbol, '', bridge);
  const about = ({ size, stopUnit, sl, tp }: TicketPreset): string =>
    JSON.stringify([size.by, size.value, stopUnit, sl, tp]);
  return now === null ? null : (presetsOf(kept, symbol).find((each) => about(each) === about(now)) ?? null);
}

/** "0.10 lots, SL 500, TP 1000 points". */
export function presetWords({ size, sl, tp, stopUnit }: TicketPreset, currency: string | null): string {
  const unit = { lots: 'lots', percent: '%', money: currency ?? 'money' }[size.by];
  const stopsIn = stopUnit === 'money' ? (currency ?? 'money') : stopUnit;
  const stop = (value: number): string => (value === 0 ? 'none' : plain(value));
  const amount = size.by === 'lots' ? typedLots(size.value) : plain(size.value);
  return `${amount} ${unit}, SL ${stop(sl)}, TP ${stop(tp)}${sl === 0 && tp === 0 ? '' : ` ${stopsIn}`}`;
}

function isSame(a: TicketPreset, b: TicketPreset): boolean {
  return a.symbol === b.symbol && a.name === b.name;
}

/** Reads a number; an empty text is 0. */
function numberOf(text: string): number | null {
  const typed = text.trim();
  return typed === '' ? 0 : /^\d{1,12}(\.\d+)?$/.test(typed) ? Number(typed) : null;
}

/** Writes a number without an exponent. */
function plain(value: number): string {
  return value.toFixed(8).replace(/\.?0+$/, '');
}
