import { afterEach, describe, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { OpenPosition } from '../../src/domain/positions/openTrades.ts';
import { startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { until } from '../support/until.ts';

// `close`, `modify` and `cancel` on the command line, on the paper EA of protocol 8.

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function positionsOf(serving: Serving): Promise<OpenPosition[]> {
  const { stdout } = await serving.cli('--json', 'positions');
  return (JSON.parse(stdout) as { positions: OpenPosition[] | null }[])[0]?.positions ?? [];
}

async function serve(...flags: string[]): Promise<Serving> {
  const serving = await startServe(['--armed']);
  running.push(serving, startPaper(serving.bridge(), '--dialect', '8', ...flags));
  await until(async () => (await positionsOf(serving)).length === 2, 'the positions of the start are listed', 20_000);
  return serving;
}

async function start(): Promise<{ serving: Serving; gold: OpenPosition }> {
  const serving = await serve();
  const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '2000', '--tp', '4000'];
  const fired = await until(
    async () => {
      const { stdout } = await serving.cli('--json', 'fire', ...order);
      const made = JSON.parse(stdout) as Order;
      return made.state === 'filled' ? made : null;
    },
    'gold is bought',
    20_000,
  );
  const gold = await until(
    async () => (await positionsOf(serving)).find(({ signalId }) => signalId === fired.signalId) ?? null,
    'it is listed',
  );
  return { serving, gold };
}

const orderOf = ({ stdout }: { stdout: string }): Order => JSON.parse(stdout) as Order;

describe('a change on the command line', () => {
  it('closes a part of a position, moves its stops, and closes the rest', async () => {
    const { serving, gold } = await start();
    const part = await serving.cli('close', gold.position, '--lot', '0.04', '--id', 'PART');
    expect(part).toMatchObject({ code: 0 });
    expect(part.stdout).toMatch(/^done "Close 0.04 lots of position \d+" XAUUSD PART: 0.04 lots, at \d/);
    const left = await until(
      async () =>
        (await positionsOf(serving)).find(({ position, lots }) => position === gold.position && lots === 0.06),
      'the rest is listed',
    );
    const sl = Number(((left.sl ?? 0) + 1).toFixed(2));
    const moved = await serving.cli('modify', gold.position, '--sl', String(sl));
    expect(moved).toMatchObject({ code: 0 });
    await until(
      async () => (await positionsOf(serving)).some(({ position, sl: at }) => position === gold.position && at === sl),
      'the stop is listed',
    );
    const away = await serving.cli('--json', 'modify', gold.position, '--no-sl');
    expect([away.code, orderOf(away).refusal?.code]).toEqual([2, 'stop_away']);
    expect((await serving.cli('modify', gold.position, '--no-sl', '--away')).code).toBe(0);
    expect(orderOf(await serving.cli('--json', 'close', gold.position))).toMatchObject({
      ...{ state: 'filled', action: 'close_position', tradedLot: 0.06 },
    });
    await until(
      async () => !(await positionsOf(serving)).some(({ position }) => position === gold.position),
      'it is gone',
    );
  });

  it('places a pending order with expiry, which is listed, moved and cancelled', { timeout: 120_000 }, async () => {
    const serving = await serve();
    const order = ['--symbol', 'XAUUSD', '--action', 'buy', '--lot', '0.1', '--sl', '500', '--entry', 'limit'];
    const placed = await serving.cli('fire', ...order, '--price', '2000', '--until', 'day', '--id', 'WAITS');
    expect([placed.code, placed.stdout]).toEqual([
      0,
      expect.stringMatching(/^placed buy limit 0.1 at 2000 XAUUSD WAITS: order \d+/),
    ]);
    const ticket = /order (\d+)/.exec(placed.stdout)?.[1] ?? '';
    const listed = async (words: RegExp): Promise<boolean> => words.test((await serving.cli('orders')).stdout);
    await until(() => listed(new RegExp(`${ticket} buy limit 0.1 XAUUSD, at 2000, stop 1995`)), 'it is listed');
    expect((await serving.cli('modify', ticket, '--price', '2001')).code).toBe(0);
    await until(() => listed(/at 2001/), 'its new price is listed');
    expect((await serving.cli('cancel', ticket)).code).toBe(0);
    await until(() => listed(/nothing pending/), 'it is gone');
    const wrong = await serving.cli('fire', ...order, '--price', '9000', '--repeat', 'WAITS');
    expect([wrong.code, wrong.stdout]).toEqual([2, expect.stringContaining('refused (invalid_price)')]);
  });

  it('says what is wrong, and sends nothing', async () => {
    const { serving, gold } = await start();
    const wrong: [string[], RegExp][] = [
      [['close', '99'], /No position or pending order 99 is listed/],
      [['close', gold.position, '--lot', '0.2'], /The position has 0.1 lots, and 0.2 were to be closed/],
      [['close', gold.position, '--lot', '0.05', '--by', '3'], /--lot or --by, not both/],
      [['cancel', gold.position], /is a position: it is closed, not cancelled/],
      [['modify', gold.position, '--price', '2300'], /has no price to change/],
      [['modify', gold.position, '--sl', '99999'], /would be reached at once/],
      [['close', gold.position, '--bridge', 'other'], /is listed on bridge other/],
    ];
    for (const [command, words] of wrong) {
      const { code, stdout, stderr } = await serving.cli(...command);
      expect(code).not.toBe(0);
      expect(stdout + stderr).toMatch(words);
    }
    expect(await positionsOf(serving)).toContainEqual(expect.objectContaining({ position: gold.position, lots: 0.1 }));
  });

  it('is settled by what the EA has stored where the connection broke before its answer', async () => {
    const serving = await serve('--fault', 'drop');
    const [first] = await positionsOf(serving);
    const number = first?.position ?? '';
    await serving.cli('close', number, '--id', 'DROPPED');
    const settled = await until(
      async () => {
        const { stdout } = await serving.cli('--json', 'status');
        const { lastOrders } = JSON.parse(stdout) as { lastOrders: Order[] };
        return lastOrders.find(
          ({ signalId, state }) => signalId === 'DROPPED' && state !== 'sent' && state !== 'unknown',
        );
      },
      'it is settled',
      30_000,
    );
    expect(settled).toMatchObject({ state: 'filled', change: { position: number }, settledBy: null });
    await until(async () => (await positionsOf(serving)).length === 1, 'one is open');
  });
});
