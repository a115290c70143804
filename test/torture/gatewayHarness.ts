import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Dealer, type MessageLike } from 'zeromq';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { EngineSettings, EngineState } from '../../src/api/state/engines.ts';
import type { RiskLimits } from '../../src/domain/risk/riskLimits.ts';
import { openLimits } from '../support/openLimits.ts';
import { armWhenCurrent, startApp, type StartedApp, type Undos } from './appHarness.ts';
import { readLedger, startLedgerEa, type LedgerEa } from './ledger.ts';

export type Reply = Record<string, unknown> & { type: string; signal_id?: string; code?: string };

/** An app with its gateway, and an EA that keeps a book of its own. */
export class GatewayApp {
  readonly app: StartedApp;
  readonly client: ApiClient;
  readonly ea: LedgerEa;
  readonly gateway: string;
  readonly publish: string;

  private constructor(app: StartedApp, client: ApiClient, ea: LedgerEa, gateway: string, publish: string) {
    this.app = app;
    this.client = client;
    this.ea = ea;
    this.gateway = gateway;
    this.publish = publish;
  }

  static async open(undos: Undos, limits: RiskLimits = openLimits): Promise<GatewayApp> {
    const dataDir = undos.folder();
    writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ bridge: { limits } }));
    const app = startApp({ dataDir });
    undos.add(() => app.end('SIGKILL'));
    const { bridges, gateway, publish } = await app.ready;
    const [bridge] = bridges;
    if (bridge === undefined || gateway === null || publish === null) throw new Error('The app has no gateway.');
    const ea = await startLedgerEa(bridge, join(dataDir, 'ea.ndjson'));
    undos.add(() => ea.end());
    const client = await app.connect();
    undos.add(() => {
      client.close();
    });
    await armWhenCurrent(client);
    return new GatewayApp(app, client, ea, gateway, publish);
  }

  /** @returns its token */
  async engine(name: string, settings: Partial<EngineSettings> = {}): Promise<string> {
    const open = { mode: 'auto', tradesPerMinute: null, tradesPerDay: null, haltAfter: null } as const;
    return (await this.client.call('addEngine', { name, settings: { ...open, ...settings } })).token;
  }

  async engineState(name: string): Promise<EngineState> {
    const { state } = await this.client.call('snapshot', null);
    const engine = state.engines.find((each) => each.name === name);
    if (engine === undefined) throw new Error(`There is no engine ${name}.`);
    return engine;
  }

  /** What reached the EA so far, by ID. */
  async reached(): Promise<string[]> {
    await this.ea.sync();
    return readLedger(this.ea.log).map(({ signalId }) => signalId);
  }

  /** Bytes of memory, and open files. */
  get pid(): number {
    return this.app.child.pid ?? 0;
  }
}

/** A DEALER that keeps count of what it hears. */
export class Peer {
  readonly socket: Dealer;
  readonly replies: Reply[] = [];
  count = 0;
  /** By code of a refusal, else by type. */
  readonly kinds = new Map<string, number>();
  private readonly waiting = new Map<string, (reply: Reply) => void>();

  constructor(undos: Undos, endpoint: string, keep = true) {
    this.socket = new Dealer({ linger: 0, sendHighWaterMark: 1_000 });
    this.socket.connect(endpoint);
    undos.add(() => {
      this.socket.close();
    });
    void this.listen(keep);
  }

  send(message: MessageLike | MessageLike[] | Record<string, unknown>): Promise<void> {
    const plain =
      typeof message === 'object' && message !== null && !Array.isArray(message) && !ArrayBuffer.isView(message);
    return this.socket.send(plain ? JSON.stringify(message) : message);
  }

  /** Sends a request, and waits for the last word on its ID; of a ping for its pong. */
  async ask(request: Record<string, unknown>, limitMs = 20_000): Promise<Reply> {
    const key = request['type'] === 'ping' ? 'pong' : String(request['signal_id']);
    const answered = new Promise<Reply>((resolve, reject) => {
      const timer = setTimeout(() => {
        reject(new Error(`No answer on ${key}.`));
      }, limitMs);
      this.waiting.set(key, (reply) => {
        clearTimeout(timer);
        resolve(reply);
      });
    });
    await this.send(request);
    return answered;
  }

  private async listen(keep: boolean): Promise<void> {
    try {
      for await (const parts of this.socket) {
        const reply = JSON.parse(String(parts.at(-1))) as Reply;
        this.count += 1;
        if (keep) this.replies.push(reply);
        const kind = reply.code ?? reply.type;
        this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1);
        if (reply.type === 'ack') continue;
        const key = reply.type === 'pong' ? 'pong' : (reply.signal_id ?? '');
        this.waiting.get(key)?.(reply);
        this.waiting.delete(key);
      }
    } catch {
      // The socket was closed.
    }
  }
}

/** The highest of the lowest 99 % of times, in ms. */
export function p99(times: readonly number[]): number {
  const sorted = [...times].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * 0.99))] ?? Number.NaN;
}
