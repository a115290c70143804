import { ContractFailure } from '../../../src/api/contractFailure.ts';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { AppState } from '../../../src/api/state/state.ts';
import type { Bridge } from '../../../src/controller/bridge/bridge.ts';
import { memoryJournal, type MemoryJournal } from '../../../src/journal/memory/memoryJournal.ts';
import { bridgeBench, type BridgeBench } from '../../support/bridgeBench.ts';
import { FakeClock } from '../../support/fakeClock.ts';
import { FakeLink } from '../../support/fakeLink.ts';
import { mainBridge } from '../../support/mainBridge.ts';
import { openLimits } from '../../support/openLimits.ts';
import { modelLimits, type Heartbeat } from './modelBridge.ts';
import { modelLosses } from './modelRisk.ts';
import type { Answer, BridgeId, Trade } from './modelOrder.ts';

const answers: Record<Answer, (id: string) => Record<string, unknown>> = {
  filled: (id) => ({ type: 'trade_result', signal_id: id, status: 'success', ticket: 7, price: 1.5 }),
  rejected: (id) => ({ type: 'error', signal_id: id, error: 'No money' }),
  bare: (id) => ({ type: 'error', signal_id: id, error: 'Trade failed: Unknown error (4756)' }),
  unnamed: (id) => ({ type: 'trade_result', signal_id: id, status: 'success', ticket: 0, price: 0 }),
  unread: (id) => ({ type: 'error', signal_id: id, error: 'Xyzzy' }),
  unclear: (id) => ({ type: 'error', signal_id: id, error: 'Request timed out' }),
};

interface Ea {
  link: FakeLink;
  /** Pings that it has got and not answered. */
  pings: number;
}

/** The core with its real parts but for clock and links, steered by the same steps as the model. */
export class Subject {
  readonly clock = new FakeClock();
  /** What reached the EAs, over all restarts, as bridge and ID. */
  readonly delivered: string[] = [];
  private readonly journals: Record<'real' | 'paper', MemoryJournal> = {
    real: memoryJournal(),
    paper: memoryJournal(),
  };
  private readonly write = this.journals.real.write.bind(this.journals.real);
  private readonly eas = new Map<BridgeId, Ea>();
  private readonly tradesPerDay = new Map<BridgeId, number>();
  private bench: BridgeBench;
  private alarms = 0;

  constructor(ids: readonly BridgeId[]) {
    this.bench = this.start(ids);
  }

  get controller() {
    return this.bench.controller;
  }

  bridge(id: BridgeId): Bridge {
    return this.controller.bridge(id);
  }

  says(id: BridgeId, message: Record<string, unknown>): void {
    this.ea(id).link.says(message);
  }

  connect(id: BridgeId): void {
    this.ea(id).link.join();
    this.answerPings(id);
    this.clock.advance(1_000);
    this.answerPings(id);
  }

  disconnect(id: BridgeId): void {
    this.take();
    this.ea(id).link.leave();
    this.ea(id).pings = 0;
  }

  status(id: BridgeId, account: number): void {
    const server = account === 0 ? '' : 'Broker-Demo';
    this.says(id, { type: 'status', status: 'config', account, server, ea_version: '7.01' });
  }

  heartbeat(id: BridgeId, { equity, uuid, positions }: Heartbeat): void {
    const named = uuid === null ? {} : { uuid: `U${String(uuid)}` };
    this.says(id, { type: 'heartbeat', ...named, balance: equity, equity, positions });
  }

  answerPings(id: BridgeId): void {
    this.take();
    for (const ea = this.ea(id); ea.pings > 0; ea.pings -= 1) ea.link.says({ type: 'pong' });
  }

  /** The commit takes so long. What the order waits for after it comes when this has returned. */
  fire(
    { bridge, id: signalId, action, symbol }: Trade,
    confirmed: readonly string[],
    commitMs: number,
  ): Promise<Order> {
    const journal = this.journals[bridge === 'paper' ? 'paper' : 'real'];
    const write = journal.write.bind(journal);
    journal.write = (rows) => {
      write(rows);
      if (rows.some(({ entry }) => entry.type === 'order' && entry.order.state === 'sent')) this.clock.sleep(commitMs);
    };
    const stops = action === 'buy' || action === 'sell' ? { sl: 20, tp: 40 } : { sl: 0, tp: 0 };
    const request = { bridge, action, symbol, lot: 0.1, ...stops, signalId, confirmed: [...confirmed] };
    const fired = this.controller.orders.fire(request, 'ticket');
    journal.write = write;
    return fired;
  }

  feedback(id: BridgeId, signalId: string, answer: Answer): void {
    this.says(id, answers[answer](signalId));
  }

  settle(order: { bridge: BridgeId | null; number: number }, found: boolean): boolean {
    const { bridge, number } = order;
    const where = found ? { ticket: '7', price: null } : null;
    return this.tries(() => {
      const named = bridge === null ? {} : { bridge };
      this.controller.orders.settle({ order: number, ...named, found: where, note: '' }, 'ticket');
    });
  }

  arm(id: BridgeId): boolean {
    return this.tries(() => {
      this.bridge(id).orderManager.arm('ticket');
    });
  }

  release(): boolean {
    return this.tries(() => {
      this.controller.risk.release('ticket');
    });
  }

  limit(id: BridgeId, tradesPerDay: number): void {
    this.tradesPerDay.set(id, tradesPerDay);
    this.bridge(id).configure({ limits: this.limits(id) }, 'ticket');
  }

  failJournal(): void {
    this.journals.real.write = () => {
      throw new Error('disk full');
    };
    this.alarms += 1;
    const text = `Something to write down, ${String(this.alarms)}`;
    this.controller.alarm('main', { level: 'notice', code: 'test', text, nextStep: '' });
    this.clock.advance(100);
  }

  mendJournal(): void {
    this.journals.real.write = this.write;
    this.clock.advance(250);
  }

  jump(ms: number): void {
    this.clock.jump(ms);
    // Whoever asks for the state has the day looked at.
    this.controller.snapshot();
  }

  add(id: BridgeId): void {
    const link = new FakeLink();
    const journal = id === 'paper' ? [this.journals.paper] : [];
    const kind = id === 'paper' ? 'paper' : 'real';
    this.controller.addBridge({ ...mainBridge, ...this.config(id), id, kind }, link, ...journal);
    this.eas.set(id, { link, pings: 0 });
  }

  async remove(id: BridgeId): Promise<void> {
    this.take();
    this.eas.delete(id);
    await this.controller.removeBridge(id);
  }

  async restart(ids: readonly BridgeId[]): Promise<void> {
    this.take();
    await this.controller.stop();
    this.eas.clear();
    this.bench = this.start(ids);
  }

  state(): AppState {
    return this.controller.snapshot().state;
  }

  /** The EAs take what was sent to them. */
  take(): void {
    for (const [bridge, ea] of this.eas) {
      for (const { type, signal_id } of ea.link.takeSent()) {
        if (type === 'signal') this.delivered.push(`${bridge} ${String(signal_id)}`);
        if (type === 'ping') ea.pings += 1;
      }
    }
  }

  private start(ids: readonly BridgeId[]): BridgeBench {
    const { clock } = this;
    const bench = bridgeBench(this.config('main'), { clock, journal: this.journals.real, bridges: ids });
    this.bench = bench;
    this.eas.set('main', { link: bench.link, pings: 0 });
    for (const id of ids) if (id !== 'main') this.add(id);
    return bench;
  }

  /** Without a symbol table, which is long and is published with each change of a bridge. */
  private config(id: BridgeId) {
    return { symbols: [], limits: this.limits(id) };
  }

  private limits(id: BridgeId) {
    return {
      ...openLimits,
      ...modelLimits,
      ...modelLosses,
      tradesPerDay: this.tradesPerDay.get(id) ?? modelLimits.tradesPerDay,
    };
  }

  private ea(id: BridgeId): Ea {
    const ea = this.eas.get(id);
    if (ea === undefined) throw new Error(`There is no EA of bridge ${id}.`);
    return ea;
  }

  private tries(action: () => void): boolean {
    try {
      action();
      return true;
    } catch (error) {
      if (error instanceof ContractFailure) return false;
      throw error;
    }
  }
}
