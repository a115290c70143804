import { decimate } from '../../api/presentation/sampleSeries.ts';
import type { Sample } from '../../api/state/state.ts';
import type { ExportPage } from '../../api/queries/statistics.ts';
import { toHex } from '../../base/hex.ts';
import { accountsKey, aliasesOf, namerOf, readAccounts } from '../../controller/account/accountNames.ts';
import type { Journal, JournalRow } from '../../controller/ports/journal.ts';
import type { ExportQuery, HistoryQuery } from '../../controller/ports/journalHistory.ts';
import { activityEntry } from '../rows/activityEntries.ts';
import { entryColumns, isAppended, timelineEntry } from '../rows/entryColumns.ts';
import { closedFailure } from '../rows/journalFailure.ts';
import { MemoryStatistics, type OwnedSample } from './memoryStatistics.ts';
import { DealTable } from './dealTable.ts';
import { OrderTable } from './orderTable.ts';

const keptRows = 10_000;
const keptSamples = 50_000;

export interface MemoryJournal extends Journal {
  /** The last rows, the oldest first. */
  entries(): readonly JournalRow[];
}

/**
 * A journal for the time of the process. It keeps all orders, the last {@link keptRows} rows, from which it makes timelines, and
 * the last {@link keptSamples} samples of a bridge.
 */
export function memoryJournal(): MemoryJournal {
  const rows = new LastItems<JournalRow & { seq: number }>(keptRows);
  const orders = new OrderTable();
  const samples = new Map<string, LastItems<OwnedSample>>();
  const statistics = new MemoryStatistics();
  const deals = new DealTable();
  /** JSON by key. */
  const values = new Map<string, string>();
  let seq = 0;
  let closed = false;

  const put = ({ at, entry }: JournalRow): void => {
    switch (entry.type) {
      case 'sample': {
        const { bridge, account, sample } = entry;
        const all = samples.get(bridge) ?? new LastItems<OwnedSample>(keptSamples);
        samples.set(bridge, all);
        all.push({ account, sample });
        rows.push({ at, entry, seq: 0 });
        return;
      }
      case 'deal':
        deals.put(entry.account, entry.deal);
        rows.push({ at, entry, seq: 0 });
        return;
      case 'remember':
        values.set(entry.key, JSON.stringify(entry.value ?? null));
        rows.push({ at, entry, seq: 0 });
        return;
      default:
        seq += 1;
        if (entry.type === 'milestone') statistics.take(seq, at, entry, null);
        if (entry.type === 'order') {
          statistics.take(seq, at, entry, orders.find(entry.order.number));
          orders.put(entry.order);
        }
        rows.push({ at, entry, seq });
    }
  };

  const aliasesFor = (bridge: string): Map<string, string> =>
    aliasesOf(readAccounts(JSON.parse(values.get(accountsKey(bridge)) ?? 'null')));
  const samplesOf = (bridge: string): readonly OwnedSample[] => samples.get(bridge)?.items ?? [];

  const exportRows = ({ bridge, kind, from, to, fromDay, toDay }: ExportQuery): ExportPage['rows'] => {
    const within = (at: number): boolean => at >= from && at < to;
    const named = namerOf(JSON.parse(values.get(accountsKey(bridge)) ?? 'null'));
    switch (kind) {
      case 'orders':
        return orders
          .all()
          .filter((order) => order.bridge === bridge && within(order.at))
          .map((order) => ({ ...order, account: order.account === null ? null : named(order.account) }));
      case 'samples':
        return samplesOf(bridge)
          .filter(({ sample }) => within(sample.at))
          .map(({ account, sample: { at, balance, equity, equityLow: low, equityHigh: high, margin, messages } }) => ({
            ...{
              span: 'sample',
              at,
              bridge,
              account: account === null ? null : named(account),
              balance,
              equity,
              low,
              high,
              margin,
              messages,
            },
          }));
      case 'entries':
        return rows.items.flatMap(({ seq: number, at, entry }) => {
          if (!isAppended(entry) || !within(at)) return [];
          const { body, frame, ...columns } = entryColumns(entry);
          if (columns.bridge !== null && columns.bridge !== bridge) return [];
          const hex = frame === null ? null : toHex(frame);
          return [{ seq: number, at, type: entry.type, ...columns, body: JSON.parse(body) as unknown, frame: hex }];
        });
      default:
        return statistics.exportRows(kind, bridge, fromDay, toDay, named);
    }
  };

  return {
    write: (newRows) => {
      if (closed) throw closedFailure();
      // A value that can't be JSON throws before anything is stored.
      for (const { entry } of newRows) {
        if (entry.type === 'remember') JSON.stringify(entry.value);
        else if (isAppended(entry)) entryColumns(entry);
      }
      newRows.forEach(put);
    },
    lastOrders: (limit) => orders.last(limit),
    lastOrderNumber: () => orders.lastNumber,
    ordersInDoubt: (bridge) => orders.inDoubt(bridge),
    ordersPlaced: (bridge) => orders.placed(bridge),
    findSent: (bridge, signalId) => orders.findSent(bridge, signalId),
    findOrder: (number) => orders.find(number),
    tradesSince: (bridge, at) => orders.tradesSince(bridge, at),
    remembered: (key) => JSON.parse(values.get(key) ?? 'null') as unknown,
    history: (query) =>
      Promise.resolve(
        thin(
          samplesOf(query.bridge).map(({ sample }) => sample),
          query,
        ),
      ),
    recorded: ({ bridge, peakSince, before }) => {
      const all = samplesOf(bridge).map(({ sample }) => sample);
      const highs = all.filter(({ at }) => at >= peakSince && at < before).map(({ equityHigh }) => equityHigh);
      return Promise.resolve({
        first: all[0]?.at ?? null,
        peak: highs.length === 0 ? null : highs.reduce((one, other) => Math.max(one, other)),
      });
    },
    fills: (query) => Promise.resolve(orders.fills(query)),
    deals: (query) => Promise.resolve(deals.page(query)),
    dealGroups: (query) => Promise.resolve(deals.groups(query)),
    orders: (query) => Promise.resolve(orders.page(query)),
    statistics: (query) =>
      Promise.resolve(statistics.statistics(query, samplesOf(query.bridge), aliasesFor(query.bridge))),
    xp: (query) => Promise.resolve(statistics.xp(query, aliasesFor(query.bridge))),
    exportPage: (query) => Promise.resolve({ rows: exportRows(query), next: null, done: 1 }),
    connections: ({ bridge, from }) =>
      Promise.resolve(
        rows.items.flatMap(({ at, entry }) =>
          entry.type === 'connection' && entry.bridge === bridge && at >= from ? [{ at, event: entry.event }] : [],
        ),
      ),
    activity: ({ bridge, from, to, before, limit }) =>
      Promise.resolve(
        rows.items
          .flatMap(({ seq, at, entry }) => {
            const found = at >= from && at < to && seq < (before ?? Infinity) ? activityEntry({ at, entry }) : null;
            if (found === null || !isAppended(entry)) return [];
            const of = entryColumns(entry).bridge;
            return of === null || of === bridge ? [{ seq, at, entry: found }] : [];
          })
          .toReversed()
          .slice(0, limit),
      ),
    timeline: (order) =>
      Promise.resolve(
        rows.items.flatMap(({ seq, at, entry }) => {
          if (!isAppended(entry)) return [];
          const { order: number, body, frame } = entryColumns(entry);
          const ofOrder = entry.type === 'order' || entry.type === 'feedback' || entry.type === 'broken_feedback';
          return ofOrder && number === order ? [timelineEntry({ seq, at, type: entry.type, body, frame })] : [];
        }),
      ),
    close: () => {
      closed = true;
      return Promise.resolve();
    },
    entries: () => rows.items,
  };
}

function thin(samples: readonly Sample[], { from, to, points }: HistoryQuery): Sample[] {
  const [first, ...rest] = samples.filter(({ at }) => at >= from && at <= to).sort((one, other) => one.at - other.at);
  if (first === undefined || rest.length < points) return first === undefined ? [] : [first, ...rest];
  return points < 2 ? decimate([first, ...rest], points) : [first, ...decimate(rest, points - 1)];
}

/** At least the last `capacity` items: older ones are dropped in chunks, as each drop moves the whole array. */
class LastItems<Item> {
  items: Item[] = [];
  private readonly capacity: number;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  push(item: Item): void {
    this.items.push(item);
    if (this.items.length > this.capacity * 1.25) this.items = this.items.slice(-this.capacity);
  }
}
