import { Pull, Push } from 'zeromq';

/** An EA of a bench that is alive to the app: it answers what it is asked. */
export interface AliveEa {
  /** Sends telemetry, one message after the other, as a socket takes them. */
  say: (message: object) => void;
  /** Answers pings and questions about the account until it is killed. */
  answer: () => Promise<void>;
}

export function aliveEa(command: string, telemetry: string): AliveEa {
  const pull = new Pull();
  pull.connect(command);
  const push = new Push({ sendHighWaterMark: 10_000 });
  push.connect(telemetry);
  let last: Promise<unknown> = Promise.resolve();
  const say = (message: object): void => {
    last = last.then(() => push.send(JSON.stringify(message)));
  };
  return {
    say,
    answer: async () => {
      for await (const [frame] of pull) {
        if (frame === undefined) continue;
        const { type } = JSON.parse(frame.toString()) as { type: string };
        if (type === 'ping') say({ type: 'pong', timestamp: 'x' });
        else say({ type: 'status', status: 'config', account: 1, server: 'Bench-Demo' });
      }
    },
  };
}
