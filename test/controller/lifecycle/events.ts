import type { OrderEvent } from '../../../src/controller/orders/orderLifecycle.ts';
import { refusals } from '../../../src/domain/orders/refusals.ts';
import { readEaError, readTradeResult, type ExecutionReport } from '../../../src/protocol/ea/executionReport.ts';

const success = (more: object): ExecutionReport =>
  readTradeResult({ signal_id: 'A', status: 'success', message: '', ...more });
const failure = (error: string): ExecutionReport => readEaError({ signal_id: 'A', error });

/** What an EA can say of an order, read from its own words. */
export const reports = {
  filled: success({ ticket: '7', price: 2.5 }),
  'filled otherwise': success({ ticket: '8', price: 2.5 }),
  'filled, no price': success({ ticket: '7' }),
  unnamed: success({ ticket: '0', price: 0 }),
  rejected: failure('Market is closed (10018)'),
  bare: failure('Trade failed: Unknown error (4756)'),
  'time-out': failure('OrderSend failed, retcode=10012'),
  unread: failure('Ошибка'),
  'nothing found': failure('No positions found to close'),
} satisfies Record<string, ExecutionReport>;
export type ReportName = keyof typeof reports;

/** Every event, each report fast and slow, with positions as they may be told. */
export function allEvents(): OrderEvent[] {
  const positions = [
    { told: false, risen: false, known: null },
    { told: true, risen: false, known: 0 },
    { told: true, risen: false, known: 2 },
    { told: true, risen: true, known: 2 },
  ];
  const settledBy = { by: 'ticket', at: 1, note: '' } as const;
  const rises = ['certain', 'assumed', 'inferred', 'unverified', 'unread'] as const;
  return [
    ...Object.values(reports).flatMap((report) =>
      [100, 5_000].flatMap((roundTripMs) =>
        positions.map((told) => ({ type: 'report', report, roundTripMs, positions: told, resent: false }) as const),
      ),
    ),
    { type: 'unreadable_report', text: '{"broken' },
    { type: 'timed_out', remaining: null },
    { type: 'timed_out', remaining: 2 },
    { type: 'connection_lost' },
    { type: 'restarted' },
    { type: 'not_sent', refusal: refusals.disarmed() },
    { type: 'close_agreed', remaining: 0 },
    ...rises.map((interest) => ({ type: 'positions_rose', interest, before: 1, now: 2 }) as const),
    { type: 'positions_quiet' },
    { type: 'unwatched' },
    { type: 'never_seen' },
    { type: 'entry_deal', deal: { deal: '11', lots: 0.1, price: 2.5 } },
    { type: 'delisted', now: 1 },
    { type: 'listed' },
    { type: 'settled_by_hand', found: { ticket: '9', price: null }, settledBy },
    { type: 'settled_by_hand', found: { ticket: '9', price: 2.5 }, settledBy },
    { type: 'settled_by_hand', found: null, settledBy },
  ];
}
