import net from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { seededRandom } from '../../src/paper/random.ts';
import { startServe } from '../support/processes.ts';
import { Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';

const undos = new Undos();
afterEach(() => undos.all());

const wanted = times(2_000, 100_000);
const together = 50;
const addresses = [
  '//',
  'http://[',
  '///',
  '/\\x',
  '*',
  '/%',
  '/%ff',
  '/ws',
  '//ws',
  '/session',
  'ws://[::',
  '/?launch=%',
  '',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'CONNECT', 'OPTIONS', 'TRACE', 'get', 'PRI'];

it('odd requests and upgrades end nothing', { timeout: timeLimit(wanted, 10) }, async () => {
  const app = await startServe();
  undos.add(() => app.end('SIGKILL'));
  const { port, host, origin } = new URL(app.ready.dashboard ?? '');
  const random = seededRandom(12);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  const noise = (length: number): string => String.fromCharCode(...Array.from({ length }, () => below(256)));
  const oddRequest = (): string => {
    const address = random() < 0.5 ? pick(addresses) : `/${noise(below(40))}`;
    const lines = [
      `${pick(methods)} ${address} HTTP/1.${String(below(3))}`,
      `Host: ${random() < 0.8 ? host : noise(8)}`,
    ];
    if (random() < 0.5)
      lines.push('Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13', `Origin: ${origin}`);
    if (random() < 0.3)
      lines.push(`${pick(['Range', 'Cookie', 'Content-Length', 'Expect', 'Sec-WebSocket-Key'])}: ${noise(6)}`);
    if (random() < 0.2) lines.push(`Range: bytes=${String(below(9))}-${String(below(9))}`);
    return `${lines.join('\r\n')}\r\n\r\n${random() < 0.2 ? noise(20) : ''}`;
  };
  const kinds = [
    () => noise(below(200)),
    oddRequest,
    oddRequest,
    () => {
      const text = oddRequest();
      return text.slice(0, below(text.length));
    },
  ];
  const send = (text: string): Promise<void> =>
    new Promise((done) => {
      const socket = net.connect(Number(port), '127.0.0.1');
      socket
        .on('error', () => undefined)
        .on('close', () => {
          done();
        });
      socket.once('data', () => socket.destroy());
      // A half request is left where it is: its sender ends.
      socket.end(text, 'latin1');
      socket.resume();
    });
  let sent = 0;
  while (sent < wanted) {
    const some = Array.from({ length: Math.min(together, wanted - sent) }, () => send(pick(kinds)()));
    await Promise.all(some);
    sent += some.length;
  }
  const exits = app.child.exitCode === null && app.child.signalCode === null ? 0 : 1;
  say(`odd web requests: ${String(sent)} sent, ${String(exits)} exits`);
  expect(exits).toBe(0);
  expect((await fetch(origin)).status).toBe(200);
  expect(app.output.stderr).not.toMatch(/because of a bug|came past every guard/);
  expect((await app.end()).code).toBe(0);
});
