import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import { isUnsettled } from '../../src/domain/orders/order.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { openLimits } from '../support/openLimits.ts';
import { startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { say, timeLimit, times } from '../torture/faults.ts';
import { compileEa, portOf, sanitizerFaults, startEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import type { Terminal } from './terminal.ts';
import { dealsIn } from './tradeShell.ts';

// The real desk and the compiled EA, of which one or both are killed while an order is on its way: none trades twice, and the
// desk learns what became of each without a person.

/** Orders of one life; the last one meets the kill. */
const ordersALife = 4;
const lives = times(3, 300);
/** Calls of MQL5 at which an EA dies. */
const steps = ['FileWriteArray', 'FileFlush', 'OrderSendAsync', 'SocketSend', 'SocketRead'];

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

/** A desk and an EA that are started anew after each kill. */
class Pair {
  readonly folder = tempDir().path;
  private readonly dataDir = tempDir().path;
  private ports: string[] = [];
  private serving: Serving | null = null;
  private client: ApiClient | null = null;
  private terminal: Terminal | null = null;

  constructor() {
    const bridge = { eaKind: 'bitten', positionMode: 'netting', limits: openLimits };
    writeFileSync(join(this.dataDir, 'config.json'), JSON.stringify({ bridge }));
  }

  get api(): ApiClient {
    if (this.client === null) throw new Error('The desk does not run.');
    return this.client;
  }

  /** Starts what does not run, and waits until every order is settled and the next one may leave. @returns all orders */
  async ready(): Promise<Order[]> {
    if (this.serving === null) {
      const serving = await startServe(this.ports, this.dataDir);
      this.serving = serving;
      running.push(serving);
      const { command, telemetry } = serving.bridge();
      this.ports = ['--command-port', portOf(command), '--telemetry-port', portOf(telemetry)].map(String);
      this.client = connectApi(await connectControlSocket(dataFolder(this.dataDir, { create: false })));
    }
    if (this.terminal === null) {
      const switches = { TICKS_MS: 200, ACCOUNT_MARGIN_MODE: 'netting', ACCOUNT_DEPOSIT: 100_000_000 };
      this.terminal = await startEa(this.serving.bridge(), { folder: this.folder, switches, inputs: { MissingS: 1 } });
      running.push(this.terminal);
    }
    return until(
      async () => {
        const { state } = await this.api.call('snapshot', null);
        const [bridge] = state.bridges;
        if (bridge?.speaks8 !== true || state.orders.some(isUnsettled)) return null;
        if (!bridge.armed) await this.api.call('arm', { bridge: 'main' }).catch(() => undefined);
        return bridge.obstacle === null ? state.orders : null;
      },
      'every order is settled, and the next one may leave',
      120_000,
    );
  }

  /** Fires an order; null: the desk was killed before it answered. */
  async fire(id: string, isBuy: boolean): Promise<Order | null> {
    const stops = { sl: 0, tp: 0, confirmed: [] };
    const order = { bridge: 'main', symbol: 'EURUSD', lot: 0.01, signalId: id, ...stops } as const;
    return this.api.call('fire', { ...order, action: isBuy ? 'buy' : 'sell' }).catch(() => null);
  }

  /** Waits for the result of an order: the EA takes one at a time. */
  async hasEnded(id: string): Promise<void> {
    const ofId = ({ signalId }: Order): boolean => signalId === id;
    await until(async () => {
      const order = (await this.api.call('snapshot', null)).state.orders.find(ofId);
      return order !== undefined && order.state !== 'sent';
    }, `order ${id} has a result`);
  }

  /** The EA dies at a call that the next order makes. */
  async trap(life: number): Promise<void> {
    const when = life % 2 === 0 ? 'DIE_AT' : 'DIE_AFTER';
    await this.terminal?.control(`set ${when} ${steps[life % steps.length] ?? ''}:+${String(1 + (life % 3))}`);
  }

  async kill(who: 'desk' | 'ea' | 'both'): Promise<void> {
    const ends: Promise<unknown>[] = [];
    if (who !== 'ea') {
      ends.push(this.serving?.end('SIGKILL') ?? Promise.resolve());
      this.client?.close();
      this.serving = null;
      this.client = null;
    }
    if (who !== 'desk') {
      ends.push(this.terminal?.end('SIGKILL') ?? Promise.resolve());
      this.terminal = null;
    }
    await Promise.all(ends);
  }
}

describe.skipIf(skipsWithoutCompiler())('the desk and its EA', () => {
  beforeAll(compileEa, 600_000);

  const limit = { timeout: timeLimit(lives, 15_000) };

  it('are killed while an order is on its way: nothing trades twice, and nothing stays unknown', limit, async () => {
    const pair = new Pair();
    const states = new Map<string, string>();
    const ids: string[] = [];
    const learn = (orders: readonly Order[]): void => {
      for (const { signalId, state, settledBy } of orders) {
        states.set(signalId, state);
        expect(settledBy).toBeNull();
      }
    };
    const kills = { desk: 0, ea: 0, both: 0 };
    for (let life = 0; life < lives; life += 1) {
      learn(await pair.ready());
      for (let place = 0; place < ordersALife - 1; place += 1) {
        const id = `K_${String(life)}_${String(place)}`;
        ids.push(id);
        await pair.fire(id, place % 2 === 0);
        await pair.hasEnded(id);
      }
      const who = (['desk', 'ea', 'both'] as const)[life % 3] ?? 'both';
      kills[who] += 1;
      if (who !== 'desk') await pair.trap(Math.floor(life / 3));
      const last = `K_${String(life)}_LAST`;
      ids.push(last);
      const fired = pair.fire(last, true);
      await wait(Math.random() * 60);
      await pair.kill(who);
      await fired;
    }
    learn(await pair.ready());

    const deals = new Map<string, number>();
    for (const { comment } of dealsIn(pair.folder)) deals.set(comment, (deals.get(comment) ?? 0) + 1);
    const twice = [...deals].filter(([, count]) => count > 1);
    const wrong = ids.filter((id) => (states.get(id) === 'filled') !== (deals.get(id) === 1));
    const unknown = [...states].filter(([, state]) => state === 'unknown' || state === 'sent');
    const unheard = [...deals].filter(([id]) => !states.has(id));
    say(
      `desk and EA: ${String(ids.length)} orders, killed: ${String(kills.desk)} desks, ${String(kills.ea)} EAs, ${String(kills.both)} pairs; ${String(deals.size)} traded, ${String(twice.length)} twice, ${String(unknown.length)} unknown`,
    );
    // All but those that met a kill.
    expect(deals.size).toBeGreaterThanOrEqual(lives * (ordersALife - 1));
    expect({ twice, wrong, unknown, unheard }).toEqual({ twice: [], wrong: [], unknown: [], unheard: [] });
    expect(sanitizerFaults.splice(0)).toEqual([]);
  });
});
