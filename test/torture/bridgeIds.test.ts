import { afterEach, expect, it } from 'vitest';
import type { Order } from '../../src/domain/orders/order.ts';
import type { Journal } from '../../src/controller/ports/journal.ts';
import { openSqliteJournal } from '../../src/journal/sqliteJournal.ts';
import type { MemoryJournal } from '../../src/journal/memory/memoryJournal.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { bridgeBench, type BridgeBench } from '../support/bridgeBench.ts';
import { FakeClock } from '../support/fakeClock.ts';
import { addBridge, type SecondBridge } from '../support/secondBridge.ts';
import { Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';

// Bridges are renamed, removed and come back over many lives of the desk, paper numbers its orders by itself, and every life
// ends by a kill or a stop. What was sent and answered stands in a ledger of the test's own.

const undos = new Undos();
afterEach(() => undos.all());

const installations = times(1, 50);
const livesEach = 60;
const lives = installations * livesEach;
const stepsALife = 20;
const realIds = ['gold', 'gold2', 'silver', 'fx'];
const symbols = ['XAUUSD', 'EURUSD', 'GBPUSD'];

interface Sent {
  bridge: string;
  number: number;
  signalId: string;
  /** What the test knows to be true of it. */
  truth: 'open' | 'filled' | 'settled';
}

const domainOf = (bridge: string): string => (bridge === 'paper' ? 'paper' : 'real');

const noFaults = { 'wrong orders settled': 0, 'doubts lost': 0, 'IDs sent again': 0, 'armed over doubts': 0 };

class Lives {
  readonly counts = { fired: 0, sent: 0, settled: 0, 'numbers shared': 0, orphans: 0, removed: 0, kills: 0 };
  readonly faults = { ...noFaults };
  private readonly draw: () => number;
  private readonly ledger: Sent[] = [];
  /** By domain and ID: how often it left. */
  private readonly onTheWire = new Map<string, number>();
  private readonly folders = { real: undos.folder(), paper: undos.folder() };
  private clock = new FakeClock();
  private bench: BridgeBench;
  private bridges = new Map<string, SecondBridge>();
  private open: Journal[] = [];
  private paper: Journal;

  constructor(seed: number) {
    this.draw = seededRandom(seed);
    [this.bench, this.paper] = this.start();
  }

  async live(): Promise<void> {
    for (let step = 0; step < stepsALife; step += 1) await this.step();
    if (this.chance(0.5)) {
      await this.bench.controller.stop();
    } else this.counts.kills += 1;
    // A killed desk does nothing any more: its clock stands still.
    for (const journal of this.open.splice(0)) await journal.close();
    const before = this.clock;
    this.clock = new FakeClock();
    this.clock.advance(before.now() - this.clock.now() + 5_000);
    [this.bench, this.paper] = this.start();
    this.look();
  }

  async end(): Promise<void> {
    await this.bench.controller.stop();
    for (const journal of this.open.splice(0)) await journal.close();
  }

  private start(): [BridgeBench, Journal] {
    const [real, paper] = [this.journal(this.folders.real), this.journal(this.folders.paper)];
    const ids = realIds.filter(() => this.chance(0.4));
    const options = { journal: real as MemoryJournal, clock: this.clock, bridges: ['main', ...ids] };
    const bench = bridgeBench({}, options);
    bench.connect();
    this.bench = bench;
    this.bridges = new Map();
    for (const id of ids) this.add(id);
    if (this.chance(0.5)) this.add('paper', paper);
    const orphaned = this.ledger.some(({ bridge, truth }) => truth === 'open' && this.isGone(bridge));
    for (const { armed, kind } of orphaned ? bench.controller.snapshot().state.bridges : []) {
      if (armed && kind === 'real') this.faults['armed over doubts'] += 1;
    }
    return [bench, paper];
  }

  private journal(dataDir: string): Journal {
    const { journal } = openSqliteJournal({ dataDir, now: () => this.clock.now(), logError: () => undefined });
    this.open.push(journal);
    return journal;
  }

  private add(id: string, journal?: Journal): void {
    const link = addBridge(this.bench, { id, kind: id === 'paper' ? 'paper' : 'real' }, journal);
    this.bridges.set(id, link);
  }

  private async step(): Promise<void> {
    const what = this.draw();
    if (what < 0.6) await this.fire();
    else if (what < 0.84) this.settle();
    else if (what < 0.9) this.pass();
    else await this.removeOrAddPaper();
    this.look();
  }

  /** A new ID, or one that was sent before; the EA answers or keeps silent. */
  private async fire(): Promise<void> {
    const ids = ['main', ...this.bridges.keys()];
    // Mostly paper while it runs: the next life without it gives the same numbers to real orders.
    const playing = this.bridges.has('paper') && this.chance(0.8);
    const bridge = playing ? 'paper' : (this.pick(ids) ?? 'main');
    const repeated = this.chance(0.3) ? this.pick(this.ledger) : undefined;
    this.counts.fired += 1;
    const signalId = repeated?.signalId ?? `S${String(this.counts.fired)}`;
    this.bench.controller.risk.arm(bridge, 'ticket');
    const order = await this.bench.controller.orders.fire(
      {
        ...{ bridge, action: 'buy', symbol: this.pick(symbols) ?? 'XAUUSD', lot: 0.1, sl: 20, tp: 40, signalId },
        confirmed: this.orders().flatMap((each) => (each.state === 'unknown' ? [each.signalId] : [])),
      },
      'ticket',
    );
    const key = `${domainOf(bridge)} ${signalId}`;
    const link = bridge === 'main' ? this.bench.link : this.bridges.get(bridge)?.link;
    const frames = link?.takeSent().filter((frame) => frame['signal_id'] === signalId).length ?? 0;
    const ever = (this.onTheWire.get(key) ?? 0) + frames;
    this.onTheWire.set(key, ever);
    if (frames > 0 && ever > 1) this.faults['IDs sent again'] += 1;
    if (frames === 0) return;
    this.counts.sent += 1;
    const sent: Sent = { bridge, number: order.number, signalId, truth: 'open' };
    this.ledger.push(sent);
    if (!this.chance(0.5)) return;
    link?.says({
      type: 'trade_result',
      signal_id: signalId,
      status: 'success',
      ticket: 100 + order.number,
      price: 1.5,
    });
    sent.truth = 'filled';
  }

  /** A person settles an unknown order, by bridge and number or by its number alone. */
  private settle(): void {
    const unknown = this.orders().filter(({ state }) => state === 'unknown');
    const order = this.pick(unknown);
    if (order === undefined) return;
    const sharing = this.orders().filter(({ number }) => number === order.number);
    if (sharing.length > 1) this.counts['numbers shared'] += 1;
    const before = this.orders();
    const isIt = (one: Order): boolean => one.bridge === order.bridge && one.number === order.number;
    const bridge = this.chance(0.7) ? order.bridge : null;
    try {
      const settled = this.bench.controller.orders.settle(
        { order: order.number, bridge, found: null, note: '' },
        'ticket',
      );
      const others = this.changed(before).filter((one) => !isIt(one));
      if (!isIt(settled) || others.length > 0) this.faults['wrong orders settled'] += 1;
    } catch {
      // Of a paper bridge that doesn't run, or a number that names several.
      if (bridge !== null && (bridge !== 'paper' || this.bridges.has('paper'))) {
        this.faults['doubts lost'] += 1;
      }
      if (this.changed(before).length > 0) this.faults['wrong orders settled'] += 1;
      return;
    }
    this.counts.settled += 1;
    const sent = this.ledger.find(({ bridge: of, number }) => of === order.bridge && number === order.number);
    if (sent !== undefined) sent.truth = 'settled';
  }

  /** Time passes, so that silence becomes doubt. */
  private pass(): void {
    this.clock.advance(11_000);
    this.bench.answerPings();
    this.bench.link.says({ type: 'pong' });
    this.bench.heartbeat();
    for (const { link, heartbeat } of this.bridges.values()) {
      link.says({ type: 'pong' });
      heartbeat();
    }
  }

  private async removeOrAddPaper(): Promise<void> {
    const id = this.pick([...this.bridges.keys()]);
    if (this.bridges.has('paper') || id !== undefined) {
      const removed = id ?? 'paper';
      this.bridges.delete(removed);
      this.counts.removed += 1;
      await this.bench.controller.removeBridge(removed);
      const left = this.orders().filter(({ bridge, state }) => bridge === removed && state === 'sent');
      if (left.length > 0) this.faults['doubts lost'] += 1;
    } else this.add('paper', this.paper);
  }

  /** Whatever nobody has answered or settled is listed as in doubt, and what is of no bridge keeps all from starting armed. */
  private look(): void {
    const listed = new Map(this.orders().map((order) => [`${order.bridge} ${String(order.number)}`, order]));
    for (const { bridge, number, signalId, truth } of this.ledger) {
      if (truth !== 'open' || (bridge === 'paper' && !this.bridges.has('paper'))) continue;
      const order = listed.get(`${bridge} ${String(number)}`);
      if (order?.signalId !== signalId || (order.state !== 'unknown' && order.state !== 'sent')) {
        this.faults['doubts lost'] += 1;
      }
      if (!this.isGone(bridge)) continue;
      this.counts.orphans += 1;
      if (order?.state !== 'unknown') this.faults['doubts lost'] += 1;
    }
  }

  private isGone(bridge: string): boolean {
    return bridge !== 'paper' && bridge !== 'main' && !this.bridges.has(bridge);
  }

  private orders(): Order[] {
    return this.bench.controller.snapshot().state.orders;
  }

  private changed(before: readonly Order[]): Order[] {
    const known = new Map(before.map((order) => [`${order.bridge} ${String(order.number)}`, order.state]));
    return this.orders().filter((order) => known.get(`${order.bridge} ${String(order.number)}`) !== order.state);
  }

  private chance(of: number): boolean {
    return this.draw() < of;
  }

  private pick<Item>(items: readonly Item[]): Item | undefined {
    return items[Math.floor(this.draw() * items.length)];
  }
}

it('bridges that are renamed, removed and share numbers', { timeout: timeLimit(lives, 2_000) }, async () => {
  const counts: Lives['counts'] = {
    fired: 0,
    sent: 0,
    settled: 0,
    'numbers shared': 0,
    orphans: 0,
    removed: 0,
    kills: 0,
  };
  const faults: Lives['faults'] = { ...noFaults };
  for (let installation = 0; installation < installations; installation += 1) {
    const desk = new Lives(14 + installation);
    for (let life = 0; life < livesEach; life += 1) await desk.live();
    await desk.end();
    for (const name of keysOf(counts)) counts[name] += desk.counts[name];
    for (const name of keysOf(faults)) faults[name] += desk.faults[name];
  }
  const told = Object.entries({ lives, ...counts, ...faults }).map(([name, count]) => `${name}: ${String(count)}`);
  say(`bridges renamed, removed, with the same numbers: ${told.join(', ')}`);
  expect(faults).toEqual(noFaults);
  for (const [name, count] of Object.entries(counts)) expect(count, name).toBeGreaterThan(0);
});

function keysOf<Key extends string>(record: Record<Key, number>): Key[] {
  return Object.keys(record) as Key[];
}
