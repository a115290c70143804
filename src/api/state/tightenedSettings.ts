import type { LotLimits } from '../../domain/lotLimits.ts';
import type { SymbolSpec } from '../../domain/market/symbolSpec.ts';
import { lowerOf, tightenedLimits } from '../../domain/risk/tightenedLimits.ts';
import { engineModes, type EngineSettings } from './engines.ts';
import type { BridgeSettings } from '../settings/bridgeSettings.ts';

/** The part of a change that restricts a bridge; every other setting stays. */
export function tightenedBridge(before: BridgeSettings, after: BridgeSettings): BridgeSettings {
  return {
    ...before,
    limits: tightenedLimits(before.limits, after.limits),
    lots: tightenedLots(before.lots, after.lots),
    symbols: before.symbols.map((spec) => tightenedSymbol(spec, before, after)),
    slippage: Math.min(before.slippage, after.slippage),
    heavyRiskPercent: Math.min(before.heavyRiskPercent, after.heavyRiskPercent),
    stopUnit: after.stopUnit === null ? null : before.stopUnit,
    sizesConfirmed: before.sizesConfirmed && after.sizesConfirmed,
    pipsConfirmed: before.pipsConfirmed && after.pipsConfirmed,
  };
}

/** The part of a change that restricts an engine; every other setting stays. */
export function tightenedEngine(before: EngineSettings, after: EngineSettings): EngineSettings {
  return {
    ...before,
    mode: engineModes[Math.max(engineModes.indexOf(before.mode), engineModes.indexOf(after.mode))] ?? 'paused',
    bridges: inBoth(before.bridges, after.bridges),
    symbols: inBoth(before.symbols, after.symbols),
    maxLot: lowerOf(before.maxLot, after.maxLot),
    tradesPerMinute: lowerOf(before.tradesPerMinute, after.tradesPerMinute),
    tradesPerDay: lowerOf(before.tradesPerDay, after.tradesPerDay),
    haltAfter: lowerOf(before.haltAfter, after.haltAfter),
    withoutStop: before.withoutStop && after.withoutStop,
    changeOthers: before.changeOthers && after.changeOthers,
    expiryS: Math.min(before.expiryS, after.expiryS),
    // Null: lots are required, the strictest setting.
    riskPercent:
      before.riskPercent === null || after.riskPercent === null
        ? null
        : Math.min(before.riskPercent, after.riskPercent),
  };
}

function tightenedLots(before: LotLimits, after: LotLimits): LotLimits {
  const max = Math.min(before.max, after.max);
  return max < before.min ? before : { ...before, max };
}

/** A symbol with the smaller of the two largest lots as its only change. */
function tightenedSymbol(spec: SymbolSpec, before: BridgeSettings, after: BridgeSettings): SymbolSpec {
  const changed = after.symbols.find(({ symbol }) => symbol === spec.symbol);
  // The bridge's lots are tightened separately.
  if (changed === undefined || (spec.lots === null && changed.lots === null)) return spec;
  const known = spec.lots ?? before.lots;
  const lots = tightenedLots(known, changed.lots ?? after.lots);
  return lots.max < known.max ? { ...spec, lots } : spec;
}

/** Items in both lists; null permits everything. */
function inBoth(before: string[] | null, after: string[] | null): string[] | null {
  if (before === null || after === null) return before ?? after;
  return before.filter((name) => after.includes(name));
}
