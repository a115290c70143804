import type { Fields } from './requestFields.ts';

// CITADEL's judgement of a signal, and its effect on the risk (G4, G5).

/** CITADEL's figures; one that could not be read is null. */
export interface Citadel {
  /** The lowest of the stated scores, 0 to 15. */
  score: number | null;
  /** CITADEL's own factor for the risk. */
  multiplier: number | null;
}

/** `score`: by the table · `risk_multiplier`: CITADEL's own, within the table's largest and smallest. */
export const citadelSources = ['score', 'risk_multiplier'] as const;
export type CitadelSource = (typeof citadelSources)[number];

/** Factors for the risk by score: from 8 on, from 6 on, from 4 on, below. */
export type CitadelFactors = readonly [from8: number, from6: number, from4: number, below: number];

/** BITTEN's own table. */
export const bittenFactors: CitadelFactors = [1.5, 1, 0.5, 0.25];

/** Elite Guard's `citadel_score` runs to 15, a shield's score to 10. */
const most = { shield: 10, beside: 15 };

/** CITADEL's figures in a request; null: none. */
export function readCitadel(fields: Fields): Citadel | null {
  const { citadel_shield: shield, citadel_score: beside } = fields;
  const inShield = typeof shield === 'object' && shield !== null ? (shield as Fields) : {};
  const said: [value: unknown, most: number][] = [
    [inShield['score'], most.shield],
    [inShield['shield_score'], most.shield],
    [beside, most.beside],
  ];
  const scores = said.flatMap(([value, upTo]) => (isSaid(value) ? [within(value, upTo)] : []));
  const multiplier = inShield['risk_multiplier'];
  if (scores.length === 0 && !isSaid(shield) && !isSaid(multiplier)) return null;
  return {
    score: scores.length === 0 || scores.includes(null) ? null : Math.min(...scores.map(Number)),
    multiplier: isSaid(multiplier) ? within(multiplier, 100) : null,
  };
}

/** Factor for the risk. Figures that can't be read give the smallest factor, never the full risk. */
export function citadelFactor(citadel: Citadel | null, by: CitadelSource, factors: CitadelFactors): number {
  if (citadel === null) return 1;
  const smallest = Math.min(...factors);
  const { score, multiplier } = citadel;
  if (by === 'risk_multiplier') {
    return multiplier === null ? smallest : Math.min(Math.max(multiplier, smallest), Math.max(...factors));
  }
  const [from8, from6, from4, below] = factors;
  if (score === null) return smallest;
  if (score >= 8) return from8;
  if (score >= 6) return from6;
  return score >= 4 ? from4 : below;
}

/** CITADEL's part of the text by which two signals are compared. */
export function askedCitadel(citadel: Citadel | null): string[] {
  if (citadel === null) return [];
  const { score, multiplier } = citadel;
  const scaled = multiplier === null ? '' : ` \u00d7 ${String(multiplier)}`;
  return [`CITADEL ${score === null ? 'not understood' : String(score)}${scaled}`];
}

function isSaid(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function within(value: unknown, upTo: number): number | null {
  return typeof value === 'number' && value >= 0 && value <= upTo ? value : null;
}
