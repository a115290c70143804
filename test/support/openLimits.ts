import { defaultRiskLimits, type RiskLimits } from '../../src/protocol/riskLimits.ts';

/** Every limit off, for tests and benches that are about something else. */
export const openLimits: RiskLimits = {
  ...defaultRiskLimits,
  openTrades: null,
  tradesPerDay: null,
  tradesPerMinute: null,
  duplicateWindowS: 0,
  drawdownPercent: null,
  marginLevel: null,
  freeMargin: null,
};
