import { changedProperties } from '../../../src/base/changedProperties.ts';
import type { CodePage } from '../../../src/protocol/ea/codePage.ts';
import { type EaKind, portProblem } from '../../../src/protocol/ea/portSettings.ts';
import { applyProfile, profileOf, type RiskLimits, type RiskProfile } from '../../../src/domain/risk/riskLimits.ts';
import type { CommandPattern, FeedbackPattern } from '../../../src/protocol/ea/socketPatterns.ts';
import type { LotLimits } from '../../../src/domain/lotLimits.ts';
import { rowOf, type SymbolRow } from '../../../src/domain/market/symbolRow.ts';
import { isTextKey, textFields, specOf, type TextKey } from './settingsFields.ts';
import { readTable, type SymbolErrors } from './symbolForm.ts';
import { readFields } from '../../ui/readFields.ts';
import { readNumber, text } from '../../ui/typed.ts';
import type { PositionMode, StopUnit } from '../../../src/domain/tradeTerms.ts';
import { type BridgeSettings, bridgeSettingsSchema } from '../../../src/api/settings/bridgeSettings.ts';

// Form of a bridge's settings: settings → texts → settings, or an error a field. Pure functions.

export interface SettingsForm {
  texts: Record<TextKey, string>;
  stopUnit: StopUnit | null;
  positionMode: PositionMode | null;
  codePage: CodePage;
  eaKind: EaKind;
  commandPattern: CommandPattern;
  feedbackPattern: FeedbackPattern;
  stopLossRequired: boolean;
  colour: string;
  symbols: SymbolRow[];
  pipsConfirmed: boolean;
  sizesConfirmed: boolean;
  /** Whether the typed rates are confirmed and dated anew. */
  ratesRenewed: boolean;
}

export type SettingsErrors = Partial<Record<TextKey, string>> & SymbolErrors;

export function formOf(settings: BridgeSettings): SettingsForm {
  const { lots, limits } = settings;
  const texts: Record<TextKey, string> = {
    name: settings.name,
    currency: settings.currency ?? '',
    slippage: text(settings.slippage),
    host: settings.host,
    allowPeers: settings.allowPeers.join(', '),
    commandPort: text(settings.commandPort),
    telemetryPort: text(settings.telemetryPort),
    feedbackPort: text(settings.feedbackPort),
    telemetryPeers: text(settings.telemetryPeers),
    leverage: text(settings.leverage),
    typedRates: ratesText(settings.typedRates),
    symbolSuffix: settings.symbolSuffix,
    'lots.min': text(lots.min),
    'lots.max': text(lots.max),
    'lots.step': text(lots.step),
    'limits.openTrades': text(limits.openTrades),
    'limits.tradesPerDay': text(limits.tradesPerDay),
    'limits.tradesPerMinute': text(limits.tradesPerMinute),
    'limits.duplicateWindowS': text(limits.duplicateWindowS),
    'limits.riskPercent': text(limits.riskPercent),
    heavyRiskPercent: text(settings.heavyRiskPercent),
    'limits.dailyLossPercent': text(limits.dailyLossPercent),
    'limits.drawdownPercent': text(limits.drawdownPercent),
    'limits.marginLevel': text(limits.marginLevel),
    'limits.freeMargin': text(limits.freeMargin),
    'limits.stopDistance.min': text(limits.stopDistance.min),
    'limits.stopDistance.max': text(limits.stopDistance.max),
    'limits.symbols': limits.symbols.join(', '),
    'limits.day.timeZone': limits.day.timeZone,
    'limits.day.startsAt': limits.day.startsAt,
  };
  return {
    texts,
    stopUnit: settings.stopUnit,
    positionMode: settings.positionMode,
    codePage: settings.codePage,
    eaKind: settings.eaKind,
    commandPattern: settings.commandPattern,
    feedbackPattern: settings.feedbackPattern,
    stopLossRequired: limits.stopLossRequired,
    colour: settings.colour,
    symbols: settings.symbols.map(rowOf),
    pipsConfirmed: settings.pipsConfirmed,
    sizesConfirmed: settings.sizesConfirmed,
    ratesRenewed: false,
  };
}

/** The typed settings, or one sentence for each wrong field. */
export function readSettings(
  form: SettingsForm,
  { ticket, typedRates, limits: { accountRules } }: Pick<BridgeSettings, 'ticket' | 'typedRates' | 'limits'>,
): { settings: BridgeSettings } | { errors: SettingsErrors } {
  const { texts, stopLossRequired, ratesRenewed, symbols, ...others } = form;
  const table = readTable(symbols, texts.symbolSuffix.trim());
  const read = readFields(
    bridgeSettingsSchema,
    texts,
    {
      ...textFields,
      typedRates: { ...textFields.typedRates, read: (typed) => readRates(typed, ratesRenewed, typedRates) },
    },
    {
      ...others,
      symbols: 'symbols' in table ? table.symbols : [],
      // Changed in the ticket itself, and in the sheet of the account rules.
      limits: { stopLossRequired, accountRules },
      ticket,
    },
  );
  const errors: SettingsErrors = { ...('errors' in table ? table.errors : {}), ...read.errors };
  const settings = read.value;
  if (settings === null) return { errors };
  addLotProblem(errors, settings.lots);
  const problem = portProblem(settings);
  if (problem !== null && isTextKey(problem.field)) errors[problem.field] = problem.sentence;
  return Object.keys(errors).length === 0 ? { settings } : { errors };
}

/** Typed rates as their field's text, `EURUSD 1.085, USDJPY 151.2`. */
function ratesText(rates: BridgeSettings['typedRates']): string {
  return rates.map(({ pair, rate }) => `${pair} ${String(rate)}`).join(', ');
}

/** Reads typed rates. An unchanged rate keeps its time. Unreadable text is left for the schema to refuse. */
function readRates(typed: string, renewed: boolean, before: BridgeSettings['typedRates']): unknown[] {
  const parts = typed.split(/[,;]/).map((part) => part.trim());
  return parts
    .filter((part) => part !== '')
    .map((part) => {
      const [pair = '', rate = ''] = part.toUpperCase().split(/[\s=:]+/);
      const known = before.find((each) => each.pair === pair && each.rate === Number(rate));
      return known === undefined || renewed ? { pair, rate: readNumber(rate) ?? Number.NaN, at: 0 } : known;
    });
}

/** Fills the fields of a profile with its numbers (R2). */
export function withProfile(form: SettingsForm, profile: RiskProfile, limits: RiskLimits): SettingsForm {
  const { openTrades, tradesPerDay, tradesPerMinute, duplicateWindowS } = applyProfile(limits, profile);
  return {
    ...form,
    texts: {
      ...form.texts,
      'limits.openTrades': text(openTrades),
      'limits.tradesPerDay': text(tradesPerDay),
      'limits.tradesPerMinute': text(tradesPerMinute),
      'limits.duplicateWindowS': text(duplicateWindowS),
    },
  };
}

/** The profile with the typed numbers, or `custom`. */
export function profileIn({ texts }: SettingsForm, limits: RiskLimits): RiskProfile | 'custom' {
  return profileOf({
    ...limits,
    openTrades: readNumber(texts['limits.openTrades']),
    tradesPerDay: readNumber(texts['limits.tradesPerDay']),
    tradesPerMinute: readNumber(texts['limits.tradesPerMinute']),
    duplicateWindowS: readNumber(texts['limits.duplicateWindowS']) ?? Number.NaN,
  });
}

/** The person's own changes: limits that somebody else changed since the form was opened stay. */
export function changesOf(opened: BridgeSettings, typed: BridgeSettings, now: BridgeSettings): Partial<BridgeSettings> {
  const changes = changedProperties(opened, typed);
  const limits = changedProperties(opened.limits, typed.limits);
  delete changes.limits;
  return Object.keys(limits).length === 0 ? changes : { ...changes, limits: { ...now.limits, ...limits } };
}

/** Adds an error for lots that the rules of an order refuse in any case. */
function addLotProblem(errors: SettingsErrors, { min, max, step }: LotLimits): void {
  if (min > max) errors['lots.min'] = 'The smallest lots are above the largest.';
  if (Math.round(step * 100) / 100 !== step) errors['lots.step'] = specOf('lots.step').wrong;
  if (Math.round(min * 100) / 100 !== min) errors['lots.min'] = specOf('lots.min').wrong;
}
