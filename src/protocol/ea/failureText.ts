import { isRetcode, retcodes, retcodeTimeout, type RetcodeMeaning } from './retcodes.ts';

/**
 * Meaning of an EA's text about a request. `timeout`: it went unanswered. `send_failed`: MT5's bare error 4756, which
 * stands for every answer of a broker but a success. `unread`: no number or sentence in it is known.
 */
export type FailureMeaning = RetcodeMeaning | 'timeout' | 'send_failed' | 'unread';

/** MQL5's run-time error 4756: the request failed, whatever the broker answered. */
const sendFailedCode = 4756;
/**
 * MQL5's run-time errors of requests that never left the terminal: EAs may not trade, or a named object doesn't exist.
 */
const localCodes = new Set([4752, 4753, 4754, 4755]);

/** Finds numbers written as codes: after a word such as "error", or as the whole text. */
const spelledCode =
  /(?:(?<![\p{L}\d])(?:trade_)?(?:ret(?:urn)?[\s_-]*)?(?:code|ret|rc|err(?:or)?|result|status|failed|failure|rejected)(?![\p{L}\d])[\s:=#"'([_-]*|^\s*)(\d{4,5})(?!\d|\s*[.,]\d)/giu;
/** Finds numbers behind a sign; they may be codes, unless a word before the sign names something else. */
const signedCode =
  /(?<!(?<![\p{L}\d])(?:tickets?|orders?|deals?|positions?|magic|price|bid|ask|at|sl|tp|lots?|volume|id|no|number|points?)\s*)[#=:([]\s*(\d{4,5})(?!\d|\s*[.,]\d)/giu;
/** Finds a number of a return code anywhere: one of success or doubt counts wherever it stands. */
const anyCode = /(?<![\d.,])(100\d\d)(?![\d]|[.,]\d)/g;
const constantName = /\b(?:TRADE_)?RETCODE_([A-Z_]+)\b/g;

const names = new Map([...retcodes.values()].map(({ code, name }) => [name, code]));

/**
 * Reads the meaning of a failure's text.
 * @param fields numbers from the message's code fields, such as `retcode`
 */
export function readFailureText(said: string, fields: readonly number[]): FailureMeaning {
  // Full-width digits count as digits.
  const text = said.normalize('NFKC');
  const codes = [...new Set([...fields, ...codesIn(text)])];
  const retcodesOnly = codes.filter(isRetcode);
  if (retcodesOnly.length > 0) {
    const meant = readCodes(retcodesOnly);
    // A number that merely stands behind a sign doesn't outweigh words of success or doubt.
    const spelled = fields.some(isRetcode) || matches(text, spelledCode).some(isRetcode) || constantName.test(text);
    constantName.lastIndex = 0;
    return meant === 'certain_no' && !spelled ? (openMeaning(text) ?? meant) : meant;
  }
  if (codes.some((code) => localCodes.has(code))) return 'certain_no';
  const sentence = readSentence(text);
  if (sentence !== 'unread') return sentence;
  if (codes.includes(sendFailedCode) || namesSendFailure.test(text)) return 'send_failed';
  // A 4756 that is not written as a code may be anything, but the text proves nothing in any case.
  return /(?<![\d.,])4756(?!\d|[.,]\d)/.test(text) ? 'nobody_knows' : 'unread';
}

/** Meaning of several numbers together; two that differ leave the outcome open. */
export function readCodes(codes: readonly number[]): FailureMeaning {
  const meanings = codes.map(meaningOf);
  const [first = 'unread'] = meanings;
  if (meanings.every((other) => other === first)) return first;
  return meanings.includes('timeout') ? 'timeout' : 'nobody_knows';
}

/** Whether a number is one of MT5's. */
export function isKnownCode(code: number): boolean {
  return isRetcode(code) || code === sendFailedCode || localCodes.has(code);
}

/** Meaning of one number; a number outside the table has none. */
function meaningOf(code: number): FailureMeaning {
  if (code === retcodeTimeout) return 'timeout';
  if (code === sendFailedCode) return 'send_failed';
  return localCodes.has(code) ? 'certain_no' : (retcodes.get(code)?.meaning ?? 'unread');
}

/** Explanation for a person of a number that MT5 doesn't explain in its text; null: none. */
export function explanationOf(text: string, fields: readonly number[]): string | null {
  const codes = [...fields, ...codesIn(text)];
  if (codes.includes(4752)) {
    return "4752 means that MT5 doesn't let this EA trade: switch Algo Trading on, and allow it in the EA's own settings.";
  }
  if (codes.includes(sendFailedCode)) {
    return '4756 is what MT5 says of every request that did not succeed: no money, a closed market, but a time-out too.';
  }
  const [code, ...others] = new Set(codes.filter(isRetcode));
  const retcode = code === undefined || others.length > 0 ? undefined : retcodes.get(code);
  if (retcode?.meaning !== 'certain_no') return null;
  const said = words(text);
  const [meaning = ''] = retcode.texts;
  return retcode.texts.some((each) => said.includes(words(each))) ? null : `${String(retcode.code)} means: ${meaning}.`;
}

/** MT5's numbers that a text names. */
export function codesIn(text: string): number[] {
  const spelled = [...matches(text, spelledCode), ...matches(text, signedCode)];
  const open = [...text.matchAll(anyCode)]
    .map(([, digits]) => Number(digits))
    .filter((code) => meaningOf(code) !== 'certain_no');
  const named = [...text.matchAll(constantName)].flatMap(([, name]) => names.get(name ?? '') ?? []);
  return [...new Set([...spelled, ...open, ...named])];
}

function matches(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map(([, digits]) => Number(digits));
}

/**
 * Finds time-outs in other languages too, given the right code page: such an error must not settle itself as rejected.
 */
const namesTimeout =
  /\btime[\s_-]?d?[\s_-]?out\b|тайм-?\s?аут|врем[яени]+ ожидания|истекло время|超时|超時|逾时|逾時|タイムアウト|zeitüberschreitung|d[ée]lai|tiempo de espera|tempo (?:limite|esgotado)|zaman aşımı/i;
const namesSendFailure = /trade request sending failed|failed to send (?:the )?(?:trade )?request/i;

/** Words of success, or of an outcome that nobody can know: with one of them no other word makes a text a certain no. */
const openWords: readonly (readonly [RegExp, FailureMeaning])[] = [
  [/\bpartial|\bpart of\b/i, 'partial'],
  [/\bplaced\b|\bqueued?\b|\bpending\b(?! orders? (?:has|have)\b| order activation\b)/i, 'placed'],
  [
    /\bdone\b|\bcompleted\b|\bexecuted\b|\bfilled\b|\baccepted\b|\bopened\b|\bsuccess|\bok\b|\bbought\b|\bsold\b/i,
    'done',
  ],
  [/\bprocess(?:ing|ed)\b|\bcommon error\b|\blocked\b|\bstate changed\b|\border changed\b/i, 'nobody_knows'],
  [
    /(?<!\b(?:not|n't)(?: be)? )\bsent\b|\bsubmitted\b|\bin (?:process|progress)\b|\bwaiting\b|\bnetwork\b|\bsocket\b/i,
    'nobody_knows',
  ],
  [/частичн|част[ьи] |teilweise|parcial|partiel|部分/i, 'partial'],
  [
    /исполнен|выполнен|размещ[её]н|принят|открыт[аоы]?(?!\p{L})|ausgeführt|platziert|ejecutad|colocad|exécut|成交|已执行|已執行|完成|約定|受理/iu,
    'done',
  ],
  [
    /обработ|соединени|подключени|связ[иь]|verbindung|conexi[óo]n|conex[ãa]o|connexion|连接|連接|网络|網路|接続/i,
    'nobody_knows',
  ],
  [/\bconnect(?:ed|ion)\b|\bdisconnected\b|\bno (?:answer|reply|response|result)\b/i, 'nobody_knows'],
];

/** Prefixes that EAs put before the reason. A prefix alone is no reason. */
const prefixes =
  /^(?:(?:trade|order|ordersend|order send|request|buy|sell|close|trade request|error|failure|failed|rejected|refused|reason)\s*(?:failed|rejected|refused|error|failure)?\s*(?:[:.,;!-]+|$)\s*)+/i;

/** Words of a text without its codes, in lower case, with one blank between them. */
function words(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, ' ')
    .trim();
}

/** Sentences that mean a certain no anywhere in a text. The short ones below must be the whole text. */
const certainSentences: readonly string[] = [
  ...[...retcodes.values()]
    .filter(({ meaning }) => meaning === 'certain_no')
    .flatMap(({ texts }) => texts)
    .map(words)
    .filter((text) => text.includes(' ')),
  // From v7 and other EAs, for signals refused before the broker was asked.
  'invalid signal',
  'unknown action',
  'unknown command',
  'invalid action',
  'invalid symbol',
  'unknown symbol',
  'symbol not found',
  'invalid lot',
  'invalid lots',
  'no positions found',
  'no position found',
  'position not found',
  'trade is not allowed',
  'trade not allowed',
  'trading is not allowed',
  'trading not allowed',
  'trading disabled',
  'trading is prohibited',
  'autotrading is disabled',
  'autotrading disabled',
  'auto trading is disabled',
  'auto trading disabled',
  'algo trading is disabled',
  'algo trading disabled',
  'no money',
  'insufficient funds',
  'insufficient money',
  'insufficient margin',
  'insufficient free margin',
  'not enough free margin',
  'not enough margin',
  'no quotes',
  'no prices',
];

const certainWords = new Set([
  'requote',
  'rejected',
  'request rejected',
  'order rejected',
  'canceled',
  'cancelled',
  'frozen',
]);

/** Meaning of words of success or doubt; null: there are none. */
function openMeaning(text: string): FailureMeaning | null {
  if (namesTimeout.test(text)) return 'timeout';
  return openWords.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}

function readSentence(text: string): FailureMeaning {
  const open = openMeaning(text);
  if (open !== null) return open;
  const said = ` ${words(text)} `;
  if (certainSentences.some((sentence) => said.includes(` ${sentence} `))) return 'certain_no';
  const whole = words(text);
  // Reason in brackets, as CTrade writes it: "failed instant buy 0.10 EURUSD at 1.10000 [Requote]".
  const bracketed = words(/\[([^\]]+)\]\s*$/.exec(text)?.[1] ?? '');
  if (certainWords.has(bracketed) || /^requote\b/.test(bracketed)) return 'certain_no';
  if (certainWords.has(whole) || certainWords.has(words(text.replace(prefixes, '')))) return 'certain_no';
  return /^requote (?:of|at|for)\b/.test(words(text.replace(prefixes, ''))) ? 'certain_no' : 'unread';
}
