import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import { connectApi } from '../../src/api/rpc/connectApi.ts';
import { followState } from '../../src/api/rpc/followState.ts';
import { type ApiServer, type Handlers, serveApi } from '../../src/api/rpc/serveApi.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';
import type { AppState } from '../../src/api/state/state.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { until } from '../support/until.ts';

export interface TransportPair {
  /** The ends of one connection. */
  client: Transport;
  server: Transport;
  /** Breaks the carrier without either end's doing. Left out where it can't break by itself. */
  cut?: () => void;
  dispose: () => Promise<void> | void;
}

/** What every transport must do, whatever carries it. @param canBreak the pair has a `cut` */
export function transportSuite(open: () => Promise<TransportPair>, { canBreak }: { canBreak: boolean }): void {
  const withPair = (test: (pair: TransportPair) => Promise<void>) => async () => {
    const pair = await open();
    try {
      await test(pair);
    } finally {
      await pair.dispose();
    }
  };
  const collect = (end: Transport): unknown[] => {
    const messages: unknown[] = [];
    end.onMessage((message) => messages.push(message));
    return messages;
  };

  it(
    'carries messages both ways, in order',
    withPair(async ({ client, server }) => {
      const atServer = collect(server);
      const atClient = collect(client);
      for (let number = 0; number < 500; number += 1) {
        client.post({ up: number });
        server.post({ down: number });
      }
      await until(() => atServer.length === 500 && atClient.length === 500, 'all have arrived');
      expect(atServer).toEqual(Array.from({ length: 500 }, (_, up) => ({ up })));
      expect(atClient).toEqual(Array.from({ length: 500 }, (_, down) => ({ down })));
    }),
  );

  it(
    'carries every JSON value as it is',
    withPair(async ({ client, server }) => {
      const values = [null, 0, -1.5, '', 'é "quoted" \n line  \u{1F4E1}', [], {}, [null, { a: [1] }], true, 1e21];
      const received = collect(server);
      for (const value of values) client.post({ value });
      await until(() => received.length === values.length, 'all have arrived');
      expect(received).toEqual(values.map((value) => ({ value })));
    }),
  );

  it(
    'carries a large message',
    withPair(async ({ client, server }) => {
      const received = collect(client);
      const text = 'x'.repeat(2_000_000);
      server.post({ text });
      await until(() => received.length === 1, 'it has arrived');
      expect(received).toEqual([{ text }]);
    }),
  );

  it(
    'stops telling a listener that has gone',
    withPair(async ({ client, server }) => {
      const first: unknown[] = [];
      const undo = server.onMessage((message) => first.push(message));
      const second = collect(server);
      client.post(1);
      await until(() => second.length === 1, 'the first message');
      undo();
      client.post(2);
      await until(() => second.length === 2, 'the second message');
      expect(first).toEqual([1]);
    }),
  );

  it(
    'tells the other end of a close, once, and carries nothing afterwards',
    withPair(async ({ client, server }) => {
      let closes = 0;
      client.onClose(() => (closes += 1));
      const received = collect(client);
      server.close();
      server.close();
      server.post('too late');
      await until(() => closes === 1, 'the client knows');
      client.post('nobody there');
      expect(closes).toBe(1);
      expect(received).toEqual([]);
    }),
  );

  it('brings settings and status to a window that comes late, and to one that comes again', async () => {
    const bench = bridgeBench();
    const { controller } = bench;
    bench.connect();
    const failed = (problem: unknown): never => expect.unreachable(String(problem));
    const bridgesNow = (): unknown => controller.snapshot().state.bridges;
    const changeBoth = (leverage: number): void => {
      controller.bridge('main').configure({ leverage }, 'ticket');
      bench.heartbeat();
      bench.clock.advance(1_000);
    };
    for (const leverage of [100, 200]) {
      // Nobody follows yet: there is only the snapshot to learn these from.
      changeBoth(leverage);
      const { client, server, dispose } = await open();
      try {
        const handlers = { snapshot: () => controller.snapshot() } as unknown as Handlers;
        const follow: ApiServer['follow'] = (listener) => controller.follow(listener);
        serveApi(server, { handlers, follow, logError: failed }, { source: 'ticket' });
        const api = connectApi(client);
        const states: AppState[] = [];
        const seen: string[] = [];
        followState(api, {
          onState: (state) => states.push(state),
          onEvent: ({ type }) => seen.push(type),
          onFailure: failed,
        });
        await until(() => states.length > 0, 'the snapshot');
        expect(states.at(-1)?.bridges).toEqual(bridgesNow());
        expect(states.at(-1)?.bridges[0]).toMatchObject({ leverage, account: { equity: 2987.5 } });
        changeBoth(leverage + 1);
        await until(() => states.at(-1)?.bridges[0]?.leverage === leverage + 1, 'the settings that changed');
        await until(() => seen.includes('bridge_status'), 'the status that changed');
        await until(() => isDeepStrictEqual(states.at(-1)?.bridges, bridgesNow()), 'both are as the app has them');
      } finally {
        await dispose();
      }
    }
  });

  if (canBreak) {
    it(
      'tells both ends when the carrier breaks',
      withPair(async ({ client, server, cut }) => {
        let closes = 0;
        client.onClose(() => (closes += 1));
        server.onClose(() => (closes += 1));
        cut?.();
        await until(() => closes === 2, 'both know');
      }),
    );
  }
}
