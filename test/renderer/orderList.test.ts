import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  anyOrder,
  compareOrders,
  matchesOrder,
  newestFirst,
  type OrdersPage,
} from '../../src/api/queries/orderQuery.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { ListQuery, PagePart } from '../../renderer/views/orders/listQuery.ts';
import { OrderList } from '../../renderer/views/orders/orderList.ts';
import { anOrder } from './anOrder.ts';

const query: ListQuery = { bridge: 'main', match: anyOrder, from: null, to: null, sort: newestFirst };
const filled = (number: number): Order => anOrder({ number, signalId: `S${String(number)}` });

/** A journal that answers when it is told to, and the app's state with its newest orders. */
class Bench {
  journal: Order[] = [];
  asked: PagePart[] = [];
  ready = 1;
  broken = false;
  choices: OrdersPage['choices'] = null;
  readonly list = new OrderList({
    ask: (asked, part) => this.ask(asked, part),
    isWithin: () => true,
    changed: () => undefined,
  });

  constructor(count: number) {
    this.journal = Array.from({ length: count }, (_, index) => filled(index + 1));
    this.state();
  }

  /** New orders, or ones that have changed. */
  happen(...orders: Order[]): void {
    for (const order of orders) this.journal[order.number - 1] = order;
    this.state();
  }

  /** The app's state has the newest five hundred. */
  state(): void {
    this.list.setOrders(this.journal.slice(-500).reverse());
  }

  rows(first = 0, end = this.list.count): (number | undefined)[] {
    return Array.from({ length: end - first }, (_, index) => this.list.rowAt(first + index)?.number);
  }

  private ask({ match, sort }: ListQuery, part: PagePart): Promise<OrdersPage> {
    this.asked.push(part);
    if (this.broken) return Promise.reject(new Error('The journal could not be read.'));
    const upTo = part.upTo ?? this.journal.length;
    const found = this.journal
      .filter((order) => order.number <= upTo && matchesOrder(order, match))
      .sort((one, other) => compareOrders(one, other, sort));
    const rows = this.ready < 1 ? [] : found.slice(part.offset, part.offset + part.limit);
    return Promise.resolve({ upTo, total: found.length, rows, choices: this.choices, ready: this.ready });
  }
}

const answered = (): Promise<unknown> => vi.advanceTimersByTimeAsync(0);

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

async function shown(count: number, changes: Partial<ListQuery> = {}): Promise<Bench> {
  const bench = new Bench(count);
  bench.list.setQuery({ ...query, ...changes });
  await answered();
  return bench;
}

describe('the list of executions', () => {
  it('shows what the app has at hand before the journal has answered', async () => {
    const bench = new Bench(700);
    bench.list.setQuery(query);
    expect(bench.list.count).toBe(500);
    expect(bench.rows(0, 2)).toEqual([700, 699]);
    await answered();
    expect(bench.list.count).toBe(700);
    expect(bench.rows(0, 2)).toEqual([700, 699]);
    expect(bench.list.rowAt(699)).toBeUndefined();
  });

  it('reads what is looked at, and the last place of a fast scroll soon', async () => {
    const bench = await shown(10_000);
    for (let first = 0; first < 9_900; first += 300) bench.list.show(first, first + 20);
    bench.list.show(9_980, 10_000);
    await answered();
    expect(bench.rows(9_998)).toEqual([2, 1]);
    expect(bench.asked.length).toBeLessThan(6);
    expect(bench.asked.slice(1).every(({ upTo }) => upTo === 10_000)).toBe(true);
  });

  it('shows what comes in at once while the top is in sight, and a later state of it', async () => {
    const bench = await shown(3);
    bench.happen(anOrder({ number: 4, state: 'sent' }));
    expect(bench.rows()).toEqual([4, 3, 2, 1]);
    bench.happen(anOrder({ number: 4, state: 'rejected' }), anOrder({ number: 2, repeats: 1 }));
    expect(bench.list.rowAt(0)?.state).toBe('rejected');
    expect(bench.list.rowAt(2)?.repeats).toBe(1);
    expect(bench.asked).toHaveLength(1);
  });

  it('moves nothing while a person looks further down', async () => {
    const bench = await shown(1_000);
    bench.happen(filled(1_001));
    bench.list.setTop(false);
    const before = bench.rows(0, 100);
    for (let number = 1_002; number <= 1_600; number += 1) bench.happen(filled(number));
    expect(bench.rows(0, 100)).toEqual(before);
    expect(bench.list.count).toBe(1_001);
    expect(bench.list.waiting).toBe(500);
    bench.list.setTop(true);
    await answered();
    expect(bench.list.waiting).toBe(0);
    expect(bench.rows(0, 100)).toEqual(Array.from({ length: 100 }, (_, index) => 1_600 - index));
    expect(bench.list.count).toBe(1_600);
  });

  it('sorted otherwise, lets new orders wait until a person asks for them', async () => {
    const bench = await shown(5, { sort: { by: 'number', down: false } });
    bench.happen(filled(6));
    expect(bench.rows()).toEqual([1, 2, 3, 4, 5]);
    expect(bench.list.waiting).toBe(1);
    bench.list.showNew();
    await answered();
    expect(bench.rows()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(bench.list.waiting).toBe(0);
  });

  it('follows orders into and out of a filter', async () => {
    const bench = await shown(4, { match: { ...anyOrder, states: ['unknown'] } });
    expect(bench.list.count).toBe(0);
    bench.happen(anOrder({ number: 5, state: 'sent' }));
    expect(bench.rows()).toEqual([]);
    bench.happen(anOrder({ number: 5, state: 'unknown' }), anOrder({ number: 2, state: 'unknown' }));
    expect(bench.rows()).toEqual([5]);
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.rows()).toEqual([5, 2]);
    bench.happen(filled(5));
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.rows()).toEqual([2]);
  });

  it('can be narrowed to the source and symbol of an order that was fired this moment', async () => {
    const bench = new Bench(3);
    bench.choices = { symbols: ['XAUUSD'], sources: ['command line', 'ticket'] };
    bench.list.setQuery(query);
    await answered();
    bench.happen(anOrder({ number: 4, symbol: 'EURUSD', source: 'engine VENOM' }));
    expect(bench.list.choices).toEqual({
      symbols: ['EURUSD', 'XAUUSD'],
      sources: ['command line', 'engine VENOM', 'ticket'],
    });
    expect(bench.asked).toHaveLength(1);
    // The journal's answer may be older than the newest order.
    bench.list.reconnect();
    await answered();
    expect(bench.list.choices.sources).toContain('engine VENOM');
    bench.happen(anOrder({ number: 5, bridge: 'other', source: 'feed VENOM' }));
    expect(bench.list.choices.sources).not.toContain('feed VENOM');
  });

  it('makes a new view once many live rows are above it', async () => {
    const bench = await shown(3);
    for (let number = 4; number <= 110; number += 1) bench.happen(filled(number));
    expect(bench.rows(0, 2)).toEqual([110, 109]);
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.asked).toHaveLength(2);
    expect(bench.list.count).toBe(110);
    expect(bench.rows(0, 100)).toEqual(Array.from({ length: 100 }, (_, index) => 110 - index));
  });

  it('reads an old order again that has left the app with the event that settled it', async () => {
    const bench = new Bench(700);
    bench.journal[9] = anOrder({ number: 10, state: 'unknown' });
    const state = (...inDoubt: Order[]): void => {
      bench.list.setOrders([...bench.journal.slice(-500).reverse(), ...inDoubt]);
    };
    state(...bench.journal.slice(9, 10));
    bench.list.setQuery(query);
    await answered();
    bench.list.show(680, 700);
    await answered();
    expect(bench.list.rowAt(690)?.state).toBe('unknown');
    bench.journal[9] = filled(10);
    state();
    await answered();
    expect(bench.list.rowAt(690)?.state).toBe('filled');
  });

  it('tells how far the index is, and asks again until it is there', async () => {
    const bench = new Bench(3);
    bench.ready = 0.4;
    bench.list.setQuery(query);
    await answered();
    expect(bench.list.ready).toBe(0.4);
    expect(bench.rows()).toEqual([3, 2, 1]);
    bench.ready = 1;
    await vi.advanceTimersByTimeAsync(500);
    expect(bench.list.ready).toBe(1);
  });

  it('says what went wrong, and reads again with a new connection', async () => {
    const bench = await shown(3);
    bench.broken = true;
    bench.list.reconnect();
    await answered();
    expect(bench.list.failure).toBe('The journal could not be read.');
    expect(bench.rows()).toEqual([3, 2, 1]);
    bench.broken = false;
    bench.list.reconnect();
    await answered();
    expect(bench.list.failure).toBeNull();
  });

  it('drops the answer to an earlier question', async () => {
    const bench = new Bench(4);
    bench.journal[1] = anOrder({ number: 2, state: 'rejected' });
    bench.state();
    bench.list.setQuery(query);
    bench.list.setQuery({ ...query, match: { ...anyOrder, states: ['rejected'] } });
    await answered();
    expect(bench.rows()).toEqual([2]);
  });

  it('is not touched by an order of another bridge with the same number', async () => {
    const bench = await shown(3);
    bench.journal = [...bench.journal];
    bench.list.setOrders([anOrder({ bridge: 'paper', number: 2, signalId: 'PAPER' }), ...bench.journal.toReversed()]);
    expect(bench.list.rowAt(1)).toMatchObject({ bridge: 'main', number: 2, signalId: 'S2' });
    bench.list.setOrders([...bench.journal.toReversed(), anOrder({ bridge: 'paper', number: 2, signalId: 'PAPER' })]);
    expect(bench.list.rowAt(1)).toMatchObject({ bridge: 'main', number: 2, signalId: 'S2' });
  });
});
