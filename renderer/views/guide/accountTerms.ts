import type { BridgeSettings } from '../../../src/api/settings/bridgeSettings.ts';
import { readNumber } from '../../ui/typed.ts';

/** Limits that a new installation proposes, in % of equity. */
export const proposedLimits = { riskPercent: 2, dailyLossPercent: 5 } as const;

interface AccountTermsTyped {
  currency: string;
  leverage: number;
}

/** Reads what MT5 shows of the account, or says what is wrong with it. */
export function readAccountTerms(currency: string, leverage: string): AccountTermsTyped | { problem: string } {
  const code = currency.trim();
  if (!/^[A-Z]{3}$/.test(code))
    return { problem: 'Type the currency as MT5 shows it beside the balance, such as USD.' };
  const ratio = readNumber(leverage);
  if (ratio === null || !(ratio > 0 && ratio <= 10_000))
    return { problem: 'Type the leverage as a number from 1 to 10000: 100 for 1:100.' };
  return { currency: code, leverage: ratio };
}

/**
 * What is saved. A limit that a person has set already stays.
 * @param terms null: the EA tells them
 */
export function accountChanges(
  terms: AccountTermsTyped | null,
  limited: boolean,
  limits: BridgeSettings['limits'],
): Partial<BridgeSettings> {
  if (!limited) return { ...terms };
  return {
    ...terms,
    limits: {
      ...limits,
      riskPercent: limits.riskPercent ?? proposedLimits.riskPercent,
      dailyLossPercent: limits.dailyLossPercent ?? proposedLimits.dailyLossPercent,
    },
  };
}
