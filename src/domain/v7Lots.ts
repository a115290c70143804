import type { LotLimits } from './lotLimits.ts';

/** Lot limits of a symbol at its broker, with the rounding of the EA. */
export interface LotRules extends LotLimits {
  /** The EA is v7, which may trade fewer lots than asked for (W6). */
  floored?: boolean | undefined;
}

/**
 * Lot rules of a symbol for an EA. Only v7 on a real account rounds down; the paper EA trades the lots asked for, unless it is
 * set to this fault.
 * @param eaVersion as the EA reports it; null: not reported
 */
export function lotRules(lots: LotLimits, eaVersion: string | null, kind: 'real' | 'paper' | undefined): LotRules {
  return kind !== 'paper' && /^v?7(\.|$)/i.test(eaVersion?.trim() ?? '') ? { ...lots, floored: true } : lots;
}

/**
 * W6, W14a: the lots that v7 trades for those asked for. It computes in doubles as JavaScript does: 0.29 / 0.01 is
 * 28.999999999999996, which leaves 28 steps.
 */
export function v7Lot(lot: number, { min, max, step }: LotLimits): number {
  const floored = Math.floor((lot <= 0 ? 0.01 : lot) / step) * step;
  return Number(Math.min(max, Math.max(min, floored)).toFixed(2));
}

/** Whether these lots are traded unchanged. */
export function keepsLot(lot: number, rules: LotRules): boolean {
  return rules.floored !== true || v7Lot(lot, rules) === lot;
}

/** The nearest lots below or above that are traded unchanged; null: none within the limits. */
export function nearestKept(lot: number, rules: LotRules, direction: 1 | -1): number | null {
  // In hundredths, which are whole numbers: steps are multiples of 0.01.
  const step = Math.round(rules.step * 100);
  for (let next = Math.round(lot * 100) + direction * step; ; next += direction * step) {
    const lots = next / 100;
    if (lots < rules.min || lots > rules.max) return null;
    if (keepsLot(lots, rules)) return lots;
  }
}

/** Sentence about lots that v7 would round down, with the nearest lots that it trades unchanged. */
export function flooredReason(lot: number, rules: LotRules): string {
  const kept = ([-1, 1] as const).flatMap((direction) => nearestKept(lot, rules, direction) ?? []);
  const instead = kept.length === 0 ? '' : ` Take ${kept.map((lots) => lots.toFixed(2)).join(' or ')}.`;
  return `Of ${lot.toFixed(2)} lots EA v7 would trade ${v7Lot(lot, rules).toFixed(2)}, as it rounds down.${instead}`;
}
