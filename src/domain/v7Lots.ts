import type { LotLimits } from './lotLimits.ts';

/** The lots of a symbol at its broker, and what the EA makes of them. */
export interface LotRules extends LotLimits {
  /** The EA is v7, which may trade fewer lots than it is told (W6). */
  floored?: boolean | undefined;
}

/**
 * The lots of a symbol under the EA that trades it. Another EA than v7 is left alone, and so is the paper EA, which trades
 * the lots that it is told unless it is asked for this fault.
 * @param eaVersion as the EA names it; null: it has not
 */
export function lotRules(lots: LotLimits, eaVersion: string | null, kind: 'real' | 'paper' | undefined): LotRules {
  return kind !== 'paper' && /^v?7(\.|$)/i.test(eaVersion?.trim() ?? '') ? { ...lots, floored: true } : lots;
}

/**
 * W6, W14a: the lots that v7 trades of those it is told. It computes in doubles as JavaScript does, so that
 * 0.29 / 0.01 is 28.999999999999996, of which 28 steps are left.
 */
export function v7Lot(lot: number, { min, max, step }: LotLimits): number {
  const floored = Math.floor((lot <= 0 ? 0.01 : lot) / step) * step;
  return Number(Math.min(max, Math.max(min, floored)).toFixed(2));
}

/** Whether these lots are traded as they are. */
export function keepsLot(lot: number, rules: LotRules): boolean {
  return rules.floored !== true || v7Lot(lot, rules) === lot;
}

/** The nearest lots below or above that are traded as they are; null: there are none within the limits. */
export function nearestKept(lot: number, rules: LotRules, direction: 1 | -1): number | null {
  // In hundredths, which are whole numbers: steps are multiples of 0.01.
  const step = Math.round(rules.step * 100);
  for (let next = Math.round(lot * 100) + direction * step; ; next += direction * step) {
    const lots = next / 100;
    if (lots < rules.min || lots > rules.max) return null;
    if (keepsLot(lots, rules)) return lots;
  }
}

/** What is wrong with lots that v7 would lower, and which are traded as they are. */
export function flooredReason(lot: number, rules: LotRules): string {
  const kept = ([-1, 1] as const).flatMap((direction) => nearestKept(lot, rules, direction) ?? []);
  const instead = kept.length === 0 ? '' : ` Take ${kept.map((lots) => lots.toFixed(2)).join(' or ')}.`;
  return `Of ${lot.toFixed(2)} lots EA v7 would trade ${v7Lot(lot, rules).toFixed(2)}, as it rounds down.${instead}`;
}
