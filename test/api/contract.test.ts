import { describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import { ContractFailure } from '../../src/api/contractFailure.ts';
import type { SequencedEvent, Snapshot } from '../../src/api/state/events.ts';
import { followState } from '../../src/api/rpc/followState.ts';
import { memoryTransport } from '../../src/api/rpc/memoryTransport.ts';
import { serveApi, type Handlers } from '../../src/api/rpc/serveApi.ts';
import type { Order } from '../../src/domain/orders/order.ts';
import type { AppState } from '../../src/api/state/state.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';
import { until } from '../support/until.ts';
import { defaultSettings } from '../../src/api/settings/appSettings.ts';

const emptyState: AppState = {
  app: {
    version: '0',
    dataDir: '',
    logDir: '',
    shippedEaVersion: null,
    paperFault: null,
    gateway: null,
    publish: null,
  },
  settings: defaultSettings,
  killSwitch: null,
  bridges: [],
  quotes: {},
  orders: [],
  unreadable: [],
  alarms: [],
  engines: [],
  feeds: [],
  waiting: [],
};

interface Bench {
  client: ApiClient;
  clientEnd: Transport;
  loggedErrors: string[];
  emit: (event: SequencedEvent) => void;
  followers: () => number;
}

function bench(handlers: Partial<Handlers>): Bench {
  const [clientEnd, serverEnd] = memoryTransport();
  const listeners = new Set<(event: SequencedEvent) => void>();
  const loggedErrors: string[] = [];
  serveApi(
    serverEnd,
    {
      handlers: handlers as Handlers,
      follow: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      logError: (sentence) => loggedErrors.push(sentence),
    },
    { source: 'ticket' },
  );
  return {
    client: connectApi(clientEnd),
    clientEnd,
    loggedErrors,
    emit: (event) => {
      for (const listener of listeners) listener(event);
    },
    followers: () => listeners.size,
  };
}

const failure = (promise: Promise<unknown>): Promise<{ code: string; message: string }> =>
  promise.then(
    () => {
      throw new Error('It should have failed.');
    },
    (error: unknown) => {
      expect(error).toBeInstanceOf(ContractFailure);
      const { code, message } = error as ContractFailure;
      return { code, message };
    },
  );

const order = (number: number): SequencedEvent['event'] => ({ type: 'order', order: { number } as Order });

describe('a call', () => {
  it('reaches its handler with who calls, and comes back', async () => {
    const { client } = bench({
      arm: (input, caller) => (expect([input, caller]).toEqual([{ bridge: 'main' }, { source: 'ticket' }]), null),
    });
    expect(await client.call('arm', { bridge: 'main' })).toBeNull();
  });

  it('is refused in one sentence when its input is wrong', async () => {
    const { client } = bench({});
    expect(await failure(client.call('fire', { bridge: 'main', action: 'hold' } as never))).toEqual({
      code: 'invalid_input',
      message: expect.stringMatching(/^The call fire was refused: "action": .+\.$/) as string,
    });
  });

  it.each(['nothing', '__proto__', 'constructor', 'toString'])('that does not exist (%s) is refused', async (name) => {
    const { client } = bench({});
    expect((await failure(client.call(name as 'arm', { bridge: 'main' }))).code).toBe('unknown_call');
  });

  it('tells no inner workings when it fails inside the app', async () => {
    const { client, loggedErrors } = bench({
      arm: () => {
        throw new Error('secret path /root');
      },
    });
    const { code, message } = await failure(client.call('arm', { bridge: 'main' }));
    expect([code, message]).toEqual(['internal', 'The call arm failed inside the app; its log says why.']);
    expect(loggedErrors).toEqual(['The call arm failed inside the app.']);
  });

  it('that is pending when the connection is lost is unknown, and so is one made afterwards', async () => {
    const { client, clientEnd } = bench({ fire: () => new Promise<never>(() => undefined) });
    const pending = failure(
      client.call('fire', { bridge: null, action: 'buy', symbol: 'X', lot: 1, sl: 0, tp: 0, signalId: '' }),
    );
    clientEnd.close();
    expect((await pending).code).toBe('connection_lost');
    expect((await failure(client.call('snapshot', null))).code).toBe('connection_lost');
  });

  it.each([['text'], [42], [null], [{ type: 'call', id: 'x' }], [{ type: 'shout' }]])(
    '%j is no message, is told of and harms nothing',
    async (message) => {
      const { client, clientEnd, loggedErrors } = bench({ arm: () => null });
      clientEnd.post(message);
      expect(await client.call('arm', { bridge: 'main' })).toBeNull();
      expect(loggedErrors).toEqual([
        'A message from a client is neither a call nor a request to follow; it was ignored.',
      ]);
    },
  );
});

describe('following the state (rule 6)', () => {
  function follow(snapshots: (() => Promise<Snapshot>)[]) {
    let taken = 0;
    const made = bench({
      snapshot: () => {
        const next = snapshots[taken];
        taken += 1;
        if (next === undefined) throw new Error('No snapshot left');
        return next();
      },
    });
    const states: number[][] = [];
    const events: number[] = [];
    const undo = followState(made.client, {
      onState: ({ orders }) => states.push(orders.map(({ number }) => number)),
      onEvent: (event) => {
        if (event.type === 'order') events.push(event.order.number);
      },
      onFailure: (error) => {
        throw error as Error;
      },
    });
    return { ...made, states, events, undo, taken: () => taken };
  }
  const snapshotOf = (seq: number, numbers: number[]): Snapshot => ({
    seq,
    at: 0,
    state: { ...emptyState, orders: numbers.map((number) => ({ number }) as Order) },
  });

  it('applies what came after the snapshot and drops what it already holds', async () => {
    const { promise, resolve } = Promise.withResolvers<Snapshot>();
    const { emit, states, events, followers } = follow([() => promise]);
    await until(() => followers() === 1, 'it follows');
    for (const seq of [1, 2, 3]) emit({ seq, at: 0, event: order(seq) });
    resolve(snapshotOf(2, [2, 1]));
    await until(() => states.length === 2, 'the snapshot and one event');
    expect(states).toEqual([
      [2, 1],
      [3, 2, 1],
    ]);
    expect(events).toEqual([3]);
  });

  it('takes a new snapshot when an event is missing', async () => {
    const { emit, states, taken } = follow([
      () => Promise.resolve(snapshotOf(1, [1])),
      () => Promise.resolve(snapshotOf(4, [4, 3, 2, 1])),
    ]);
    await until(() => states.length === 1, 'the first snapshot');
    emit({ seq: 3, at: 0, event: order(3) });
    emit({ seq: 5, at: 0, event: order(5) });
    await until(() => states.length === 3, 'the second snapshot and the event after it');
    expect(states.at(-1)).toEqual([5, 4, 3, 2, 1]);
    expect(taken()).toBe(2);
  });

  it('hears nothing after its undo, and the server forgets a client that has gone', async () => {
    const { emit, states, undo, client, followers } = follow([() => Promise.resolve(snapshotOf(0, []))]);
    await until(() => states.length === 1, 'the snapshot');
    undo();
    emit({ seq: 1, at: 0, event: order(1) });
    await Promise.resolve();
    expect(states).toHaveLength(1);
    client.close();
    await until(() => followers() === 0, 'the server forgot it');
  });
});
