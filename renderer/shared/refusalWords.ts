import type { RefusalCode } from '../../src/domain/orders/refusal.ts';

/** Why an order was refused, in two to four words: for a button, or a list of reasons. */
export const refusalWords: Readonly<Record<RefusalCode, string>> = {
  risk_symbol: 'symbol not on the list',
  risk_lot: 'lots beyond the limit',
  risk_stop_required: 'stop loss missing',
  risk_stop_distance: 'stop distance beyond the limit',
  risk_open_trades: 'too many open trades',
  risk_trades_day: 'too many trades a day',
  risk_trades_minute: 'too many trades a minute',
  risk_per_trade: 'risk of the trade too high',
  risk_daily_loss: 'daily loss reached',
  risk_drawdown: 'drawdown reached',
  risk_margin_level: 'margin level too low',
  risk_free_margin: 'free margin too low',
  risk_unsettled: 'unknown order in the symbol',
  kill_switch: 'kill switch is on',
  no_ea: 'no EA',
  second_ea: 'second EA',
  other_desk: 'EA of another desk',
  account_changed: 'account not accepted',
  unit_unknown: 'settings missing',
  stale_telemetry: 'no fresh figures',
  no_quotes: 'no prices',
  duplicate_order: 'same order again',
  disarmed: 'not armed',
  busy: 'EA is busy',
  duplicate_id: 'ID used before',
  journal_failed: 'journal fails',
  invalid_action: 'unknown action',
  invalid_symbol: 'invalid symbol',
  invalid_lot: 'invalid lots',
  invalid_sl: 'invalid stop loss',
  invalid_tp: 'invalid take profit',
  invalid_signal_id: 'invalid ID',
  invalid_frame: 'order could not be written',
  unauthorized: 'engine not known',
  invalid_request: 'request not understood',
  invalid_bridge: 'bridge not known',
  engine_paused: 'engine paused',
  engine_halted: 'engine halted',
  engine_limit: 'limit of the engine',
  expired: 'too old',
  changed: 'changed since it was seen',
  late: 'price moved away',
  dismissed: 'dismissed',
};

/** Words of a stored reason; one of another version is shown as it is. */
export function reasonWords(code: string): string {
  return (refusalWords as Readonly<Record<string, string | undefined>>)[code] ?? code;
}
