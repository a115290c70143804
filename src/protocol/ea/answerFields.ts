import { isRetcode } from './retcodes.ts';

// Field names and nestings, other than the documented ones, in which EAs report an order's outcome.

type Fields = Readonly<Record<string, unknown>>;

/** Field names of MT5's return codes or error numbers, compared without case, underscores and blanks. */
const codeNames = new Set([
  ...['retcode', 'returncode', 'resultcode', 'result', 'ret', 'rc'],
  ...['code', 'error', 'errorcode', 'errcode', 'errno', 'lasterror', 'statuscode'],
]);
/** A MqlTradeResult has both a deal and an order; a market order's deal is what was traded. */
const ticketNames = ['ticket', 'deal', 'deal_ticket', 'order', 'order_ticket', 'position_id'];
const priceNames = ['price', 'fill_price', 'filled_price', 'executed_price', 'open_price', 'deal_price'];
/** Names that say "traded" come before names that may mean the lots asked for. */
const lotNames = [
  ...['traded_lot', 'traded_lots', 'traded_volume', 'filled_lot', 'filled_lots', 'filled_volume', 'executed_lot'],
  ...['executed_lots', 'executed_volume', 'volume_filled', 'volume_executed', 'deal_volume'],
];
const reasonNames = ['message', 'reason', 'comment', 'description', 'text', 'error'];

/** Documented fields, read elsewhere. `error` is a text or a bare code. */
const documented = new Set(['retcode', 'code', 'error_code', 'error']);

const deepest = 4;
const mostFields = 100;

/** Converts a result or error to the documented form, as far as its fields have a documented meaning. */
export function asAnswer(input: unknown): unknown {
  if (!isFields(input)) return input;
  const inner = Object.values(input).filter(isFields);
  const places = [input, ...inner];
  const { signal_id: signalId, fire_id: fireId, status, ticket, price } = input;
  const codes = codesIn(input);
  const named = {
    signal_id: signalId ?? fireId,
    status: typeof status === 'number' || typeof status === 'boolean' ? String(status) : status,
    ticket: isFigure(ticket) ? ticket : firstFigure(places, ticketNames),
    price: isFigure(price) ? price : firstFigure(places, priceNames),
    traded: firstFigure(places, lotNames) ?? firstFigure(inner, ['volume', 'lot', 'lots']),
    codes: codes.length === 0 ? undefined : codes,
  };
  return { ...input, ...Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined)) };
}

/** Finds an error's text in another field or inside an object. An error that names no order must be as documented. */
export function asErrorAnswer(input: unknown): unknown {
  const answer = asAnswer(input);
  if (!isFields(answer) || isWords(answer['error'])) return answer;
  const named = typeof answer['signal_id'] === 'string' && answer['signal_id'] !== '';
  const { error } = answer;
  const text = (isFields(error) ? wordsIn(error) : null) ?? wordsIn(answer) ?? (isFields(error) ? json(error) : '');
  return named ? { ...answer, error: text } : answer;
}

function wordsIn(fields: Fields): string | null {
  for (const name of reasonNames) {
    const value = fields[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
  }
  return null;
}

const isWords = (value: unknown): boolean => typeof value === 'string' || typeof value === 'number';
const json = (value: unknown): string => JSON.stringify(value).slice(0, 500);

/** Whether a value is a number, or the text of one, other than 0. */
function isFigure(value: unknown): boolean {
  if (typeof value !== 'string') return typeof value === 'number' && value !== 0;
  return value.trim() !== '' && Number(value.replace(',', '.')) !== 0;
}

function firstFigure(places: readonly Fields[], names: readonly string[]): unknown {
  for (const fields of places) {
    for (const name of names) if (isFigure(fields[name])) return fields[name];
  }
  return undefined;
}

/**
 * Return codes in any field named as one, at any depth. Other error numbers may belong to another call than the
 * order's.
 */
function codesIn(fields: Fields): number[] {
  const found = new Set<number>();
  let left = mostFields;
  const look = (value: unknown, name: string, depth: number): void => {
    left -= 1;
    if (left < 0 || depth > deepest) return;
    if (Array.isArray(value)) {
      for (const item of value) look(item, name, depth + 1);
    } else if (isFields(value)) {
      for (const [key, item] of Object.entries(value)) look(item, key, depth + 1);
    } else if (codeNames.has(name.toLowerCase().replace(/[^a-z]/g, ''))) {
      const text = typeof value === 'string' ? value.trim() : String(value);
      const code = Number(text);
      if (text !== '' && isRetcode(code) && !(depth === 1 && documented.has(name))) found.add(code);
    }
  };
  look(fields, '', 0);
  return [...found];
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
