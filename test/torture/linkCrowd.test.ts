import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { timeLimit, times } from './faults.ts';
import { account, flawless, joinEa, LinkDesk, logOf, report } from './linkHarness.ts';

const undos = new Undos();
afterEach(() => undos.all());

const wanted = times(100, 10_000);

/** What a stranger does once it is connected. */
const strangers: Record<string, (socket: net.Socket) => void> = {
  'HTTP client': (socket) => socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: keep-alive\r\n\r\n'),
  'port scanner': (socket) => socket.destroy(),
  'scanner with RST': (socket) => socket.resetAndDestroy(),
  'silent client': () => undefined,
  garbage: (socket) => socket.write(Buffer.from(Array.from({ length: 500 }, () => Math.floor(Math.random() * 256)))),
  // The first bytes of ZMTP's greeting, and then nonsense.
  'half a greeting': (socket) =>
    socket.write(Buffer.concat([Buffer.from('ff00000000000000017f', 'hex'), Buffer.alloc(100, 7)])),
  'a TLS client': (socket) => socket.write(Buffer.from('16030100f8010000f40303', 'hex')),
};

describe('a crowd at the ports', () => {
  it('costs no order', { timeout: timeLimit(wanted, 100) }, async () => {
    const dataDir = undos.folder();
    const desk = await LinkDesk.open(undos, { dataDir });
    const ea = await joinEa(undos, desk.endpoints(), logOf(dataDir));
    const crowd = gather(Object.values(desk.endpoints()));
    undos.add(() => crowd.disperse());

    for (let count = 0; count < wanted; count += 1) {
      await desk.ready();
      const seen = crowd.connections();
      await desk.outcome(await desk.fire());
      // Not so fast that the crowd has no time to do harm.
      await until(() => crowd.connections() > seen + 20, 'strangers have come');
    }
    await crowd.disperse();
    const connections = crowd.connections();
    await ea.sync();
    await desk.close();
    const result = await account(dataDir, desk);
    report('crowd', { connections, ...result });
    expect(result).toMatchObject({ ...flawless, orders: wanted, refused: {} });
    // A machine that stands still for half a second loses its EA as well, with a crowd or without.
    expect(result.filled).toBeGreaterThan(wanted * 0.97);
    expect(connections).toBeGreaterThan(wanted);
    expect(desk.alarmed('second_ea')).toEqual([]);
    expect(desk.alarmed('stranger').length).toBeGreaterThan(0);
    expect(desk.loggedErrors).toEqual([]);
  });
});

/** Strangers of every kind at every port, all the time. */
function gather(endpoints: string[]): { connections: () => number; disperse: () => Promise<void> } {
  let connections = 0;
  let stopped = false;
  const isStopped = (): boolean => stopped;
  const visits = endpoints.flatMap((endpoint) =>
    Object.values(strangers).map(async (talk) => {
      while (!isStopped()) {
        await visit(Number(endpoint.split(':').at(-1)), talk);
        connections += 1;
      }
    }),
  );
  return {
    connections: () => connections,
    disperse: async () => {
      stopped = true;
      await Promise.all(visits);
    },
  };
}

/** Ends when the app has hung up, or after a while. */
function visit(port: number, talk: (socket: net.Socket) => void): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => {
      talk(socket);
    });
    socket.setTimeout(200, () => socket.destroy());
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve();
    });
  });
}
