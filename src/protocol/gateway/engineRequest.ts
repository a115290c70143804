import { readStops, refuseUnknownStop, type StatedStop } from './statedStops.ts';
import { askedCitadel, type Citadel, readCitadel } from './citadel.ts';
import { isLongSignalId, isSignalId } from '../../domain/signalId.ts';
import { visible } from '../../base/visibleText.ts';
import { disagree, type Fields, isAmount, nameOf, type Read, readText, readTime, refuse } from './requestFields.ts';
import { allSymbols, isClose, type SignalAction, signalActions } from '../../domain/tradeTerms.ts';

// Requests of external engines to the gateway, and signals of feeds (G1, G2, G4).

/** A signal of an engine, independent of the field names it used. */
export interface EngineSignal {
  signalId: string;
  /** The engine's own ID when it is too long for an order comment (W4); `signalId` stands for it. Else null. */
  longId: string | null;
  /** Null: the only bridge there is. */
  bridge: string | null;
  action: SignalAction;
  symbol: string;
  /** Null: not stated; lots are computed from the risk (R3). */
  lot: number | null;
  /** Each statement of the stop; empty for closes. */
  sl: StatedStop[];
  tp: StatedStop[];
  /** The engine's entry price, from which its own stops are measured (G5); null: not stated. */
  entryPrice: number | null;
  /** CITADEL's figures; null: none. */
  citadel: Citadel | null;
  /** Type, pattern, confidence and stated prices, for a person to read; null: none. */
  note: string | null;
  /** When it was sent, epoch ms; null: not stated. */
  sentAt: number | null;
}

/** Gives a long ID its short one. */
export type ShortenId = (longId: string) => string;

type SignalIds = Pick<EngineSignal, 'signalId' | 'longId'>;

/** The ID of a request, for the reply to it; empty: it has no valid one. */
export function signalIdIn(fields: Fields, shorten: ShortenId): SignalIds {
  const named = names.signalId.map((name) => fields[name]).find((value) => typeof value === 'string');
  return idsOf(typeof named === 'string' ? named : '', shorten) ?? { signalId: '', longId: null };
}

export function idsOf(named: string, shorten: ShortenId): SignalIds | null {
  if (isSignalId(named)) return { signalId: named, longId: null };
  return isLongSignalId(named) ? { signalId: shorten(named), longId: named } : null;
}

const names = {
  symbol: ['symbol', 'pair'],
  action: ['action', 'direction', 'side'],
  lot: ['lot', 'volume', 'lot_size'],
  signalId: ['signal_id', 'fire_id', 'mission_id'],
} as const;

/** Reads a signal by rules G1, G2 and G4. Refused when two spellings of one field disagree. */
export function readSignal(fields: Fields, shorten: ShortenId): Read<EngineSignal> {
  const signalId = readText(fields, names.signalId, 'invalid_signal_id');
  if (!signalId.ok) return signalId;
  const ids = idsOf(signalId.value, shorten);
  if (ids === null) {
    return refuse('invalid_signal_id', nameOf(fields, names.signalId), 'must be 1 to 128 letters, digits or _ . -');
  }
  const said = readText(fields, names.action, 'invalid_action', (text) => text.toLowerCase());
  if (!said.ok) return said;
  const action = signalActions.find((each) => each === said.value);
  if (action === undefined) {
    return refuse('invalid_action', nameOf(fields, names.action), `must be one of ${signalActions.join(', ')}`);
  }
  const unnamed = names.symbol.every((name) => fields[name] === undefined);
  const symbol: Read<string> =
    action === 'close_all' && unnamed
      ? { ok: true, value: allSymbols }
      : readText(fields, names.symbol, 'invalid_symbol', visible);
  if (!symbol.ok) return symbol;
  const bridge = readBridge(fields);
  if (!bridge.ok) return bridge;
  const sentAt = readSentAt(fields);
  if (!sentAt.ok) return sentAt;
  const rest: Read<Trade> = isClose(action) ? { ok: true, value: noTrade } : readTrade(fields);
  if (!rest.ok) return rest;
  return {
    ok: true,
    value: {
      ...ids,
      bridge: bridge.value,
      action,
      symbol: symbol.value,
      ...rest.value,
      note: noteOf(fields),
      sentAt: sentAt.value,
    },
  };
}

/** The bridge that a request names; null: none. */
export function readBridge(fields: Fields): Read<string | null> {
  const bridge = fields['bridge'] ?? null;
  return bridge === null || (typeof bridge === 'string' && bridge.length > 0 && bridge.length <= 40)
    ? { ok: true, value: bridge }
    : refuse('invalid_bridge', 'bridge', 'must be the ID of a bridge, or be left out');
}

/** Canonical text of a signal: two signals that ask for the same order have the same text. */
export function askedText(signal: EngineSignal): string {
  const { action, symbol, lot, sl, tp, citadel } = signal;
  const stops = (kind: 'sl' | 'tp', stated: readonly StatedStop[]): string[] =>
    stated.map(({ unit, value }) => `${kind}${unit === 'own' ? '' : `_${unit}`} ${String(value)}`).sort();
  return [
    `${action} ${symbol}`,
    ...(isClose(action) ? [] : [lot === null ? 'lots by risk' : `lot ${String(lot)}`]),
    ...new Set([...stops('sl', sl), ...stops('tp', tp)]),
    ...askedCitadel(citadel),
  ].join(', ');
}

type Trade = Pick<EngineSignal, 'lot' | 'sl' | 'tp' | 'entryPrice' | 'citadel'>;
const noTrade: Trade = { lot: null, sl: [], tp: [], entryPrice: null, citadel: null };

function readTrade(fields: Fields): Read<Trade> {
  const unknownStop = refuseUnknownStop(fields);
  if (unknownStop !== null) return unknownStop;
  const lot = readLot(fields);
  if (!lot.ok) return lot;
  const sl = readStops(fields, 'sl');
  if (!sl.ok) return sl;
  const tp = readStops(fields, 'tp');
  if (!tp.ok) return tp;
  const entryPrice = readEntryPrice(fields);
  if (!entryPrice.ok) return entryPrice;
  return {
    ok: true,
    value: { lot: lot.value, sl: sl.value, tp: tp.value, entryPrice: entryPrice.value, citadel: readCitadel(fields) },
  };
}

function readEntryPrice(fields: Fields): Read<number | null> {
  const stated = ['entry_price', 'entry'].filter((name) => fields[name] !== undefined && fields[name] !== null);
  const [first, second] = stated;
  if (first === undefined) return { ok: true, value: null };
  for (const name of stated) {
    const value = fields[name];
    if (!isAmount(value) || value === 0) return refuse('invalid_request', name, 'must be a price above 0');
  }
  return second !== undefined && fields[second] !== fields[first]
    ? disagree('invalid_request', first, second)
    : { ok: true, value: fields[first] as number };
}

function readLot(fields: Fields): Read<number | null> {
  const stated = names.lot.filter((name) => fields[name] !== undefined);
  const [first, ...others] = stated;
  if (first === undefined) return { ok: true, value: null };
  for (const name of stated) {
    if (!isAmount(fields[name])) return refuse('invalid_lot', name, 'must be a number of lots above 0');
  }
  const other = others.find((name) => fields[name] !== fields[first]);
  if (other !== undefined) return disagree('invalid_lot', first, other);
  return { ok: true, value: fields[first] as number };
}

function readSentAt({ sent_at }: Fields): Read<number | null> {
  if (sent_at === undefined) return { ok: true, value: null };
  const value = readTime(sent_at);
  return value === null
    ? refuse('invalid_request', 'sent_at', 'must be Unix time in seconds or milliseconds, or a date with its zone')
    : { ok: true, value };
}

function noteOf(fields: Fields): string | null {
  const parts = ['signal_type', 'pattern', 'pattern_type']
    .map((name) => fields[name])
    .filter((value) => typeof value === 'string' && value !== '');
  const { confidence } = fields;
  if (typeof confidence === 'number') parts.push(`confidence ${String(confidence)}`);
  parts.push(...statedPrices(fields));
  return parts.length === 0 ? null : visible([...new Set(parts)].join(', ').slice(0, 200));
}

/** Prices that the engine stated, for a person to compare; the order goes by the distance. */
function statedPrices(fields: Fields): string[] {
  const named: [words: string, fields: string[]][] = [
    ['entry', ['entry_price', 'entry']],
    ['stop loss', ['stop_loss', 'sl_price']],
    ['take profit', ['take_profit', 'tp_price']],
  ];
  return named.flatMap(([words, candidates]) => {
    const value = candidates.map((name) => fields[name]).find((each) => isAmount(each) && each > 0);
    return typeof value === 'number' ? [`${words} ${String(value)}`] : [];
  });
}
