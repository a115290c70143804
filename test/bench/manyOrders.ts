import type { Database } from 'better-sqlite3';
import type { Order } from '../../src/domain/orders/order.ts';
import { order as plainOrder } from '../journal/fixtures.ts';

const dayMs = 86_400_000;
const symbols = Array.from({ length: 20 }, (_, index) => `SYMBOL${String(index)}`);
const sources = ['ticket', 'command line', 'ENGINE_A'];
const begin = Date.UTC(2025, 5, 1);

/**
 * Orders over some days, of three sources and twenty symbols, each with the two entries that it has in life, and a minute of
 * account figures for each minute of them: what a journal looks like that has been in use for long.
 */
export function makeOrders(db: Database, count: number, days = 365): void {
  const addEntry = db.prepare(
    "INSERT INTO entries (at, type, bridge, order_number, signal_id, body, frame) VALUES (?, 'order', 'main', ?, ?, ?, ?)",
  );
  const addOrder = db.prepare('INSERT INTO orders VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const addMinute = db.prepare("INSERT INTO minutes VALUES ('main', ?, ?, 'account', 1000, ?, 900, 1100, 50, NULL)");
  const frame = Buffer.alloc(130, 0x7b);
  const addAll = db.transaction(() => {
    for (let number = 1; number <= count; number += 1) {
      const sent = makeOrder(number, begin + Math.floor(((number - 1) / count) * days * dayMs));
      const done = settle(sent);
      const body = JSON.stringify(done);
      addEntry.run(sent.at, number, sent.signalId, JSON.stringify(sent), frame);
      const { lastInsertRowid } = addEntry.run(sent.at + 90, number, sent.signalId, body, null);
      addOrder.run(number, 'main', sent.signalId, sent.action, done.state, sent.at, lastInsertRowid, body);
    }
    for (let minute = begin; minute < begin + days * dayMs; minute += 60_000) {
      addMinute.run(minute, minute, 1_000 + (minute % 777));
    }
  });
  addAll();
}

function makeOrder(number: number, at: number): Order {
  return plainOrder(number, {
    signalId: `ELITE_RAPID_${String(number)}`,
    source: (sources[number % sources.length] ?? 'ticket') as Order['source'],
    action: number % 2 === 0 ? 'buy' : 'sell',
    symbol: symbols[Math.floor(number / 3) % symbols.length] ?? '',
    sl: 200,
    tp: 400,
    at,
    day: new Date(at).toISOString().slice(0, 10),
    quote: { bid: 2341.02, ask: 2341.2, point: 0.01 },
  });
}

function settle(order: Order): Order {
  const roundTripMs = 40 + ((order.number * 7919) % 400);
  if (order.number % 20 === 0) {
    return { ...order, state: 'rejected', roundTripMs, message: `Not enough money (${String(10_019)})` };
  }
  const price = (order.action === 'buy' ? 2341.2 : 2341.02) + ((order.number % 7) - 3) / 100;
  return { ...order, state: 'filled', ticket: String(order.number), price, roundTripMs };
}
