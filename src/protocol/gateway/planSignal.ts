import { citadelFactor, type CitadelFactors, type CitadelSource } from './citadel.ts';
import { isPrice } from '../../domain/market/fxRates.ts';
import type { EngineSignal } from './engineRequest.ts';
import type { StatedStop } from './statedStops.ts';
import { type Unavailable, isUnavailable } from '../../domain/arithmetic/unavailable.ts';
import { compare, exact, minus, type Rational, times, toNumber, wholeTimes } from '../../domain/arithmetic/rational.ts';
import type { Refusal, RefusalCode } from '../../domain/orders/refusal.ts';
import type { PlanningContext } from '../../domain/orders/planningContext.ts';
import { refusals } from '../../domain/orders/refusals.ts';
import { planTrade } from '../../domain/sizing/planTrade.ts';
import { keepsLot, nearestKept } from '../../domain/v7Lots.ts';
import {
  type Instrument,
  pipOf,
  type PlacedStop,
  stopDistance,
  stopForEa,
  type StopKind,
} from '../../domain/sizing/stops.ts';
import { closeFields, isClose, type StopUnit } from '../../domain/tradeTerms.ts';

/** Permissions of an engine about lots. */
export interface LotPermissions {
  /** Null: no limit of its own. */
  maxLot: number | null;
  /** % of equity that a signal without lots may risk (R3); null: lots are required. */
  riskPercent: number | null;
  /** Whether CITADEL scales the risk (G4). */
  citadelScaling: boolean;
  /** Which figure of CITADEL scales it. */
  citadelBy: CitadelSource;
  citadelFactors: CitadelFactors;
}

export interface PlannedSignal {
  lot: number;
  /** In the bridge's stop unit, 0 is none. */
  sl: number;
  tp: number;
}

export function isRefusal(planned: PlannedSignal | Refusal): planned is Refusal {
  return 'code' in planned;
}

/** Plans the order for a signal on a bridge now: stops in the bridge's unit; lots from the risk when the signal has none. */
export function planSignal(
  signal: EngineSignal,
  ground: PlanningContext,
  permissions: LotPermissions,
): PlannedSignal | Refusal {
  if (isClose(signal.action)) return { ...closeFields };
  if (ground.stopUnit === null) return refusals.stopUnitUnset();
  const sl = agreedStop('sl', signal, ground, ground.stopUnit);
  if (isStopRefusal(sl)) return sl;
  const tp = agreedStop('tp', signal, ground, ground.stopUnit);
  if (isStopRefusal(tp)) return tp;
  const late = lateRefusal(signal, ground, sl);
  if (late !== null) return late;
  const lot = lotsOf(signal, ground, permissions, sl, tp);
  return typeof lot === 'number' ? { lot, sl: sl.value, tp: tp.value } : lot;
}

/** A stop in the EA's unit; refused when the ways in which the engine stated it disagree. */
function agreedStop(
  kind: StopKind,
  signal: EngineSignal,
  { instrument }: PlanningContext,
  stopUnit: StopUnit,
): PlacedStop | Refusal {
  const code = `invalid_${kind}` as const;
  const apart = stopsAtOwnEntry(kind, signal, instrument, stopUnit);
  if (apart !== null && 'code' in apart) return apart;
  let agreed: { value: number; stated: StatedStop } | null = null;
  for (const stated of apart?.distances ?? signal[kind]) {
    const placed: PlacedStop = { unit: stated.unit === 'own' ? stopUnit : stated.unit, value: stated.value };
    const value = stopForEa(placed, kind, sideOf(signal), instrument, stopUnit);
    if (isUnavailable(value)) return ofGap(code, stated.field, value);
    if (agreed !== null && agreed.value !== value) {
      const [one, other] = [agreed.stated.field, stated.field];
      return refusal(
        code,
        `"${one}" and "${other}" disagree: on this bridge the first is ${String(agreed.value)} and the second ${String(value)} (${stopUnit}).`,
        'Send the stop in one way.',
      );
    }
    agreed ??= { value, stated };
  }
  return { unit: stopUnit, value: agreed?.value ?? 0 };
}

/**
 * G5: pips and a price that agreed at the signal's own entry can differ at the current quote. Both are measured from that
 * entry, and the distance counts.
 * @returns null: the signal states its stop in one way, or names no entry
 */
function stopsAtOwnEntry(
  kind: StopKind,
  signal: EngineSignal,
  instrument: Instrument,
  stopUnit: StopUnit,
): { distances: StatedStop[] } | Refusal | null {
  const { entryPrice } = signal;
  const stated = signal[kind].filter(({ value }) => value > 0);
  const isPriced = ({ unit }: StatedStop): boolean => (unit === 'own' ? stopUnit : unit) === 'price';
  const distances = stated.filter((each) => !isPriced(each));
  const prices = stated.filter(isPriced);
  const [first] = distances;
  if (entryPrice === null || first === undefined || prices.length === 0) return null;
  const unit = first.unit === 'own' ? 'points' : first.unit;
  const side = sideOf(signal);
  const distance = stopDistance({ unit: unit, value: first.value }, kind, side, instrument);
  if (isUnavailable(distance)) return ofGap(`invalid_${kind}`, first.field, distance);
  const below = (kind === 'sl') === (side === 'buy');
  const pip = pipOf(instrument);
  const share = times(distance, exact(0.05));
  const allowed = !isUnavailable(pip) && compare(pip, share) > 0 ? pip : share;
  for (const { field, value } of prices) {
    const measured = below ? minus(exact(entryPrice), exact(value)) : minus(exact(value), exact(entryPrice));
    const apart = minus(measured, distance);
    const tooFar = compare(apart, allowed) > 0 || compare(minus(none, apart), allowed) > 0;
    if (tooFar) {
      return refusal(
        `invalid_${kind}`,
        `"${first.field}" and "${field}" disagree: at the signal's own entry of ${String(entryPrice)} the second is ${String(toNumber(measured) ?? 0)} away in price, the first ${String(toNumber(distance) ?? 0)}.`,
        'Send the stop in one way, or two that differ by at most 1 pip or 5 % of it.',
      );
    }
  }
  return { distances };
}

const none = exact(0);

/** G5: refuses a signal when the market has moved from its entry by more than a quarter of its stop. */
function lateRefusal(signal: EngineSignal, { instrument }: PlanningContext, sl: PlacedStop): Refusal | null {
  const { entryPrice } = signal;
  const { quote } = instrument;
  if (entryPrice === null || sl.value === 0 || !isPrice(quote)) return null;
  const entry = exact(entryPrice);
  const distance =
    sl.unit === 'price' ? magnitude(minus(entry, exact(sl.value))) : stopDistance(sl, 'sl', sideOf(signal), instrument);
  if (isUnavailable(distance)) return null;
  const [bid, ask] = [exact(quote.bid), exact(quote.ask)];
  const left = compare(entry, bid) < 0 ? minus(bid, entry) : compare(entry, ask) > 0 ? minus(entry, ask) : none;
  if (compare(times(left, exact(4)), distance) <= 0) return null;
  return refusals.late(entryPrice, toNumber(left) ?? 0, toNumber(distance) ?? 0);
}

function magnitude(ratio: Rational): Rational {
  return compare(ratio, none) < 0 ? minus(none, ratio) : ratio;
}

function lotsOf(
  signal: EngineSignal,
  ground: PlanningContext,
  { maxLot, riskPercent, citadelScaling, citadelBy, citadelFactors }: LotPermissions,
  sl: PlacedStop,
  tp: PlacedStop,
): number | Refusal {
  const { instrument, account, lots, stopUnit } = ground;
  const { lot, citadel } = signal;
  const factor = citadelScaling ? citadelFactor(citadel, citadelBy, citadelFactors) : 1;
  if (lot !== null && maxLot !== null && lot > maxLot) {
    return refusal(
      'engine_limit',
      `Lots ${String(lot)} are above this engine's limit of ${String(maxLot)}.`,
      'Send fewer lots, or raise the limit in the engines of the desk.',
    );
  }
  if (lot !== null && factor === 1) return lot;
  const max = Math.min(lots.max, maxLot ?? lots.max);
  if (lot !== null) {
    // R3: down to the step, and not over the largest.
    const steps = wholeTimes(times(exact(lot), exact(factor)), exact(lots.step));
    const stepped = toNumber(times({ top: steps, bottom: 1n }, exact(lots.step))) ?? 0;
    const scaled = keepsLot(stepped, lots) ? stepped : (nearestKept(stepped, lots, -1) ?? stepped);
    return scaled >= lots.min
      ? Math.min(scaled, Math.max(max, lot))
      : refusal(
          'invalid_lot',
          `Lots ${String(lot)} scaled by CITADEL to ${String(factor)} times are below the smallest of ${String(lots.min)}.`,
          'Send more lots, or a signal with a higher score.',
        );
  }
  if (riskPercent === null) {
    return refusal('invalid_lot', '"lot" is missing.', 'Say the lots, or set a risk for this engine in the desk.');
  }
  const size = { by: 'percent', value: Math.min(100, riskPercent * factor) } as const;
  const planned = planTrade({ side: sideOf(signal), size, sl, tp }, instrument, account, { ...lots, max }, stopUnit);
  return isUnavailable(planned.lots) ? ofGap('invalid_lot', 'lot', planned.lots) : planned.lots;
}

function sideOf({ action }: EngineSignal): 'buy' | 'sell' {
  return action === 'sell' ? 'sell' : 'buy';
}

function isStopRefusal(stop: PlacedStop | Refusal): stop is Refusal {
  return 'code' in stop;
}

function ofGap(code: RefusalCode, field: string, { missing, nextStep }: Unavailable): Refusal {
  return refusal(code, `"${field}": ${missing}.`, nextStep);
}

function refusal(code: RefusalCode, reason: string, nextStep: string): Refusal {
  return { code, reason, nextStep };
}
