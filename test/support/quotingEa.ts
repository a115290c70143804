import { Pull, Push } from 'zeromq';

/** An EA in the test's own process that fills whatever it is sent, places pending orders, and quotes XAUUSD as the test says. */
export interface QuotingEa {
  /** Signals that it got. */
  signals: Record<string, unknown>[];
  /** Changes of positions and pending orders that it got. */
  changes: Record<string, unknown>[];
  /** What it answers to the next changes: its report without the ID. */
  answers: (report: Record<string, unknown>) => void;
  /** What it quotes from now on, with a spread of 0.3. */
  quote: (bid: number) => Promise<void>;
  /** The equity that it reports from now on; the balance is 10,000. */
  has: (equity: number) => void;
  say: (message: Record<string, unknown>) => Promise<void>;
  /** Logs in to another account, and says hello anew where it speaks protocol 8. */
  moves: (login: number) => void;
  /** Whether an EA of protocol 8 sets its switch for closes alone, and confirms it. */
  obeys: (doesObey: boolean) => void;
  end: () => Promise<void>;
}

/** What it says in its hello where it speaks protocol 8, beside what every one says. */
export interface Hello8 {
  epoch?: number;
  close_only?: boolean;
  [field: string]: unknown;
}

/** What it reports of its account. */
export interface EaAccount {
  account: number;
  server: string;
}

export function startQuotingEa(
  { command, telemetry }: { command: string; telemetry: string },
  startAccount: Partial<EaAccount> = {},
  hello: Hello8 | null = null,
): QuotingEa {
  let account = startAccount;
  const [pull, push] = [new Pull(), new Push({ linger: 0 })];
  pull.connect(command);
  push.connect(telemetry);
  const signals: Record<string, unknown>[] = [];
  const changes: Record<string, unknown>[] = [];
  let report: Record<string, unknown> = { type: 'trade_result', status: 'success' };
  let last: Promise<unknown> = Promise.resolve();
  const say = (message: Record<string, unknown>): Promise<unknown> =>
    (last = last.then(() => push.send(JSON.stringify(message))).catch(() => undefined));
  let bid = 2341;
  let equity = 10_000;
  const tick = () => say({ type: 'tick', symbol: 'XAUUSD', bid, ask: bid + 0.3, spread: 30, volume: 1 });
  const ea8 = hello === null ? null : new Switch8(hello);
  const telling = setInterval(() => {
    if (ea8?.isWelcomed === false) void say(ea8.hello(account));
    void say({ type: 'telemetry', uuid: 'u', balance: 10_000, equity, margin: 0, ...account });
    void tick();
  }, 100);
  const reading = (async () => {
    for await (const [frame] of pull) {
      const message = JSON.parse(String(frame)) as Record<string, unknown>;
      if (message['type'] === 'ping')
        void say({ type: 'pong', ...(message['n'] === undefined ? {} : { n: message['n'] }) });
      const answer = ea8?.answer(message) ?? null;
      if (answer !== null) void say(answer);
      if (['close', 'close_by', 'modify', 'cancel'].includes(String(message['type']))) {
        changes.push(message);
        void say({ ...report, signal_id: message['signal_id'] });
      }
      if (message['type'] !== 'signal') continue;
      signals.push(message);
      const { signal_id } = message;
      // A pending order is placed, under its own number, and has no price yet.
      const isPending = String(message['action']).includes('_');
      const placed =
        isPending && message['price'] !== undefined ? { ticket: '31', price: 0 } : { ticket: 7, price: bid };
      void say({ type: 'trade_result', signal_id, status: 'success', ...placed });
    }
  })();
  return {
    has: (now) => {
      equity = now;
    },
    signals,
    changes,
    answers: (next) => {
      report = next;
    },
    moves: (login) => {
      account = { server: 'Broker-Demo', ...account, account: login };
      if (ea8 !== null) ea8.isWelcomed = false;
    },
    obeys: (doesObey) => {
      if (ea8 !== null) ea8.obeys = doesObey;
    },
    say: async (message) => {
      await say(message);
    },
    quote: async (price) => {
      bid = price;
      await tick();
    },
    end: async () => {
      clearInterval(telling);
      await last;
      pull.close();
      push.close();
      await reading.catch(() => undefined);
    },
  };
}

/** The part of an EA that an EA of protocol 8 has beside the documented one: hello, welcome and its switch. */
class Switch8 {
  isWelcomed = false;
  obeys = true;
  private readonly said: Hello8;

  constructor(said: Hello8) {
    this.said = said;
  }

  hello({ account = 1_000_001, server = 'Broker-Demo' }: Partial<EaAccount>): Record<string, unknown> {
    const features = ['reconcile', 'close_all', 'close_only'];
    const fixed = { type: 'hello', protocol: 8, ea_version: '8.10', login: account, server, store: 'intact' };
    return { ...fixed, trade_mode: 'demo', epoch: 0, close_only: false, features, sent_at: Date.now(), ...this.said };
  }

  answer(message: Record<string, unknown>): Record<string, unknown> | null {
    const { type, on } = message;
    // A documented command comes over a new connection, whose desk has not heard the hello.
    this.isWelcomed = type === 'welcome' || (this.isWelcomed && message['session'] !== undefined);
    return type === 'close_only' && this.obeys ? { type, on } : null;
  }
}
