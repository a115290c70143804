import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { Context, Dealer, Publisher, Push } from 'zeromq';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { EntryFault, faultsOf, type EntryPoint } from '../../src/api/guard.ts';
import { memoryTransport } from '../../src/api/memoryTransport.ts';
import type { LinkListener } from '../../src/controller/ports.ts';
import { listenToFeed } from '../../src/gateway/listenToFeed.ts';
import { openGateway } from '../../src/gateway/openGateway.ts';
import { FaultBook } from '../../src/host/faultBook.ts';
import { ndjsonTransport } from '../../src/host/ndjsonTransport.ts';
import { openLink } from '../../src/zmq/openLink.ts';
import { commandWriter } from '../../src/zmq/commandWriter.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { freePort } from '../support/freePort.ts';
import { until } from '../support/until.ts';

// ARCHITECTURE rule 7a: whoever is called at an entry point throws each time. The process goes on, and each fault is counted.

const undos: (() => unknown)[] = [];
let faults: FaultBook;
beforeEach(() => {
  faults = new FaultBook({ log: () => undefined, now: () => performance.now() });
});
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});
const bug = (): never => {
  throw new Error('a bug');
};
const counted = (entry: EntryPoint, most = 2) => until(() => faults.total(entry) >= most, `${entry} is counted`);

it("EA's frames, and events of its sockets", async () => {
  const listener: LinkListener = { frame: bug, peerJoined: bug, peerLeft: bug, peerRefused: bug, stranger: bug };
  const link = await openLink({
    host: '127.0.0.1',
    commandPort: 0,
    telemetryPort: 0,
    feedbackPort: null,
    patterns: { command: 'push', feedback: 'push' },
    allowPeers: [],
    telemetryPeers: 1,
    onTrouble: faults.take,
  });
  undos.push(() => link.close());
  link.start(listener);
  const push = new Push({ context: new Context(), linger: 0, sendTimeout: 5_000 });
  push.connect(link.endpoints.telemetry);
  for (const text of ['one', 'two', 'three']) await push.send(text);
  await counted('frame', 3);
  push.close();
  await counted('socket event', 4);
  expect(link.check?.()).toBeNull();
});

it("engines' requests", async () => {
  const gateway = await openGateway(0, faults.take);
  undos.push(() => {
    gateway.close();
  });
  gateway.serve({ request: bug });
  const dealer = new Dealer({ linger: 0 });
  undos.push(() => {
    dealer.close();
  });
  dealer.connect(gateway.endpoint);
  for (const text of ['{}', '{}']) await dealer.send(text);
  await counted('gateway');
});

it("feeds' messages", async () => {
  const publisher = new Publisher({ linger: 0 });
  await publisher.bind(`tcp://127.0.0.1:${String(await freePort())}`);
  const endpoint = publisher.lastEndpoint ?? '';
  undos.push(() => {
    publisher.close();
  });
  const settings = { topics: [], endpoint } as unknown as Parameters<typeof listenToFeed>[0];
  undos.push(listenToFeed(settings, { frame: bug, connected: bug }, faults.take));
  await until(async () => {
    await publisher.send('{}');
    await wait(5);
    return faults.total('feed') >= 3;
  }, 'three are counted');
});

it('commands: the next one is sent', async () => {
  const sent: string[] = [];
  const socket = { writable: true, send: (text: string) => Promise.resolve(void sent.push(text)) };
  const write = commandWriter(
    socket,
    () => true,
    () => 1,
    faultsOf('command', faults.take),
  );
  expect(await Promise.all([write('a', bug), write('b')])).toEqual([false, true]);
  expect([sent, faults.total('command')]).toEqual([['b'], 1]);
});

it('messages of windows and of the command line', async () => {
  const [one, other] = memoryTransport(faultsOf('window message', faults.take));
  other.onMessage(bug);
  one.post({});
  one.post({});
  await counted('window message');

  const server = net.createServer((socket) => {
    ndjsonTransport(socket, faultsOf('control message', faults.take)).onMessage(bug);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const client = net.connect((server.address() as net.AddressInfo).port, '127.0.0.1');
  undos.push(
    () => server.close(),
    () => client.destroy(),
  );
  client.write('{}\n{}\n');
  await counted('control message');
});

it('timers, and who follows', () => {
  const bench = bridgeBench();
  const before = bench.troubles.length;
  bench.controller.follow(bug);
  const heard: string[] = [];
  bench.controller.follow(({ event }) => heard.push(event.type));
  bench.controller.kill('ticket');
  expect(heard).toContain('kill_switch');
  bench.controller.external.pulse = bug;
  bench.clock.advance(1_000);
  const told = bench.troubles.slice(before).join('\n');
  expect(told).toContain('What a window follows');
  expect(told).toContain('What was due at a time');
  expect(bench.state().id).toBe('main');
});

it('floods neither the log nor the list of alarms', () => {
  const logged: string[] = [];
  const alarms = new Set<string>();
  const book = new FaultBook({ log: (sentence) => logged.push(sentence), now: () => 0 });
  book.tellBy(({ text }) => alarms.add(text));
  for (let count = 0; count < 1_000; count += 1) {
    const fault = new EntryFault('http', new Error(String(count)));
    book.take(fault.message, fault);
  }
  expect([logged.length, alarms.size, book.total('http')]).toEqual([5, 1, 1_000]);
});
