import { expect } from 'vitest';
import type { Order } from '../../../src/domain/orders/order.ts';
import type { Model } from './model.ts';
import { modelLimits } from './modelBridge.ts';
import { isTrade, type BridgeId, type Trade } from './modelOrder.ts';
import type { ByEa, Happening, Step, Tells } from './steps.ts';
import type { Subject } from './subject.ts';

type Firing = Happening & { do: 'fire' | 'close' };
type Calm = Exclude<Happening, Firing>;

interface Ea {
  account: number;
  tells: Tells;
  positions: number;
}

/** What equity is multiplied by, by account. */
const sizes = [0, 1, 0.5, 2];

/** An order that has been fired, on both. */
interface Begun {
  leaves: boolean;
  seen: Promise<Order>;
  /** What the model says became of it. */
  end: (number: number) => string;
}

/** Model and subject, and what was said by both to each thing that happened. */
export class Walk {
  readonly model: Model;
  readonly subject: Subject;
  private readonly count: (code: string) => void;
  /** What is behind the connections. */
  private readonly eas = new Map<BridgeId, Ea>();
  private closes = 0;

  /** @param count is told what each fire ended as */
  constructor(model: Model, subject: Subject, count: (code: string) => void) {
    this.model = model;
    this.subject = subject;
    this.count = count;
  }

  /** Does one step on both, and compares. */
  async take(step: Step): Promise<void> {
    const { model, subject } = this;
    if ('bridge' in step && step.do !== 'add' && !model.bridges.has(step.bridge)) return;
    switch (step.do) {
      case 'fire':
      case 'close':
        await this.fire(step);
        break;
      case 'settle': {
        const inDoubt = model.orders.filter(({ state }) => state === 'unknown');
        const orders = step.nth % 3 === 0 || inDoubt.length === 0 ? model.orders : inDoubt;
        const order = orders[step.nth % Math.max(1, orders.length)];
        if (order === undefined) break;
        const named = { bridge: step.byNumber ? null : order.bridge, number: order.number };
        this.same(subject.settle(named, step.found), model.settle(named, step.found));
        break;
      }
      case 'restart': {
        if (!model.journalWorks) break;
        const ids: BridgeId[] = ['main', ...step.bridges];
        model.restart(ids);
        await subject.restart(ids);
        break;
      }
      case 'remove':
        if (!model.journalWorks) break;
        model.remove(step.bridge);
        await subject.remove(step.bridge);
        break;
      case 'add':
        if (!model.journalWorks || model.bridges.has(step.bridge)) break;
        model.add(step.bridge);
        subject.add(step.bridge);
        break;
      case 'connect':
        if (model.bridge(step.bridge).connected) break;
        this.connect(step.bridge, step, step.equity);
        break;
      case 'ready':
        this.ready(step.bridge);
        break;
      case 'quiet':
        this.quiet(step.bridge);
        break;
      case 'pong':
        if (!model.bridge(step.bridge).connected) break;
        model.bridge(step.bridge).answerPings();
        subject.answerPings(step.bridge);
        break;
      case 'advance':
      case 'jump':
      case 'fail journal':
      case 'mend journal':
        this.pass(step);
        break;
      default:
        this.happen(step);
    }
    this.compare();
  }

  private connect(bridge: BridgeId, { account, tells }: Pick<Ea, 'account' | 'tells'>, equity: number): void {
    const { model, subject } = this;
    model.connect(bridge);
    subject.connect(bridge);
    this.eas.set(bridge, { account, tells, positions: this.eas.get(bridge)?.positions ?? 1 });
    this.status(bridge);
    this.heartbeat(bridge, equity);
  }

  /** The EA says which login it is on, if it is one that does. */
  private status(bridge: BridgeId): void {
    const { account, tells } = this.ea(bridge);
    if (tells === 'uuid') return;
    this.model.bridge(bridge).status(account, this.model.time);
    this.subject.status(bridge, account);
  }

  /** One account is half as large as another. A terminal that is not logged in tells zeros. */
  private heartbeat(bridge: BridgeId, equity: number): void {
    const { account, tells, positions } = this.ea(bridge);
    const uuid = tells === 'login' || account === 0 ? null : account;
    const told = { equity: equity * (sizes[account] ?? 0), uuid, positions };
    this.model.bridge(bridge).heartbeat(told, this.model);
    this.subject.heartbeat(bridge, told);
  }

  private ea(bridge: BridgeId): Ea {
    const ea = this.eas.get(bridge);
    if (ea === undefined) throw new Error(`Nobody has connected to ${bridge}.`);
    return ea;
  }

  private quiet(bridge: BridgeId): void {
    if (!this.model.bridge(bridge).connected) return;
    for (let report = 0; report < 5; report += 1) {
      this.heartbeat(bridge, 3_000);
      this.pass({ do: 'advance', ms: 15_000 });
    }
    this.heartbeat(bridge, 3_000);
  }

  private ready(bridge: BridgeId): void {
    const { model } = this;
    if (!model.journalWorks) this.pass({ do: 'mend journal' });
    this.happen({ do: 'release' });
    if (!model.bridge(bridge).connected) {
      this.connect(bridge, { account: 1, tells: 'both' }, 3_000);
    }
    if (model.bridge(bridge).account.loggedOut) this.happen({ do: 'switch', bridge, account: 1 });
    this.happen({ do: 'accept', bridge });
    this.ea(bridge).positions = Math.min(this.ea(bridge).positions, 2);
    this.happen({ do: 'heartbeat', bridge, equity: 3_000 });
    this.pass({ do: 'advance', ms: 250 });
    this.happen({ do: 'arm', bridge });
    this.happen({ do: 'limit', bridge, tradesPerDay: modelLimits.tradesPerDay });
  }

  private pass(step: Step & { do: 'advance' | 'jump' | 'fail journal' | 'mend journal' }): void {
    const { model, subject } = this;
    switch (step.do) {
      case 'advance':
        model.advance(step.ms);
        subject.clock.advance(step.ms);
        break;
      case 'jump':
        model.jump(step.ms);
        model.advance(250);
        subject.jump(step.ms);
        subject.clock.advance(250);
        break;
      case 'fail journal':
        if (!model.journalWorks) break;
        model.journalWorks = false;
        model.advance(100);
        subject.failJournal();
        break;
      case 'mend journal':
        if (model.journalWorks) break;
        model.journalWorks = true;
        model.advance(250);
        subject.mendJournal();
        break;
    }
  }

  /** What takes no time, and can come while an order is being written down. */
  private happen(step: Calm): void {
    const { model, subject } = this;
    switch (step.do) {
      case 'kill':
        model.kill();
        subject.controller.risk.kill('ticket');
        break;
      case 'release':
        this.same(subject.release(), model.release());
        break;
      case 'arm':
        this.same(subject.arm(step.bridge), model.arm(step.bridge));
        break;
      case 'disarm':
        model.bridge(step.bridge).armed = false;
        subject.bridge(step.bridge).orderManager.disarm(null);
        break;
      case 'limit':
        model.limit(step.bridge, step.tradesPerDay);
        subject.limit(step.bridge, step.tradesPerDay);
        break;
      case 'accept':
        if (!model.bridge(step.bridge).connected) break;
        model.bridge(step.bridge).accept();
        subject.bridge(step.bridge).orderManager.identity.accept('ticket');
        break;
      default:
        if (model.bridge(step.bridge).connected) this.byEa(step);
    }
  }

  private byEa(step: ByEa): void {
    const { model, subject } = this;
    const { bridge } = step;
    if (step.do === 'disconnect') {
      model.disconnect(bridge);
      subject.disconnect(bridge);
    } else if (step.do === 'heartbeat') {
      this.heartbeat(bridge, step.equity);
    } else if (step.do === 'position') {
      const ea = this.ea(bridge);
      ea.positions = Math.max(0, ea.positions + step.by);
    } else if (step.do === 'switch') {
      this.ea(bridge).account = step.account;
      this.status(bridge);
    } else {
      const last = model.orders.findLast((order) => order.bridge === bridge && isTrade(order));
      const id = step.do === 'feedback' ? step.id : (last?.id ?? 'NEVER_SENT');
      // No EA answers what it has not got yet.
      if (model.isLeaving(id)) return;
      model.feedback(bridge, id, step.answer);
      subject.feedback(bridge, id, step.answer);
    }
  }

  /** Fires, with what happens while it is written down: another order too. */
  private async fire(step: Firing): Promise<void> {
    const begun = [this.begin(step)];
    if (step.do === 'fire' && begun[0]?.leaves === true) {
      for (const each of step.during) {
        if ('bridge' in each && !this.model.bridges.has(each.bridge)) continue;
        if (each.do === 'fire' || each.do === 'close') begun.push(this.begin(each));
        else this.happen(each);
      }
    }
    const orders = await Promise.all(begun.map(({ seen }) => seen));
    orders.forEach((order, index) => {
      const end = begun[index]?.end(order.number) ?? '';
      this.model.numbered(order.bridge as BridgeId, order.number);
      this.count(end);
      this.same(order.refusal?.code ?? order.state, end);
    });
  }

  private begin(firing: Firing): Begun {
    const { model, subject } = this;
    const { bridge, commitMs } = firing;
    if (firing.do === 'fire') {
      const { id, symbol, side: action } = firing;
      const trade = { bridge, id, symbol, action };
      const confirmed = firing.confirm ? model.inDoubt() : [];
      const seen = subject.fire(trade, confirmed, commitMs);
      const leaving = model.fire(trade, confirmed, commitMs);
      return typeof leaving === 'string'
        ? { leaves: false, seen, end: () => leaving }
        : { leaves: true, seen, end: (number) => model.leave(leaving, number) };
    }
    this.closes += 1;
    const id = `CLOSE_${String(this.closes)}`;
    const { symbol } = firing;
    const close: Trade = { bridge, id, action: symbol === null ? 'close_all' : 'close', symbol: symbol ?? 'ALL' };
    const seen = subject.fire(close, [], commitMs);
    const sent = model.close(close, commitMs);
    const end = (number: number): string => {
      if (typeof sent === 'string') return sent;
      sent.number = number;
      return sent.state;
    };
    return { leaves: false, seen, end };
  }

  private same(seen: unknown, expected: unknown): void {
    expect(seen).toEqual(expected);
  }

  private compare(): void {
    const { model, subject } = this;
    subject.take();
    model.lookAtDays();
    const name = ({ bridge, number }: { bridge: string; number: number }): string => `${bridge} ${String(number)}`;
    const { orders, bridges } = subject.state();
    const listed = orders.filter(({ state }) => state !== 'refused');
    const states = new Map(listed.map((order) => [name(order), order.state]));
    const shown = model.orders.filter((order) => model.isShown(order) || states.has(name(order)));
    expect(Object.fromEntries(states)).toEqual(Object.fromEntries(shown.map((order) => [name(order), order.state])));
    const armed = [...model.bridges.values()].map((bridge) => [bridge.id, bridge.armed]);
    expect(Object.fromEntries(bridges.map(({ id, armed: is }) => [id, is]))).toEqual(Object.fromEntries(armed));
    const left = model.orders.map(({ bridge, id }) => `${bridge} ${id}`);
    expect(subject.delivered.toSorted()).toEqual(left.toSorted());
    const real = left.filter((each) => !each.startsWith('paper')).map((each) => each.split(' ')[1]);
    expect(new Set(real).size).toBe(real.length);
  }
}
