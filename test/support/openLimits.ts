import { noTicketSettings } from '../../src/api/settings/ticketSettings.ts';
import { defaultRiskLimits, type RiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { defaultSymbols } from '../../src/domain/market/symbolDefaults.ts';
import type { BridgeSettings } from '../../src/api/settings/bridgeSettings.ts';

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

/** The symbol table that a bridge begins with. */
export const openSymbols: Pick<
  BridgeSettings,
  'symbols' | 'symbolSuffix' | 'codePage' | 'pipsConfirmed' | 'sizesConfirmed' | 'typedRates' | 'leverage' | 'ticket'
> = {
  symbols: [...defaultSymbols],
  symbolSuffix: '',
  codePage: 'windows-1252',
  pipsConfirmed: false,
  sizesConfirmed: false,
  typedRates: [],
  leverage: null,
  ticket: noTicketSettings,
};
