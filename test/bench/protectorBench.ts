import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { startServe } from '../support/processes.ts';
import { startQuotingEa } from '../support/quotingEa.ts';
import { toldList } from '../e2e/toldTrades.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

// From the report that confirms a floor to the last close at the EA, so many positions open (50 unless told otherwise): real
// sockets, the journal on the disk. Prints one line of JSON.

async function measureClosing(count: number): Promise<{ ms: number; closes: number; positions: number }> {
  const day = { timeZone: 'UTC', startsAt: '00:00' };
  const rule = {
    ...{ id: 'floor', kind: 'total_loss', name: 'Floor', action: 'close_all', lock: 'person', trailing: 'static', day },
    ...{ stopsAtInitial: false, loss: { unit: 'money', value: 500 } },
  };
  const config = { limits: { accountRules: { initialCapital: 10_000, rules: [rule] } } };
  const folder = tempDir();
  writeFileSync(join(folder.path, 'config.json'), JSON.stringify({ bridge: config }));
  const serving = await startServe([], folder.path);
  const ea = startQuotingEa(serving.bridge(), { account: 1_000_001 }, { currency: 'USD', leverage: 100 });
  try {
    const positions = Array.from({ length: count }, (_, index) => ({
      ...{ position: String(index + 1), symbol: 'XAUUSD', side: 'buy', lots: 0.1, price: 2335, opened_at: 1, sl: 2331 },
      ...{ tp: 0, profit: 1, swap: 0, magic: '7', comment: '', reason: 'expert' },
    }));
    const told = async (): Promise<boolean> => {
      const { stdout } = await serving.cli('positions', '--json');
      return stdout.includes(`"${String(count)}"`);
    };
    await wait(1_500);
    await ea.say(toldList('orders', []));
    for (let page = 0; page * 50 < count; page += 1) {
      const part = positions.slice(page * 50, page * 50 + 50);
      const isLast = page * 50 + 50 >= count;
      await ea.say({
        type: 'positions',
        list: 1,
        page: page + 1,
        last: isLast,
        count,
        at: Date.now(),
        positions: part,
      });
    }
    await until(told, 'the desk knows the positions', 30_000);
    const low = { type: 'telemetry', uuid: 'u', balance: 10_000, equity: 9_400, margin: 0, account: 1_000_001 };
    ea.has(9_400);
    await ea.say(low);
    // Reports closer than 250 ms are one.
    await wait(260);
    const from = performance.now();
    await ea.say(low);
    await until(() => ea.changes.length >= count, 'the last close', 30_000);
    const ms = performance.now() - from;
    // Nothing is sent twice.
    await wait(3_000);
    const closed = new Set(ea.changes.map(({ position }) => position));
    return { ms, closes: ea.changes.length, positions: closed.size };
  } finally {
    await ea.end();
    await serving.end();
    folder.remove();
  }
}

process.stdout.write(JSON.stringify(await measureClosing(Number(process.argv[2] ?? 50))));
process.exit();
