import { disagree, type Fields, isAmount, type Read, refuse } from './requestFields.ts';

/** A stop as an engine states it; `own` is the unit of the bridge. */
export interface StatedStop {
  unit: 'own' | 'points' | 'pips' | 'price';
  /** 0 is none. */
  value: number;
  /** The name that the engine used. */
  field: string;
}

const stopNames: Record<'sl' | 'tp', readonly (readonly [name: string, unit: StatedStop['unit']])[]> = {
  sl: [
    ['sl', 'own'],
    ['sl_points', 'points'],
    ['sl_pips', 'pips'],
    ['stop_pips', 'pips'],
    ['stop_loss', 'price'],
    ['sl_price', 'price'],
  ],
  tp: [
    ['tp', 'own'],
    ['tp_points', 'points'],
    ['tp_pips', 'pips'],
    ['target_pips', 'pips'],
    ['take_profit', 'price'],
    ['tp_price', 'price'],
  ],
};

const knownStops = new Set([...stopNames.sl, ...stopNames.tp].map(([name]) => name));
/** Names that look like a stop. An unknown one is refused: ignoring it could send the order without its stop. */
const stopLike = /^(sl|tp|stop|stops|target|targets|take|takeprofit|stoploss)(_|\d|$)/i;
/** Fields about a stop that are none: `stop_loss_pct`, `target_uuid`, `tp_probability`, `stop_type`. */
const aboutStop =
  /_(pct|percent|percentage|ratio|rr|r|uuid|id|ids|user|type|kind|mode|reason|method|source|score|confidence|probability|hit|at|time|timestamp|ts|count|atr|multiplier|multiple|factor)$/i;

/** Refuses a request with a field that looks like a stop under an unknown name; null: it has none. */
export function refuseUnknownStop(fields: Fields): ReturnType<typeof refuse> | null {
  const odd = Object.keys(fields).find((name) => isUnknownStop(name, fields[name]));
  if (odd === undefined) return null;
  const kind = /^t/i.test(odd) ? 'tp' : 'sl';
  const known = stopNames[kind].map(([name]) => name).join(', ');
  return refuse(`invalid_${kind}`, odd, `is no name that a stop is known by: use one of ${known}`);
}

/** Whether a field could be a stop under an unknown name: a number, or a list or object of them. Text and switches are not. */
function isUnknownStop(name: string, value: unknown): boolean {
  if (!stopLike.test(name) || knownStops.has(name) || aboutStop.test(name)) return false;
  if (typeof value === 'string') return value.trim() !== '' && Number.isFinite(Number(value));
  return typeof value === 'number' || (typeof value === 'object' && value !== null);
}

/** Each way in which the stop loss or the take profit is stated; refused where two ways disagree or none is there. */
export function readStops(fields: Fields, kind: 'sl' | 'tp'): Read<StatedStop[]> {
  const code = `invalid_${kind}` as const;
  const stated: StatedStop[] = [];
  for (const [field, unit] of stopNames[kind]) {
    const value = fields[field];
    if (value === undefined) continue;
    if (!isAmount(value)) return refuse(code, field, 'must be a number, 0 for none');
    const other = stated.find(
      (each) => (each.unit === unit || each.value === 0 || value === 0) && each.value !== value,
    );
    if (other !== undefined) return disagree(code, other.field, field);
    stated.push({ unit, value, field });
  }
  if (stated.length > 0) return { ok: true, value: stated };
  const what = kind === 'sl' ? 'stop loss' : 'take profit';
  return refuse(code, kind, `is missing: say the ${what}, or 0 for none`);
}
