import { Pull, Push } from 'zeromq';

/** An EA in the test's own process that fills whatever it is sent, and quotes XAUUSD as the test says. */
export interface QuotingEa {
  /** Signals that it got. */
  signals: Record<string, unknown>[];
  /** What it quotes from now on, with a spread of 0.3. */
  quote: (bid: number) => Promise<void>;
  say: (message: Record<string, unknown>) => Promise<void>;
  end: () => Promise<void>;
}

/** What it reports of its account. */
export interface EaAccount {
  account: number;
  server: string;
}

export function startQuotingEa(
  { command, telemetry }: { command: string; telemetry: string },
  account: Partial<EaAccount> = {},
): QuotingEa {
  const [pull, push] = [new Pull(), new Push({ linger: 0 })];
  pull.connect(command);
  push.connect(telemetry);
  const signals: Record<string, unknown>[] = [];
  let last: Promise<unknown> = Promise.resolve();
  const say = (message: Record<string, unknown>): Promise<unknown> =>
    (last = last.then(() => push.send(JSON.stringify(message))).catch(() => undefined));
  let bid = 2341;
  const tick = () => say({ type: 'tick', symbol: 'XAUUSD', bid, ask: bid + 0.3, spread: 30, volume: 1 });
  const telling = setInterval(() => {
    void say({ type: 'telemetry', uuid: 'u', balance: 10_000, equity: 10_000, margin: 0, ...account });
    void tick();
  }, 100);
  const reading = (async () => {
    for await (const [frame] of pull) {
      const message = JSON.parse(String(frame)) as Record<string, unknown>;
      if (message['type'] === 'ping') void say({ type: 'pong' });
      if (message['type'] !== 'signal') continue;
      signals.push(message);
      const { signal_id } = message;
      void say({ type: 'trade_result', signal_id, status: 'success', ticket: 7, price: bid });
    }
  })();
  return {
    signals,
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
