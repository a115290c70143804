import type { EaError, TradeResult } from './resultMessages.ts';
import { asSentence } from '../../base/asSentence.ts';
import { explanationOf, type FailureMeaning, isKnownCode, readCodes, readFailureText } from './failureText.ts';
import { type ErrorCode8, isCertainNo } from '../protocol8/errorCodes.ts';
import { isRetcode } from './retcodes.ts';
import type { UnknownReason } from '../../domain/orders/order.ts';

/** An EA's report of an order's outcome. */
export type ExecutionReport = (Success | Rejection | Unclear) & Told8;

/** What an EA of protocol 8 adds (N4). Nothing of it counts from another EA. */
interface Told8 {
  /** Code of its error. */
  verdict?: ErrorCode8;
  /** It was told before. */
  repeat?: true;
  /** Success with the return code "placed": of a pending order it is the outcome, of one at the market it is none (E17). */
  placing?: Success;
}

export interface Success {
  state: 'filled';
  ticket: string | null;
  price: number | null;
  /** Lots reported as traded; null: not reported. */
  lot: number | null;
  /** The EA reports a partial fill itself. */
  partial: boolean;
  /** The report names both ticket and price. v7 answers closes with neither (W14). */
  verified: boolean;
  text: string | null;
}

interface Rejection {
  state: 'rejected';
  text: string;
  /** The report is MT5's bare error 4756, which v7 gives for every failure of the broker, time-outs too (W14a). */
  sendFailed: boolean;
}

/** The EA doesn't know the outcome, or its report can't be understood. */
interface Unclear {
  state: 'unknown';
  text: string;
  doubt: Extract<UnknownReason, 'ea_timeout' | 'unclear_status'>;
  /** No number or sentence of it is known. Most such errors are rejections in another language. */
  unread: boolean;
}

/** TRADE_RETCODE_PLACED. */
const placedRetcode = 10_008;

const success = new Set(['success', 'ok', 'filled', 'executed', 'done', 'completed']);
const partial = new Set(['partial', 'partially_filled', 'partially filled', 'done_partial', 'partial_fill']);
const failure = new Set(['failed', 'failure', 'fail', 'error', 'rejected', 'refused']);

export function readTradeResult(result: TradeResult): ExecutionReport {
  const read = readStatus(result);
  const isPlaced = read.state === 'unknown' && success.has(result.status.trim().toLowerCase()) && isPlacedCode(result);
  const placing = isPlaced ? { placing: readSuccess(result, result.message ?? null, false) } : {};
  return { ...read, ...placing, ...told8(result) };
}

function readStatus(result: TradeResult): ExecutionReport {
  const status = result.status.trim().toLowerCase();
  const text = result.message === undefined || result.message.trim() === '' ? null : result.message;
  const codes = codesOf(result);
  const said = `The EA reports "${result.status}"`;
  if (failure.has(status)) {
    if (text === null && codes.length === 0 && namesTrade(result)) {
      return unclear(`${said} with a ticket and without a reason.`, 'nobody_knows', false);
    }
    const refused = status === 'rejected' || status === 'refused';
    return withTicket(result, readFailure(text ?? (refused ? 'Rejected' : `${said} without a reason.`), codes));
  }
  const meant = codes.length === 0 ? null : readCodes(codes);
  const isPart =
    meant === 'partial' || partial.has(status) || (text !== null && readFailureText(text, []) === 'partial');
  const filled = readSuccess(result, text, isPart);
  const traded = meant === 'done' || meant === 'partial';
  if (success.has(status) && (meant === null || traded)) return filled;
  if ((partial.has(status) || traded) && filled.ticket !== null) return filled;
  const told = codes.length === 0 ? '' : ` and return code ${codes.join(', ')}`;
  const whole = `${said}${told}${text === null ? '.' : `: ${text}`}`;
  const reading = meant ?? readFailureText(`${result.status}: ${text ?? ''}`, []);
  // A success with the number of a certain no is contradictory, hence unclear.
  if (reading === 'certain_no' && !success.has(status)) return { state: 'rejected', text: whole, sendFailed: false };
  return unclear(whole, reading, false);
}

export function readEaError(error: EaError): ExecutionReport {
  const text = error.error.trim() === '' ? 'The EA reports an error without a text.' : error.error;
  return { ...withTicket(error, readFailure(text, codesOf(error))), ...told8(error) };
}

function isPlacedCode(result: TradeResult): boolean {
  const codes = codesOf(result);
  return codes.length > 0 && codes.every((code) => code === placedRetcode);
}

/** The report of a pending order by an EA that was sent it in a session. */
export function ofPending(report: ExecutionReport): ExecutionReport {
  const { placing, repeat } = report;
  return placing === undefined ? byVerdict(report) : { ...placing, ...(repeat === true ? { repeat } : {}) };
}

function told8({ verdict, repeat }: { verdict?: ErrorCode8 | undefined; repeat?: boolean | undefined }): Told8 {
  return { ...(verdict === undefined ? {} : { verdict }), ...(repeat === true ? { repeat } : {}) };
}

/** The report of an EA that was sent the order in a session: the code of its error decides, not its words. */
export function byVerdict(report: ExecutionReport): ExecutionReport {
  const { verdict } = report;
  if (verdict === undefined || report.state === 'filled') return report;
  const text = report.text;
  return isCertainNo(verdict)
    ? { state: 'rejected', text, sendFailed: false, verdict }
    : { state: 'unknown', text, doubt: 'unclear_status', unread: false, verdict };
}

/**
 * Judges a failure that names a ticket and a price: only a certain no stays a rejection. MT5's bare 4756 and an unread
 * error become unclear, with an outcome that nobody knows.
 */
function withTicket(failed: Pick<EaError, 'ticket' | 'price'>, outcome: Rejection | Unclear): Rejection | Unclear {
  const proves = outcome.state === 'rejected' ? !outcome.sendFailed : !outcome.unread;
  return proves || !namesTrade(failed) ? outcome : unclear(outcome.text, 'nobody_knows', false);
}

/** Whether a failure names a ticket and a price, which contradicts that nothing was traded. */
function namesTrade({ ticket, price }: Pick<EaError, 'ticket' | 'price'>): boolean {
  return ticket !== undefined && !/^-?0+$/.test(ticket) && price !== undefined && price !== 0;
}

/**
 * Judges a failure by its text and codes.
 * @param codes return codes in the message's other fields
 */
function readFailure(text: string, codes: readonly number[] = []): Rejection | Unclear {
  const meaning = readFailureText(text, codes);
  const explanation = explanationOf(text, codes);
  const explained = explanation === null || text.includes(explanation) ? text : `${asSentence(text)} ${explanation}`;
  if (meaning === 'certain_no' || meaning === 'send_failed') {
    return { state: 'rejected', text: explained, sendFailed: meaning === 'send_failed' };
  }
  return unclear(explained, meaning, meaning === 'unread');
}

function unclear(text: string, meaning: FailureMeaning, unread: boolean): Unclear {
  return { state: 'unknown', text, doubt: meaning === 'timeout' ? 'ea_timeout' : 'unclear_status', unread };
}

function readSuccess(
  { ticket, price, traded: tradedLots, lot, lots, volume }: TradeResult,
  text: string | null,
  isPartial: boolean,
): Success {
  const named = ticket === undefined || /^-?0+$/.test(ticket) ? null : ticket;
  const paid = price === undefined || price === 0 ? null : price;
  const traded = tradedLots ?? lot ?? lots ?? volume;
  return {
    state: 'filled',
    ticket: named,
    price: paid,
    lot: traded === undefined || traded <= 0 ? null : traded,
    partial: isPartial,
    verified: named !== null && paid !== null,
    text,
  };
}

/** MT5's own numbers; others are the EA's own and mean nothing here. */
function codesOf({
  retcode,
  code,
  error_code,
  codes = [],
}: Pick<EaError, 'retcode' | 'code' | 'error_code' | 'codes'>): number[] {
  const all = [retcode, code, error_code, ...codes].filter((value) => value !== undefined);
  const known = [...new Set(all)].filter(isKnownCode);
  // The server's return code outweighs the terminal's error number.
  return known.some(isRetcode) ? known.filter(isRetcode) : known;
}

/** Whether a second report agrees with the known one. Missing values (no price, no text) contradict nothing. */
export function sameReport(known: ExecutionReport, reported: ExecutionReport): boolean {
  if (known.state === 'filled') {
    if (reported.state !== 'filled' || known.ticket !== reported.ticket) return false;
    return agree(known.price, reported.price) && agree(known.lot, reported.lot);
  }
  if (reported.state !== known.state) return false;
  return known.text === '' || known.text === reported.text;
}

function agree(known: number | null, reported: number | null): boolean {
  return known === reported || known === null || reported === null;
}
