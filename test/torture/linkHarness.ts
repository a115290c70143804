import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FireRequest } from '../../src/api/contract.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Alarm } from '../../src/api/state/alarms.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { Controller } from '../../src/controller/controller.ts';
import { systemClock } from '../../src/host/machine/systemClock.ts';
import { type OpenedJournal, openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import type { SocketPatterns } from '../../src/protocol/ea/socketPatterns.ts';
import { PortUnavailable } from '../../src/zmq/bindSocket.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { mainBridge } from '../support/mainBridge.ts';
import { until } from '../support/until.ts';
import type { Ports, Undos } from './appHarness.ts';
import { say } from './faults.ts';
import { type LedgerEa, type LedgerSignal, readLedger, startLedgerEa, twiceIn } from './ledger.ts';
import { noEngines } from '../support/memoryEngines.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';
import { sha256 } from '../../src/host/machine/sha256.ts';
import type { Clock } from '../../src/controller/ports/clock.ts';
import type { Link } from '../../src/controller/ports/link.ts';

/** The printed result of a row. */
export function report(row: string, figures: Record<string, number | string | object>): void {
  const text = Object.entries(figures).map(
    ([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`,
  );
  say(`${row}: ${text.join(', ')}`);
}

/** The value that so large a share of the values lies below: 0.5 is the median. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}

/** Runs an action for each of so many bridges at once. */
export async function onEach(bridges: number, action: (bridge: number) => Promise<unknown>): Promise<void> {
  await Promise.all(Array.from({ length: bridges }, (_, bridge) => action(bridge)));
}

/** The system's clock with time limits that pass sooner; intervals and the time itself are as they are. */
export function hastyClock(factor: number): Clock {
  return { ...systemClock, after: (ms, action) => systemClock.after(ms / factor, action) };
}

const request: FireRequest = {
  bridge: null,
  action: 'buy',
  symbol: 'XAUUSD',
  lot: 0.1,
  sl: 20,
  tp: 40,
  signalId: '',
  confirmed: [],
};

const everyOrder = 10_000_000;

interface DeskOptions {
  /** Of an earlier desk, for a restart. */
  dataDir: string;
  /** Of each bridge, where they matter. */
  ports?: readonly Ports[];
  bridges?: number;
  clock?: Clock;
  patterns?: SocketPatterns;
  /** Feedback has a port of its own. */
  threePorts?: boolean;
}

const pushed: SocketPatterns = { command: 'push', feedback: 'push' };

/** The app's core with a journal on disk and links on real sockets. Its bridges are called 0, 1, … */
export class LinkDesk {
  readonly controller: Controller;
  readonly alarms: Alarm[] = [];
  readonly loggedErrors: string[] = [];
  /** IDs of what was fired on each bridge. */
  readonly fired: string[][] = [];
  private readonly patterns: SocketPatterns;
  private readonly threePorts: boolean;
  private readonly links: Link[] = [];
  private readonly unknown: Set<string>[] = [];
  /** Orders as last told, by their number. */
  private readonly latest = new Map<number, Order>();
  /** Who waits for what becomes of an order, by its number. */
  private readonly waiting = new Map<number, (order: Order) => void>();
  private readonly opened: OpenedJournal;
  private closed: Promise<void> | null = null;

  private constructor({ dataDir, clock = systemClock, patterns = pushed, threePorts = false }: DeskOptions) {
    this.patterns = patterns;
    this.threePorts = threePorts;
    const logError = this.logError;
    this.opened = openSqliteJournal({ dataDir, now: Date.now, logError });
    this.controller = new Controller({
      clock,
      random: (count) => randomBytes(count),
      sha256,
      journal: this.opened.journal,
      app: { version: 'torture', dataDir, logDir: '', shippedEaVersion: null, gateway: null, publish: null },
      settings: defaultSettings,
      ...noEngines,
      logError,
    });
    this.controller.follow(({ event }) => {
      if (event.type === 'alarm') this.alarms.push(event.alarm);
      if (event.type === 'order') this.follow(event.order);
    });
  }

  static async open(undos: Undos, options: DeskOptions): Promise<LinkDesk> {
    const desk = new LinkDesk(options);
    undos.add(() => desk.close());
    for (let bridge = 0; bridge < (options.bridges ?? 1); bridge += 1) await desk.addBridge(options.ports?.[bridge]);
    return desk;
  }

  /** As a person fires who knows of every order in doubt, and wants to trade beside it. */
  async fire(changes: Partial<FireRequest> = {}, bridge = 0): Promise<Order> {
    const confirmed = [...(this.unknown[bridge] ?? [])];
    const order = await this.controller.orders.fire(
      { ...request, bridge: String(bridge), confirmed, ...changes },
      'ticket',
    );
    this.fired[bridge]?.push(order.signalId);
    return order;
  }

  endpoints(bridge = 0): Link['endpoints'] {
    return this.at(bridge).endpoints;
  }

  state(bridge = 0): BridgeState {
    return this.controller.bridge(String(bridge)).state();
  }

  /** Why an order fired now would be refused. */
  obstacle(bridge = 0): string | null {
    return this.state(bridge).obstacle?.code ?? null;
  }

  /** An order may leave, or could if none were on its way. */
  isOpen(bridge = 0): boolean {
    const obstacle = this.obstacle(bridge);
    return obstacle === null || obstacle === 'busy';
  }

  async untilOpen(bridge = 0): Promise<void> {
    await this.waitFor(bridge, () => this.isOpen(bridge));
  }

  async ready(bridge = 0): Promise<void> {
    await this.waitFor(bridge, () => this.obstacle(bridge) === null);
  }

  /** The order once something has become of it. */
  outcome({ number }: Order): Promise<Order> {
    const latest = this.latest.get(number);
    if (latest !== undefined && latest.state !== 'sent') return Promise.resolve(latest);
    return new Promise((resolve) => {
      this.waiting.set(number, resolve);
    });
  }

  find(number: number): Order | null {
    return this.latest.get(number) ?? null;
  }

  /** Orders of a bridge as last told, in the order of firing. */
  ordersOf(bridge: number): Order[] {
    return [...this.latest.values()].filter((order) => order.bridge === String(bridge));
  }

  /** What one more order becomes: nothing is wedged when it is filled. */
  async lastOrder(bridge = 0): Promise<string> {
    await this.ready(bridge);
    return (await this.outcome(await this.fire({}, bridge))).state;
  }

  /** Alarms with this code, each counted once. */
  alarmed(code: string, bridge = 0): Alarm[] {
    return this.alarms.filter((alarm) => alarm.code === code && alarm.bridge === String(bridge) && alarm.count === 1);
  }

  close(): Promise<void> {
    this.closed ??= this.controller.stop().then(() => this.opened.journal.close());
    return this.closed;
  }

  private async addBridge(ports: Ports = { command: 0, telemetry: 0 }): Promise<void> {
    const id = String(this.links.length);
    // libzmq frees the ports of an earlier desk a moment after it was closed.
    const link = await until(() => this.tryLink(ports), 'the ports are free');
    this.links.push(link);
    this.fired.push([]);
    this.unknown.push(new Set());
    this.controller.addBridge({ ...mainBridge, id }, link);
  }

  private tryLink(ports: Ports): Promise<Link | null> {
    return openLink({
      host: '127.0.0.1',
      commandPort: ports.command,
      telemetryPort: ports.telemetry,
      feedbackPort: this.threePorts ? 0 : null,
      patterns: this.patterns,
      allowPeers: [],
      telemetryPeers: 1,
      logError: this.logError,
    }).catch((error: unknown) => {
      if (error instanceof PortUnavailable) return null;
      throw error;
    });
  }

  private async waitFor(bridge: number, condition: () => boolean): Promise<void> {
    try {
      await until(condition, `bridge ${String(bridge)} takes orders`, 40_000);
    } catch (error) {
      throw new Error(JSON.stringify(this.state(bridge).obstacle), { cause: error });
    }
  }

  private at(bridge: number): Link {
    const link = this.links[bridge];
    if (link === undefined) throw new Error(`There is no bridge ${String(bridge)}.`);
    return link;
  }

  private follow(order: Order): void {
    const { bridge, number, signalId, state } = order;
    this.latest.set(number, order);
    const unknown = this.unknown[Number(bridge)];
    if (state === 'unknown') unknown?.add(signalId);
    else if (state !== 'refused') unknown?.delete(signalId);
    if (state === 'sent') return;
    this.waiting.get(number)?.(order);
    this.waiting.delete(number);
  }

  private readonly logError = (sentence: string, error?: unknown): void => {
    this.loggedErrors.push(`${sentence} ${String(error)}`);
  };
}

/** Nothing is open in this symbol, so the EA rejects it at once. A close need not wait for other orders (S11). */
export const idleClose = { action: 'close', symbol: 'EURUSD', lot: 0.01, sl: 0, tp: 0 } as const;

/** Fires one order after the other, while they may leave. @returns stops it, and waits for the last ones */
export function keepFiring(desk: LinkDesk, bridge = 0): () => Promise<void> {
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const closes: Promise<unknown>[] = [];
  const firing = (async () => {
    for (let count = 0; !isStopped(); count += 1) {
      if (count % 5 === 0) closes.push(desk.fire(idleClose, bridge).then((order) => desk.outcome(order)));
      const order = await desk.fire({ action: count % 2 === 0 ? 'buy' : 'sell' }, bridge);
      if ((await desk.outcome(order)).state === 'filled') continue;
      await until(() => isStopped() || desk.obstacle(bridge) === null, 'orders may leave', 60_000);
    }
    await Promise.all(closes);
  })();
  // Who stops it is told of a failure; a test that has failed before that is not.
  firing.catch(() => undefined);
  return () => {
    stopped = true;
    return firing;
  };
}

/** The log of the EA of a bridge. */
export function logOf(dataDir: string, bridge = 0): string {
  return join(dataDir, `ea${String(bridge)}.ndjson`);
}

/** An EA that ends with the test. */
export async function joinEa(
  undos: Undos,
  endpoints: { command: string; telemetry: string },
  log: string,
  ...flags: string[]
): Promise<LedgerEa> {
  const ea = await startLedgerEa(endpoints, log, ...flags);
  undos.add(() => ea.end());
  return ea;
}

/** IDs of the results that had one of these fates, from the EA's log. */
export function readResults(log: string, ...fates: string[]): string[] {
  return readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { what: string; signal_id: string; fate: string })
    .filter(({ what, fate }) => what === 'result' && fates.includes(fate))
    .map(({ signal_id }) => signal_id);
}

/** What the app says of its orders, held against what the EAs wrote down. */
export interface Account {
  orders: number;
  filled: number;
  rejected: number;
  unknown: number;
  /** By code. */
  refused: Record<string, number>;
  /** Orders in the EAs' logs. */
  received: number;
  /** Still `sent`. */
  undecided: string[];
  /** The app calls them filled or rejected; its EA never had them. */
  invented: string[];
  /** The EA had them; the app calls them refused, or doesn't know them. */
  silent: string[];
  twice: string[];
  /** Fired, and not in the journal. */
  unwritten: string[];
}

/** Nothing open, invented, lost in silence or done twice. */
export const flawless = { undecided: [], invented: [], silent: [], twice: [], unwritten: [] };

/** Compares the journal on disk, as the next start finds it, with the logs of the EAs. The desk is closed. */
export async function account(dataDir: string, { fired }: Pick<LinkDesk, 'fired'>): Promise<Account> {
  const all = await ordersOnDisk(dataDir);
  const accounts = fired.map((ids, bridge) => {
    const orders = all.filter((order) => order.bridge === String(bridge));
    return accountOfBridge(ids, orders, readLedger(logOf(dataDir, bridge)));
  });
  const sum = (count: (each: (typeof accounts)[number]) => number): number =>
    accounts.reduce((total, each) => total + count(each), 0);
  return {
    orders: all.length,
    filled: sum(({ filled }) => filled),
    rejected: sum(({ rejected }) => rejected),
    unknown: sum(({ unknown }) => unknown),
    refused: refusalsOf(all),
    received: sum(({ received }) => received),
    undecided: accounts.flatMap(({ undecided }) => undecided),
    invented: accounts.flatMap(({ invented }) => invented),
    silent: accounts.flatMap(({ silent }) => silent),
    twice: accounts.flatMap(({ twice }) => twice),
    unwritten: accounts.flatMap(({ unwritten }) => unwritten),
  };
}

function accountOfBridge(
  fired: readonly string[],
  orders: readonly Order[],
  received: readonly LedgerSignal[],
): Omit<Account, 'orders' | 'refused'> {
  const ids = (...states: string[]): string[] =>
    orders.filter(({ state }) => states.includes(state)).map(({ signalId }) => signalId);
  const logged = new Set(received.map(({ signalId }) => signalId));
  const mayHaveLeft = new Set(ids('sent', 'filled', 'rejected', 'unknown'));
  const written = new Set(orders.map(({ signalId }) => signalId));
  return {
    filled: ids('filled').length,
    rejected: ids('rejected').length,
    unknown: ids('unknown').length,
    received: received.length,
    undecided: ids('sent'),
    invented: ids('filled', 'rejected').filter((id) => !logged.has(id)),
    silent: [...logged].filter((id) => !mayHaveLeft.has(id)),
    twice: twiceIn(received),
    unwritten: fired.filter((id) => !written.has(id)),
  };
}

export async function ordersOnDisk(dataDir: string): Promise<Order[]> {
  const { journal, setAside } = openSqliteJournal({ dataDir, now: Date.now, logError: () => undefined });
  try {
    if (setAside !== null) throw new Error(`The journal was damaged, and set aside as ${setAside}.`);
    return journal.lastOrders(everyOrder);
  } finally {
    await journal.close();
  }
}

/** How many orders were refused, by code. */
export function refusalsOf(orders: readonly Order[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { refusal } of orders) if (refusal !== null) counts[refusal.code] = (counts[refusal.code] ?? 0) + 1;
  return counts;
}
