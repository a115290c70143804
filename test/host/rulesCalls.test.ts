import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AccountLockState } from '../../src/api/state/accountState.ts';
import type { RuleRow } from '../../src/domain/accountRules/ruleReport.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { startServe, type Serving } from '../support/processes.ts';
import { type QuotingEa, startQuotingEa } from '../support/quotingEa.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { goldPosition as position, goldSymbol as symbol, toldList as list } from '../e2e/toldTrades.ts';

// `rules`, `set-rules` and `unlock` on the command line, with an EA of protocol 8 whose account falls through a floor, and a desk
// that is killed.

const ending: { end: (signal?: 'SIGKILL') => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((each) => each.end('SIGKILL')));
});

interface Told {
  rules: RuleRow[];
  lock: AccountLockState | null;
}

const told = async (serving: Serving): Promise<Told> =>
  JSON.parse((await serving.cli('--json', 'rules')).stdout) as Told;

async function start(dataDir: string): Promise<{ serving: Serving; ea: QuotingEa }> {
  const serving = await startServe([], dataDir);
  const ea = startQuotingEa(serving.bridge(), { account: 1_000_001, server: 'Broker-Demo' }, { currency: 'USD' });
  ending.push(serving, ea);
  await until(async () => (await serving.cli('status')).stdout.includes('command live'), 'the EA is there', 20_000);
  return { serving, ea };
}

const rule = {
  ...{ id: 'floor', kind: 'total_loss', name: 'Floor', action: 'close_all', lock: 'person', trailing: 'static' },
  ...{ stopsAtInitial: false, day: { timeZone: 'UTC', startsAt: '00:00' }, loss: { unit: 'money', value: 500 } },
};
const file = { format: 'bitten-desk account rules', version: 1, initialCapital: 10_000, rules: [rule] };

describe('account rules on the command line', () => {
  it(
    'are set from a file, close everything, and stay locked over a kill of the desk',
    { timeout: 120_000 },
    async () => {
      const folder = tempDir();
      const path = join(folder.path, 'rules.json');
      const first = await start(folder.path);
      writeFileSync(path, JSON.stringify(file));
      expect(await first.serving.cli('set-rules', path)).toMatchObject({
        code: 0,
        stdout: 'main has 1 account rules.\n',
      });
      await first.ea.say(symbol);
      await first.ea.say(list('positions', [position(11)]));
      await first.ea.say(list('orders', []));
      await until(async () => (await told(first.serving)).rules[0]?.left === 500, 'the rule is measured');
      first.ea.has(9_480);
      await until(() => first.ea.changes.length > 0, 'the position is closed');
      expect(first.ea.changes).toMatchObject([{ type: 'close', position: '11' }]);
      expect((await told(first.serving)).lock).toMatchObject({ rule: 'floor', until: null });
      expect((await first.serving.cli('rules')).stdout).toContain('LOCKED by floor (Floor) until a person unlocks it');
      await first.serving.end('SIGKILL');
      await first.ea.end();

      const again = await start(folder.path);
      await again.ea.say(symbol);
      await again.ea.say(list('positions', []));
      await again.ea.say(list('orders', []));
      await until(async () => (await told(again.serving)).lock?.rule === 'floor', 'the lock is still there');
      await again.serving.cli('arm');
      const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.01', '--sl', '100'];
      const fired = JSON.parse((await again.serving.cli('--json', 'fire', ...order)).stdout) as Order;
      expect(fired.refusal).toMatchObject({ code: 'account_locked' });
      again.ea.has(9_400);
      await until(async () => ((await told(again.serving)).rules[0]?.left ?? 0) < 0, 'the equity is beyond');
      const beyond = await again.serving.cli('unlock', 'floor');
      expect([beyond.code, beyond.stderr]).toEqual([expect.any(Number), expect.stringContaining('still at or beyond')]);
      again.ea.has(10_000);
      await until(async () => (await told(again.serving)).rules[0]?.left === 500, 'the equity is above');
      expect(await again.serving.cli('unlock', 'floor', '--note', 'agreed')).toMatchObject({ code: 0 });
      expect((await told(again.serving)).lock).toBeNull();
      expect(again.ea.changes).toEqual([]);
      folder.remove();
    },
  );

  it('of a bad file are refused with one sentence, and nothing changes', { timeout: 60_000 }, async () => {
    const folder = tempDir();
    const { serving } = await start(folder.path);
    const path = join(folder.path, 'rules.json');
    const says = async (content: string): Promise<string> => {
      writeFileSync(path, content);
      const { code, stderr } = await serving.cli('set-rules', path);
      expect(code).not.toBe(0);
      return stderr;
    };
    expect(await says('{')).toContain('The file is no JSON.');
    expect(await says('{"rules":[]}')).toContain('The file is none of account rules');
    expect(await says(JSON.stringify({ ...file, initialCapital: null }))).toContain(
      'Floor: it needs the initial capital.',
    );
    expect(await says(JSON.stringify({ ...file, rules: [{ ...rule, more: 1 }] }))).toContain("The file's rules.0");
    expect((await serving.cli('set-rules', join(folder.path, 'none.json'))).stderr).toContain("can't be read");
    expect((await told(serving)).rules).toEqual([]);
    expect((await serving.cli('rules')).stdout).toBe('main: no account rules\n');
  });
});
