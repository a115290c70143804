import { codesIn, isKnownCode } from './failureText.ts';
import { retcodes } from './retcodes.ts';

/** MQL5's run-time errors of a trade request. Its text of 4756, "Trade request sending failed", is said of every failure. */
const runTimeErrors: Readonly<Record<number, string>> = {
  4752: 'Algo Trading is off, or not allowed for the EA',
  4753: 'Position not found',
  4754: 'Order not found',
  4755: 'Deal not found',
  4756: 'MT5 names no reason',
};

/** The desk's own explanation in an order's message. Stored reasons of earlier versions have `#` for its number. */
const explanation = /(\d{4,5}|#) means: ([^.]+)/;

/**
 * A reason of rejections in words: MT5's text with its number where one is named, so that one code has one text; else the
 * broker's words, with "…" for tickets, prices and counts.
 * @param reason of `rejectReason`
 */
export function rejectWords(reason: string): string {
  const code = codeOf(reason);
  const text = code === null ? undefined : (runTimeErrors[code] ?? retcodes.get(code)?.texts[0]);
  return code === null || text === undefined ? reason.replaceAll('#', '…') : `${text} (${String(code)})`;
}

/** MT5's number that a reason names; null: none, or several. */
function codeOf(reason: string): number | null {
  const [, digits, meant] = explanation.exec(reason) ?? [];
  const explained = [...retcodes.values()].find(
    ({ code, texts }) => String(code) === digits || (digits === '#' && texts[0] === meant),
  );
  const codes = new Set([...(explained === undefined ? [] : [explained.code]), ...codesIn(reason).filter(isKnownCode)]);
  const [first = null] = codes;
  return codes.size === 1 ? first : null;
}
