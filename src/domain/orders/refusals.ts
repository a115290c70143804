import { gaps, type Unavailable } from '../arithmetic/unavailable.ts';
import type { SymbolDifference } from '../market/symbolSpec.ts';
import type { Refusal } from './refusal.ts';

/** Refusals about the connection, the account, the market and the order's time. */
export const refusals = {
  killSwitch: (): Refusal => ({
    code: 'kill_switch',
    reason: 'The kill switch is on: nothing is bought or sold.',
    nextStep: 'When you want to trade again, release it and arm the bridge.',
  }),
  /** N9: the switch in the EA is still on. */
  eaCloseOnly: (): Refusal => ({
    code: 'ea_close_only',
    reason: 'The EA still takes closes alone: a kill switch closed it, and no release has reached it.',
    nextStep: 'Release the kill switch, and look whether the EA answers.',
  }),
  accountChanged: (known: string, now: string): Refusal => ({
    code: 'account_changed',
    reason: `The EA is now on account ${now}; before, it was on ${known}.`,
    nextStep: 'If that is right, accept the new account and arm the bridge.',
  }),
  accountUnnamed: (): Refusal => ({
    code: 'account_changed',
    reason: 'The EA has not named its account since it connected.',
    nextStep: 'Wait a moment. If it never does, look in MT5 and name the account yourself.',
  }),
  notLoggedIn: (): Refusal => ({
    code: 'account_changed',
    reason: 'The terminal is not logged in: the EA names no account with its server.',
    nextStep: 'Log in to the account in MT5. The EA is asked again until it names it.',
  }),
  stopUnitUnset: (): Refusal => ({
    code: 'unit_unknown',
    reason: "It is not set whether this bridge's EA reads stops as points or as prices.",
    nextStep: 'Set the stop unit of the bridge in the settings.',
  }),
  positionModeDiffers: (set: string, told: string): Refusal => ({
    code: 'terms_differ',
    reason: `The account is ${told} by the EA and ${set} in the settings of the bridge.`,
    nextStep: 'Look in MT5 what the account is, and correct the position mode in the settings of the bridge.',
  }),
  symbolDiffers: (difference: SymbolDifference): Refusal => {
    const { missing, nextStep } = gaps.symbolDiffers(difference);
    return { code: 'terms_differ', reason: `${missing}.`, nextStep };
  },
  positionModeUnset: (): Refusal => ({
    code: 'unit_unknown',
    reason: 'It is not set whether the account is netting or hedging.',
    nextStep: 'Look in MT5 what the account is, and set it in the settings of the bridge.',
  }),
  pointMismatch: (symbol: string, detail: string): Refusal => ({
    code: 'unit_unknown',
    reason: `The point of ${symbol} is in doubt, so a stop in points is too: ${detail}`,
    nextStep: 'Compare the spread in MT5 with the one shown here before you trade this symbol.',
  }),
  /** @param gap why the symbol table has no point */
  tablePoint: ({ missing, nextStep }: Unavailable): Refusal => ({
    code: 'unit_unknown',
    reason: `${missing}, so it is not known what a stop in points means.`,
    nextStep,
  }),
  noQuotes: (ageMs: number): Refusal => ({
    code: 'no_quotes',
    reason: `The EA is there and answers, but no prices have come for ${String(Math.floor(ageMs / 1000))} s: the market is probably closed.`,
    nextStep: 'Wait until the market opens, or look in MT5 whether the terminal is connected to the broker.',
  }),
  /** @param others symbols that the EA has quoted since */
  noQuote: (symbol: string, ageMs: number, others: readonly string[] = []): Refusal => ({
    code: 'no_quotes',
    reason:
      others.length === 0
        ? `The last price of ${symbol} is ${String(Math.floor(ageMs / 1000))} s old: its market is probably closed.`
        : `The last price of ${symbol} is ${String(Math.floor(ageMs / 1000))} s old, and ${quotedWords(others)}: the EA has moved to another chart, or the market of ${symbol} is closed.`,
    nextStep: 'Wait for a price of this symbol, or look in MT5 on which chart the EA is.',
  }),
  /** The EA sends quotes, and none of this symbol. @param quoted the symbols that it quotes */
  quoteMissing: (symbol: string, why: 'none' | 'moved' | 'crowded', quoted: readonly string[]): Refusal => ({
    code: 'no_quotes',
    reason:
      why === 'crowded'
        ? `The last price of ${symbol} was not kept: the EA quotes more symbols than there are places for.`
        : why === 'moved'
          ? `No quote of ${symbol} since the EA moved or connected anew: ${quotedWords(quoted)}.`
          : `No quote of ${symbol} since the EA connected: ${quotedWords(quoted)}.`,
    nextStep:
      why === 'crowded'
        ? 'Fire again after its next price, which has a place now, or add the symbol to the symbol table.'
        : `Put the EA on a chart of ${symbol} or have it send quotes of it, and look whether Market Watch in MT5 spells it so.`,
  }),
  duplicateOrder: (earlier: string, seconds: number): Refusal => ({
    code: 'duplicate_order',
    reason: `The same symbol and side was fired less than ${String(seconds)} s ago as ${earlier}.`,
    nextStep: `If you want it twice, wait until ${String(seconds)} s have passed, or confirm by the ID of the first one that you repeat it.`,
  }),
  unsettled: (signalIds: readonly string[], symbol: string): Refusal => ({
    code: 'risk_unsettled',
    reason: `What became of ${signalIds.join(', ')} in ${symbol} is unknown: it may be open.`,
    nextStep: 'Look in MT5 and settle it, or confirm by its name that you want to trade beside it.',
  }),
  noEa: (channel: 'command' | 'feedback', endpoint: string): Refusal => ({
    code: 'no_ea',
    reason: `No EA is connected to ${endpoint}.`,
    nextStep: `In MT5, attach the EA and set its ${channel} address to this one.`,
  }),
  secondEa: (address: string): Refusal => ({
    code: 'second_ea',
    reason: `A second EA at ${address} tried to connect; trading is stopped.`,
    nextStep: 'Remove the EA that does not belong here from its chart, then press "Resume trading".',
  }),
  commandUnproved: (endpoint: string): Refusal => ({
    code: 'second_ea',
    reason: `The EA answers nothing that is sent to ${endpoint}, as it did before: another EA may have taken its place there.`,
    nextStep: 'Look in MT5 which EA has this address and remove the one that does not belong, or accept this one.',
  }),
  otherDesk: (theirs: number, ours: number): Refusal => ({
    code: 'other_desk',
    reason: `This EA belongs to another or a newer desk: it has seen start ${String(theirs)}, and this one is start ${String(ours)}.`,
    nextStep:
      'Look whether another desk runs on this account, or whether this folder is an older copy. Take the EA over only if it is to obey this desk.',
  }),
  otherProtocol: (protocol: number): Refusal => ({
    code: 'other_desk',
    reason: `This EA speaks protocol ${String(protocol)}, and this desk protocol 8.`,
    nextStep: 'Install the EA that comes with this version of the desk.',
  }),
  staleTelemetry: (ageMs: number | null): Refusal => ({
    code: 'stale_telemetry',
    reason:
      ageMs === null
        ? "The EA has not reported the account's figures since it connected."
        : `The account's figures are ${String(Math.floor(ageMs / 1000))} s old.`,
    nextStep: 'Wait for the Telemetry lamp to turn live, or look in MT5 whether the terminal is connected.',
  }),
  catchingUp: (): Refusal => ({
    code: 'stale_telemetry',
    reason: 'The EA has just connected and what it queued before is still being read.',
    nextStep: 'Fire again in a moment, when the Telemetry lamp is live.',
  }),
  disarmed: (): Refusal => ({
    code: 'disarmed',
    reason: 'The bridge is not armed.',
    nextStep: 'Switch "Armed" on.',
  }),
  busy: (signalId: string): Refusal => ({
    code: 'busy',
    reason: `The EA has not answered order ${signalId} yet, and takes one order at a time.`,
    nextStep: 'Wait for its result, or look in MT5 whether the EA still runs.',
  }),
  duplicateId: (signalId: string): Refusal => ({
    code: 'duplicate_id',
    reason: `Signal ID ${signalId} was already sent, and the EA would trade it a second time.`,
    nextStep: 'Use another ID, or leave the field empty to have one made.',
  }),
  /** @param left distance of the price from the entry @param stop distance of the stop loss, both in price */
  late: (entry: number, left: number, stop: number): Refusal => ({
    code: 'late',
    reason: `The price has left the signal's entry of ${String(entry)} by ${String(left)}, more than a quarter of its stop of ${String(stop)}.`,
    nextStep: 'Wait for a new signal, or trade by hand at the price of now.',
  }),
  /** @param why what happened first, as the beginning of the sentence */
  expired: (why = 'Its time was up'): Refusal => ({
    code: 'expired',
    reason: `${why} before anybody fired this signal.`,
    nextStep: 'Send a new signal with a new ID if it still holds.',
  }),
  /** @param delayMs from the decision until the order could be sent */
  tooLate: (delayMs: number): Refusal => ({
    code: 'expired',
    reason: `It took ${(delayMs / 1_000).toFixed(1)} s until the order could leave, so it is of another moment and was not sent.`,
    nextStep: 'Look at the price, and fire again if it still holds.',
  }),
  /** @param what changed, with its article, such as "the account" */
  changed: (what: string, seen: string, now: string): Refusal => ({
    code: 'changed',
    reason: `Since you saw this order, ${what} changed from ${seen} to ${now}, so it was not sent.`,
    nextStep: 'Look at it as it is now, and fire it if it still holds.',
  }),
  overtaken: (): Refusal => ({
    code: 'expired',
    reason: 'A close was fired before this order had left, so it was not sent.',
    nextStep: 'Fire again if you still want it.',
  }),
  ended: (): Refusal => ({
    code: 'expired',
    reason: 'The bridge was stopped before this order had left, so it was not sent.',
    nextStep: 'Fire again when the bridge runs.',
  }),
  dismissed: (): Refusal => ({
    code: 'dismissed',
    reason: 'A person dismissed this signal.',
    nextStep: 'Nothing is to be done.',
  }),
  journalFailed: (detail: string): Refusal => ({
    code: 'journal_failed',
    reason: `What happens can't be recorded, so nothing is sent: ${detail}`,
    nextStep: 'Make room on the disk that holds the data folder. Trading goes on by itself when there is.',
  }),
} as const;

function quotedWords(symbols: readonly string[]): string {
  const [first] = symbols;
  if (first === undefined) return 'none of any symbol has come';
  return symbols.length === 1 ? `it quotes ${first}` : `it quotes ${first} and ${String(symbols.length - 1)} more`;
}
