import { ContractFailure } from '../../../src/api/contractFailure.ts';
import type { OrderState } from '../../../src/protocol/order.ts';
import { bridgeBench, type BridgeBench } from '../../support/bridgeBench.ts';
import { openLimits } from '../../support/openLimits.ts';
import { modelLimits, type Answer } from './model.ts';

const answers: Record<Answer, (id: string) => Record<string, unknown>> = {
  filled: (id) => ({ type: 'trade_result', signal_id: id, status: 'success', ticket: 7, price: 1.5 }),
  rejected: (id) => ({ type: 'error', signal_id: id, error: 'No money' }),
  bare: (id) => ({ type: 'error', signal_id: id, error: 'Trade failed: Unknown error (4756)' }),
  unnamed: (id) => ({ type: 'trade_result', signal_id: id, status: 'success', ticket: 0, price: 0 }),
  unclear: (id) => ({ type: 'error', signal_id: id, error: 'Request timed out' }),
};

/** The core with its real parts but for clock and link, steered by the same steps as the model. */
export class Subject {
  bench: BridgeBench = start();
  /** What reached the EA, over all restarts. */
  readonly delivered: string[] = [];
  private readonly write = this.bench.journal.write.bind(this.bench.journal);
  private alarms = 0;
  private pings = 0;

  get armed(): boolean {
    return this.bench.state().armed;
  }

  connect(login: number): void {
    const { bench } = this;
    bench.link.join();
    this.answerPings();
    bench.clock.advance(1_000);
    this.answerPings();
    bench.nameAccount(login);
    bench.heartbeat();
  }

  answerPings(): void {
    this.take();
    for (; this.pings > 0; this.pings -= 1) this.bench.link.says({ type: 'pong' });
  }

  /** `sent`, or the code of the refusal. */
  async fire(signalId: string, symbol: string, side: 'buy' | 'sell', confirmed: string[]): Promise<string> {
    const { state, refusal } = await this.bench.fire({ signalId, symbol, action: side, confirmed });
    return refusal?.code ?? state;
  }

  feedback(id: string, answer: Answer): void {
    this.bench.link.says(answers[answer](id));
  }

  settle(id: string, found: boolean): boolean {
    const order = this.bench.journal.findSent('main', id);
    if (order === null) return false;
    return this.tries(() => {
      const where = found ? { ticket: '7', price: null } : null;
      this.bench.controller.settle({ order: order.number, found: where, note: '' }, 'ticket');
    });
  }

  arm(): boolean {
    return this.tries(() => {
      this.trading.arm('ticket');
    });
  }

  release(): boolean {
    return this.tries(() => {
      this.bench.controller.release('ticket');
    });
  }

  get trading() {
    return this.bench.controller.bridge('main').trading;
  }

  failJournal(): void {
    const { bench } = this;
    bench.journal.write = () => {
      throw new Error('disk full');
    };
    this.alarms += 1;
    const text = `Something to write down, ${String(this.alarms)}`;
    bench.controller.alarm('main', { level: 'notice', code: 'test', text, nextStep: '' });
    bench.clock.advance(100);
  }

  mendJournal(): void {
    this.bench.journal.write = this.write;
    this.bench.clock.advance(250);
  }

  async restart(): Promise<void> {
    this.take();
    this.pings = 0;
    await this.bench.controller.stop();
    const { clock, journal } = this.bench;
    this.bench = start({ clock, journal });
  }

  /** The states of all orders that may have left, by ID. */
  states(): Record<string, OrderState> {
    const orders = this.bench.controller.snapshot().state.orders.filter(({ state }) => state !== 'refused');
    return Object.fromEntries(orders.map(({ signalId, state }) => [signalId, state]));
  }

  disconnect(): void {
    this.bench.link.leave();
    this.pings = 0;
  }

  /** The EA takes what was sent to it. */
  take(): void {
    for (const { type, signal_id } of this.bench.link.takeSent()) {
      if (type === 'signal') this.delivered.push(String(signal_id));
      if (type === 'ping') this.pings += 1;
    }
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

function start(from: Parameters<typeof bridgeBench>[1] = {}): BridgeBench {
  return bridgeBench({ limits: { ...openLimits, ...modelLimits } }, from);
}
