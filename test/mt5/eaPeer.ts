import { Pull, Push } from 'zeromq';
import type { Command8 } from '../../src/protocol/protocol8/commands.ts';
import { until } from '../support/until.ts';
import { compileEa, sanitizerFaults, startEa } from './deskEa.ts';
import type { Terminal, TerminalOptions } from './terminal.ts';

export type Said = Record<string, unknown> & { type?: string; signal_id?: string };

/** A backend of protocol 8 in the test's own process, that sends whatever the test says, also what a desk never would. */
export class EaPeer {
  readonly said: Said[] = [];
  /** Types of messages that are not kept, where there would be too many. */
  unheard: ReadonlySet<string> = new Set();
  session = '0'.repeat(32);
  epoch = 1;
  private readonly push = new Push({ linger: 0, sendTimeout: 2_000 });
  private readonly pull = new Pull();
  private pings = 0;

  /** @param at addresses of a peer that was closed; left out: free ports */
  static async open(at?: EaPeer['endpoints']): Promise<EaPeer> {
    const peer = new EaPeer();
    await peer.push.bind(at?.command ?? 'tcp://127.0.0.1:*');
    await peer.pull.bind(at?.telemetry ?? 'tcp://127.0.0.1:*');
    void peer.listen();
    return peer;
  }

  get endpoints(): { command: string; telemetry: string } {
    return { command: this.push.lastEndpoint ?? '', telemetry: this.pull.lastEndpoint ?? '' };
  }

  close(): void {
    this.push.close();
    this.pull.close();
  }

  async send(command: Record<string, unknown> | string): Promise<void> {
    await this.push.send(typeof command === 'string' ? command : JSON.stringify(command));
  }

  /** Starts the EA, or starts it anew, and welcomes it in a session of its own. */
  async start(options: TerminalOptions = {}, compile = compileEa): Promise<Terminal> {
    const before = this.said.length;
    const ea = await startEa(this.endpoints, options, compile);
    await this.heard(({ type }) => type === 'hello', before, 'the EA says hello');
    await this.welcome();
    return ea;
  }

  async welcome(): Promise<void> {
    this.session = [...crypto.getRandomValues(new Uint8Array(16))]
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('');
    await this.send({ type: 'welcome', protocol: 8, session: this.session, epoch: this.epoch });
    await this.ping();
  }

  async ping(): Promise<void> {
    this.pings += 1;
    const n = this.pings;
    const before = this.said.length;
    await this.send({ type: 'ping', session: this.session, n, sent_at: Date.now() });
    await this.heard((message) => message.type === 'pong' && message['n'] === n, before, 'the EA answers the ping');
  }

  /** A market order of 0.1 lots of EURUSD but for the changes. */
  order(id: string, changes: Record<string, unknown> = {}): Record<string, unknown> & Pick<Command8, 'type'> {
    return {
      ...{ type: 'signal', session: this.session, signal_id: id, sent_at: Date.now(), expires_ms: 2_000 },
      ...{ action: 'buy', symbol: 'EURUSD', lot: 0.1, sl: 500, tp: 1_000, deviation: 10, ...changes },
    };
  }

  /** Sends a command with an ID, and gives the first report of it that comes from then on. */
  async fire(command: Record<string, unknown>): Promise<Said> {
    const before = this.said.length;
    await this.send(command);
    return this.report(String(command['signal_id']), before);
  }

  report(id: string, from = 0): Promise<Said> {
    const isReport = ({ type, signal_id }: Said): boolean =>
      signal_id === id && (type === 'trade_result' || type === 'error');
    return this.heard(isReport, from, `the EA reports ${id}`);
  }

  async reconcile(...ids: { id: string; session?: string | null; sentAt?: number }[]): Promise<Said[]> {
    this.pings += 1;
    const n = this.pings;
    const before = this.said.length;
    const orders = ids.map(({ id, session = this.session, sentAt = Date.now() }) => ({
      ...{ signal_id: id, session, sent_at: sentAt },
    }));
    await this.send({ type: 'reconcile', session: this.session, n, since: 0, orders });
    const isLast = (message: Said): boolean =>
      message.type === 'reconciled' && message['n'] === n && message['last'] === true;
    await this.heard(isLast, before, 'the EA answers the question');
    const pages = this.said.slice(before).filter((message) => message.type === 'reconciled' && message['n'] === n);
    return pages.flatMap((page) => page['ids'] as Said[]);
  }

  heard(wanted: (message: Said) => boolean, from: number, what: string, limitMs = 20_000): Promise<Said> {
    return until(() => this.said.slice(from).find(wanted), what, limitMs);
  }

  private async listen(): Promise<void> {
    try {
      for await (const [frame] of this.pull) {
        const message = JSON.parse(String(frame)) as Said;
        if (!this.unheard.has(message.type ?? '')) this.said.push(message);
      }
    } catch {
      // Closed by the test.
    }
  }
}

export interface Started {
  backend: EaPeer;
  ea: Terminal;
}

/** Backends and EAs of a test file: what a test has opened is closed after it. */
export class EaStage {
  private readonly peers: EaPeer[] = [];
  private readonly programs: Terminal[] = [];

  /** @param at addresses of a peer that was closed; left out: free ports */
  async peer(at?: EaPeer['endpoints']): Promise<EaPeer> {
    const peer = await EaPeer.open(at);
    this.peers.push(peer);
    return peer;
  }

  /** The EA, started and welcomed. @param backend left out: another one */
  async start(options: TerminalOptions = {}, backend?: EaPeer, compile = compileEa): Promise<Started> {
    const peer = backend ?? (await this.peer());
    const ea = await peer.start(options, compile);
    this.programs.push(ea);
    return { backend: peer, ea };
  }

  keep(ea: Terminal): Terminal {
    this.programs.push(ea);
    return ea;
  }

  async close(): Promise<void> {
    await Promise.all(this.programs.splice(0).map((each) => each.end('SIGKILL')));
    for (const peer of this.peers.splice(0)) peer.close();
    const faults = sanitizerFaults.splice(0);
    if (faults.length > 0) throw new Error(`The sanitizers have found:\n${faults.join('\n')}`);
  }
}
