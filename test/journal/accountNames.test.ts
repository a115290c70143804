import { afterEach, expect, it } from 'vitest';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { everything, journalFolder, type JournalFolder } from './fixtures.ts';

let folder: JournalFolder;
afterEach(() => folder.remove());

/** A bench on a SQLite journal. */
function benchOn(journal: Journal, clock?: BridgeBench['clock']): BridgeBench {
  return bridgeBench({}, { journal: { ...journal, entries: () => [] }, ...(clock === undefined ? {} : { clock }) });
}

const uuid = 'user-001';
const tell = (bench: BridgeBench, figures: Record<string, unknown>): void => {
  bench.link.says({ type: 'telemetry', margin: 0, positions: 0, ...figures });
  bench.clock.advance(1_000);
};

it('one account that takes another name over a restart is one, in a journal on disk', async () => {
  folder = journalFolder();
  const first = folder.open();
  let bench = benchOn(first.journal);
  bench.connect();
  tell(bench, { balance: 1_000, equity: 1_000 });
  tell(bench, { balance: 1_060, equity: 1_060 });
  await bench.fire({ signalId: 'A' });
  bench.link.says({ type: 'trade_result', signal_id: 'A', status: 'success', ticket: 7, price: 1.5 });
  const base = bench.state().riskBase;
  await bench.controller.stop();
  await first.journal.close();

  const { journal } = folder.open();
  bench = benchOn(journal, bench.clock);
  bench.connect();
  tell(bench, { balance: 1_060, equity: 1_060, uuid });
  bench.nameAccount();
  expect(bench.state()).toMatchObject({ accountProblem: null, riskBase: base });
  tell(bench, { balance: 1_060, equity: 990, uuid });
  await bench.fire({ signalId: 'B', symbol: 'EURUSD' });
  bench.link.says({ type: 'trade_result', signal_id: 'B', status: 'success', ticket: 8, price: 1.5 });
  expect([bench.order('A').state, bench.order('B').state]).toEqual(['filled', 'filled']);
  expect(new Set([bench.order('A').account, bench.order('B').account]).size).toBe(2);
  await bench.controller.stop();

  for (const account of [uuid, '1000001@Broker-Demo']) {
    const { totals, byAccount, equity } = await journal.statistics({ ...everything, account });
    expect(totals).toMatchObject({ orders: 2, filled: 2 });
    expect(byAccount.map(({ name }) => name)).toEqual([uuid]);
    expect(equity).toHaveLength(1);
    expect(equity[0]).toMatchObject({ account: uuid, last: 990 });
    const { awards } = await journal.xp({ bridge: 'main', account, limit: 100 });
    // Its profit since the first balance counts once.
    expect(awards.filter(({ reason }) => reason === 'profit_5')).toHaveLength(1);
    expect(awards.filter(({ reason }) => reason === 'execution')).toHaveLength(2);
  }
  const span = { from: 0, to: Number.MAX_SAFE_INTEGER, fromDay: '', toDay: '9999-12-31' };
  const { rows } = await journal.exportPage({ bridge: 'main', kind: 'orders', cursor: null, ...span });
  expect(rows.map(({ account }) => account)).toEqual([uuid, uuid]);
});
