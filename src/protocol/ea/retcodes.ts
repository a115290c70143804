/**
 * Meaning of a return code. `done`, `partial`, `placed`: the server took the request. `certain_no`: nothing of it was
 * or will be executed. `nobody_knows`: it may have been executed, or may be later.
 */
export type RetcodeMeaning = 'done' | 'partial' | 'placed' | 'certain_no' | 'nobody_knows';

interface Retcode {
  code: number;
  /** MQL5's constant without `TRADE_RETCODE_`. */
  name: string;
  meaning: RetcodeMeaning;
  /** Texts of MQL5's reference, then of its standard library (CTrade). */
  texts: readonly string[];
}

const list: readonly Retcode[] = [
  of(10004, 'REQUOTE', 'certain_no', 'Requote', 'requote'),
  of(10006, 'REJECT', 'certain_no', 'Request rejected', 'rejected'),
  of(10007, 'CANCEL', 'certain_no', 'Request canceled by trader', 'canceled', 'cancelled'),
  of(10008, 'PLACED', 'placed', 'Order placed', 'placed'),
  of(10009, 'DONE', 'done', 'Request completed', 'done', 'Request executed'),
  of(
    10010,
    'DONE_PARTIAL',
    'partial',
    'Only part of the request was completed',
    'done partially',
    'Request executed partially',
  ),
  of(10011, 'ERROR', 'nobody_knows', 'Request processing error', 'common error'),
  of(10012, 'TIMEOUT', 'nobody_knows', 'Request canceled by timeout', 'timeout'),
  of(10013, 'INVALID', 'certain_no', 'Invalid request', 'invalid request'),
  of(10014, 'INVALID_VOLUME', 'certain_no', 'Invalid volume in the request', 'invalid volume'),
  of(10015, 'INVALID_PRICE', 'certain_no', 'Invalid price in the request', 'invalid price'),
  of(10016, 'INVALID_STOPS', 'certain_no', 'Invalid stops in the request', 'invalid stops'),
  of(10017, 'TRADE_DISABLED', 'certain_no', 'Trade is disabled', 'trade disabled', 'trading is disabled'),
  of(10018, 'MARKET_CLOSED', 'certain_no', 'Market is closed', 'market closed'),
  of(10019, 'NO_MONEY', 'certain_no', 'There is not enough money to complete the request', 'not enough money'),
  of(10020, 'PRICE_CHANGED', 'certain_no', 'Prices changed', 'price changed', 'prices have changed'),
  // The server had no price to trade at, so nothing was traded.
  of(10021, 'PRICE_OFF', 'certain_no', 'There are no quotes to process the request', 'off quotes'),
  of(10022, 'INVALID_EXPIRATION', 'certain_no', 'Invalid order expiration date in the request', 'invalid expiration'),
  // Another change of the same order came first; its content is not reported.
  of(10023, 'ORDER_CHANGED', 'nobody_knows', 'Order state changed', 'order changed'),
  of(10024, 'TOO_MANY_REQUESTS', 'certain_no', 'Too frequent requests', 'too many requests'),
  of(10025, 'NO_CHANGES', 'certain_no', 'No changes in request', 'no changes'),
  of(10026, 'SERVER_DISABLES_AT', 'certain_no', 'Autotrading disabled by server', 'auto trading disabled by server'),
  of(
    10027,
    'CLIENT_DISABLES_AT',
    'certain_no',
    'Autotrading disabled by client terminal',
    'auto trading disabled by client',
  ),
  of(10028, 'LOCKED', 'nobody_knows', 'Request locked for processing', 'locked'),
  of(10029, 'FROZEN', 'certain_no', 'Order or position frozen', 'frozen'),
  of(10030, 'INVALID_FILL', 'certain_no', 'Invalid order filling type', 'invalid fill', 'unsupported filling mode'),
  of(10031, 'CONNECTION', 'nobody_knows', 'No connection with the trade server', 'no connection'),
  of(10032, 'ONLY_REAL', 'certain_no', 'Operation is allowed only for live accounts', 'only real'),
  of(10033, 'LIMIT_ORDERS', 'certain_no', 'The number of pending orders has reached the limit', 'limit orders'),
  of(
    10034,
    'LIMIT_VOLUME',
    'certain_no',
    'The volume of orders and positions for the symbol has reached the limit',
    'limit volume',
  ),
  of(10035, 'INVALID_ORDER', 'certain_no', 'Incorrect or prohibited order type', 'invalid order'),
  of(
    10036,
    'POSITION_CLOSED',
    'certain_no',
    'Position with the specified POSITION_IDENTIFIER has already been closed',
    'position closed',
  ),
  of(
    10038,
    'INVALID_CLOSE_VOLUME',
    'certain_no',
    'A close volume exceeds the current position volume',
    'invalid close volume',
  ),
  of(
    10039,
    'CLOSE_ORDER_EXIST',
    'certain_no',
    'A close order already exists for a specified position',
    'close order already exists',
  ),
  of(
    10040,
    'LIMIT_POSITIONS',
    'certain_no',
    'The number of open positions simultaneously present on an account can be limited by the server settings',
    'limit positions',
  ),
  of(
    10041,
    'REJECT_CANCEL',
    'certain_no',
    'The pending order activation request is rejected, the order is canceled',
    'reject cancel',
  ),
  of(
    10042,
    'LONG_ONLY',
    'certain_no',
    'The request is rejected, because the "Only long positions are allowed" rule is set for the symbol',
    'only long positions are allowed',
    'long only',
  ),
  of(
    10043,
    'SHORT_ONLY',
    'certain_no',
    'The request is rejected, because the "Only short positions are allowed" rule is set for the symbol',
    'only short positions are allowed',
    'short only',
  ),
  of(
    10044,
    'CLOSE_ONLY',
    'certain_no',
    'The request is rejected, because the "Only position closing is allowed" rule is set for the symbol',
    'only position closing is allowed',
    'close only',
  ),
  of(
    10045,
    'FIFO_CLOSE',
    'certain_no',
    'The request is rejected, because "Position closing is allowed only by FIFO rule" flag is set for the trading account',
    'position closing is allowed only by fifo rule',
    'fifo close',
  ),
  of(
    10046,
    'HEDGE_PROHIBITED',
    'certain_no',
    'The request is rejected, because the "Opposite positions on a single symbol are disabled" rule is set for the trading account',
    'opposite positions on a single symbol are disabled',
    'hedge prohibited',
  ),
];

/** MT5's return codes of trade requests, by number. */
export const retcodes: ReadonlyMap<number, Retcode> = new Map(list.map((retcode) => [retcode.code, retcode]));

/** Return code of a time-out: the broker may have taken the order. */
export const retcodeTimeout = 10012;

/** Whether a number lies in MT5's range of return codes for trade requests; later builds may add some. */
export function isRetcode(code: number): boolean {
  return Number.isInteger(code) && code >= 10_004 && code <= 10_099;
}

function of(code: number, name: string, meaning: RetcodeMeaning, ...texts: string[]): Retcode {
  return { code, name, meaning, texts };
}
