import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { Dealer, Subscriber } from 'zeromq';
import { seededRandom } from '../../src/paper/random.ts';
import { run } from '../support/processes.ts';
import { until } from '../support/until.ts';
import { Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { GatewayApp, p99, Peer } from './gatewayHarness.ts';
import { engineSignal } from '../support/engineSignal.ts';

const undos = new Undos();
afterEach(() => undos.all());

const signal = (engine: string, token: string, changes: Record<string, unknown> = {}) =>
  engineSignal(token, { engine, signal_id: 'X1', ...changes });

/** In MiB. */
function memoryOf(pid: number): number {
  const rss = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1];
  return Number(rss) / 1024;
}

const filesOf = (pid: number): number => readdirSync(`/proc/${String(pid)}/fd`).length;

/** One order there and back: nothing is harmed. */
async function works(app: GatewayApp, id: string): Promise<void> {
  const token = await app.engine(`PROOF_${id}`);
  const peer = new Peer(undos, app.gateway);
  const reply = await peer.ask(signal(`PROOF_${id}`, token, { signal_id: id, symbol: 'EURUSD' }));
  expect(reply).toMatchObject({ type: 'trade_result', status: 'success' });
}

describe('fuzzed frames', () => {
  const wanted = times(5_000, 100_000);

  it('crash nothing and fire nothing', { timeout: timeLimit(wanted, 2) }, async () => {
    const app = await GatewayApp.open(undos);
    // Paused, so that what happens to stay a whole signal is read to its end and goes nowhere.
    const token = await app.engine('FUZZ', { mode: 'paused' });
    const peer = new Peer(undos, app.gateway, false);
    const random = seededRandom(6);
    const below = (limit: number): number => Math.floor(random() * limit);
    const base = JSON.stringify(signal('FUZZ', token));
    const oddValues = [null, '', -1, 1e308, '9'.repeat(50), [], {}, true, '\u0000', '💥', Number.MAX_SAFE_INTEGER];
    const kinds: (() => Buffer)[] = [
      () => Buffer.from(Array.from({ length: below(300) }, () => below(256))),
      () => {
        const bytes = Buffer.from(base);
        for (let count = 0; count <= below(4); count += 1) bytes[below(bytes.length)] = below(256);
        return bytes;
      },
      () => Buffer.from(base.slice(0, below(base.length))),
      () => {
        const fields: Record<string, unknown> = signal('FUZZ', token);
        const names = [
          ...Object.keys(fields),
          'stop_pips',
          'sl_price',
          'bridge',
          'citadel_shield',
          '__proto__',
          'toString',
        ];
        for (let count = 0; count <= below(3); count += 1)
          fields[names[below(names.length)] ?? ''] = oddValues[below(oddValues.length)];
        return Buffer.from(JSON.stringify(fields));
      },
      () => Buffer.from('['.repeat(below(8_000))),
    ];
    for (let count = 0; count < wanted; count += 1) await peer.send(kinds[count % kinds.length]?.() ?? Buffer.alloc(0));
    // Its frames are read in their order: all of them have been when this is answered.
    await peer.ask({ type: 'ping', engine: 'FUZZ', token }, 120_000);
    await works(app, 'AFTER');
    const reached = await app.reached();
    const answers = [...peer.kinds].map(([kind, count]) => `${kind} ${String(count)}`).join(', ');
    say(`fuzz: ${String(wanted)} frames, 0 crashes, ${String(reached.length - 1)} orders; answers: ${answers}`);
    expect(reached).toEqual(['AFTER']);
    expect(app.app.child.exitCode).toBeNull();
    expect(app.app.output.stderr).not.toContain('because of a bug');
  });
});

describe('wrong tokens', () => {
  const wanted = times(2_000, 20_000);

  it(
    'are answered late and no faster for being many; the right one is served meanwhile',
    { timeout: timeLimit(wanted, 5) },
    async () => {
      const app = await GatewayApp.open(undos);
      const token = await app.engine('VENOM');
      const guesser = new Peer(undos, app.gateway, false);
      const venom = new Peer(undos, app.gateway);
      const almost = token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      const guesses = ['', token.slice(1), `${token}x`, almost, 'null', 5, null, undefined];
      const startedAt = performance.now();
      let firstAnswer = Number.POSITIVE_INFINITY;
      const served: number[] = [];
      for (let count = 0; count < wanted; count += 1) {
        await guesser.send(
          signal(count % 9 === 0 ? 'NOBODY' : 'VENOM', token, { token: guesses[count % guesses.length] }),
        );
        if (guesser.count > 0) firstAnswer = Math.min(firstAnswer, performance.now() - startedAt);
        if (count % 100 !== 0) continue;
        const before = performance.now();
        await venom.ask({ type: 'ping', engine: 'VENOM', token });
        served.push(performance.now() - before);
      }
      await until(() => guesser.count > 0, 'a guess is answered');
      const tookS = (performance.now() - startedAt) / 1_000;
      say(
        `wrong tokens: ${String(wanted)} in ${tookS.toFixed(1)} s, ${String(guesser.count)} answered (unauthorized alone: ${String(guesser.kinds.size === 1)}), the first after ${Math.min(firstAnswer, tookS * 1_000).toFixed(0)} ms; 0 orders; the right token meanwhile p99 ${p99(served).toFixed(1)} ms`,
      );
      expect([...guesser.kinds.keys()]).toEqual(['unauthorized']);
      // At most 200 wait for their second, so that no more are answered in one.
      expect(guesser.count).toBeLessThanOrEqual(200 * Math.ceil(tookS));
      expect(await app.reached()).toEqual([]);
      await works(app, 'AFTER');
    },
  );
});

describe('a client that floods', () => {
  const asked = times(200, 2_000);

  it('is held to its own limit, and the others go on', { timeout: timeLimit(asked, 200) }, async () => {
    const app = await GatewayApp.open(undos);
    const flooding = await app.engine('FLOOD', { tradesPerMinute: 5 });
    const token = await app.engine('VENOM');
    const venom = new Peer(undos, app.gateway);
    const measure = async (): Promise<number[]> => {
      const took: number[] = [];
      for (let count = 0; count < asked; count += 1) {
        const before = performance.now();
        await venom.ask({ type: 'ping', engine: 'VENOM', token });
        took.push(performance.now() - before);
      }
      return took;
    };
    const quiet = await measure();
    const startedAt = performance.now();
    const flood = run(['test/peers/engineFlood.ts', app.gateway, JSON.stringify(signal('FLOOD', flooding))], {
      stdin: 'pipe',
    });
    undos.add(() => flood.end('SIGKILL'));
    await until(async () => (await app.engineState('FLOOD')).counts.signals > 100, 'the flood has begun');
    const busy = await measure();
    flood.child.stdin?.end();
    const sent = Number((await flood.finished).stdout);
    const reached = await app.reached();
    say(
      `flood: ${String(sent)} signals of one client, ${String(reached.length)} reached the EA (limit 5 a minute); another's ping p99 ${p99(quiet).toFixed(1)} ms before, ${p99(busy).toFixed(1)} ms during`,
    );
    const minutes = Math.ceil((performance.now() - startedAt) / 60_000);
    expect(reached.length).toBeLessThanOrEqual(5 * (minutes + 1));
    expect(busy).toHaveLength(asked);
    await works(app, 'AFTER');
  });
});

describe('a runaway engine', () => {
  const wanted = times(20_000, 1_000_000);

  it(
    'gets at most its limit out, is halted, and goes on when a person resumes it',
    { timeout: timeLimit(wanted, 2) },
    async () => {
      const app = await GatewayApp.open(undos);
      const token = await app.engine('RUNAWAY', { tradesPerMinute: 5, tradesPerDay: 50, haltAfter: 20 });
      const peer = new Peer(undos, app.gateway, false);
      const before = memoryOf(app.pid);
      for (let count = 0; count < wanted; count += 1)
        await peer.send(signal('RUNAWAY', token, { signal_id: `R${String(count)}` }));
      await until(() => peer.count >= wanted, 'every signal is answered', 60_000).catch(() => undefined);
      const { halted, counts } = await app.engineState('RUNAWAY');
      const reached = await app.reached();
      const after = memoryOf(app.pid);
      say(
        `runaway: ${String(wanted)} signals, ${String(counts.signals)} heard, ${String(reached.length)} reached the EA (limit 5 a minute), halted: ${String(halted !== null)}; memory ${before.toFixed(0)} to ${after.toFixed(0)} MiB`,
      );
      expect(reached.length).toBeLessThanOrEqual(5);
      expect(new Set(reached).size).toBe(reached.length);
      expect(halted).not.toBeNull();
      expect(counts.signals).toBe(wanted);
      expect(after - before).toBeLessThan(150);
      expect(await peer.ask(signal('RUNAWAY', token, { signal_id: 'HALTED' }))).toMatchObject({
        code: 'engine_halted',
      });
      await app.client.call('resumeEngine', { name: 'RUNAWAY' });
      await app.client.call('updateEngine', { name: 'RUNAWAY', changes: { tradesPerMinute: null } });
      expect(await peer.ask(signal('RUNAWAY', token, { signal_id: 'RESUMED' }))).toMatchObject({
        type: 'trade_result',
      });
    },
  );
});

describe('clients that connect and vanish', () => {
  const wanted = times(1_000, 10_000);

  it('leave nothing behind', { timeout: timeLimit(wanted, 20) }, async () => {
    const app = await GatewayApp.open(undos);
    const token = await app.engine('VENOM');
    const port = Number(app.gateway.split(':').at(-1));
    const files = filesOf(app.pid);
    const memory = memoryOf(app.pid);
    const venom = new Peer(undos, app.gateway);
    for (let count = 0; count < wanted; count += 50) {
      await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          if (index % 5 === 0) {
            const dealer = new Dealer({ linger: 0 });
            dealer.connect(app.gateway);
            await dealer.send(JSON.stringify(signal('VENOM', 'wrong', { signal_id: `V${String(count + index)}` })));
            dealer.close();
            return;
          }
          await vanish(port, index);
        }),
      );
      await venom.ask({ type: 'ping', engine: 'VENOM', token });
    }
    await until(() => filesOf(app.pid) < files + 20, 'their connections are gone', 30_000);
    await works(app, 'AFTER');
    say(
      `vanishing: ${String(wanted)} clients, files ${String(files)} to ${String(filesOf(app.pid))}, memory ${memory.toFixed(0)} to ${memoryOf(app.pid).toFixed(0)} MiB, 0 orders of theirs`,
    );
    expect(await app.reached()).toEqual(['AFTER']);
  });
});

/** A connection that says nothing, or half of a greeting, and ends in one of two ways. */
function vanish(port: number, kind: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.once('close', () => {
      resolve();
    });
    socket.once('connect', () => {
      if (kind % 3 === 0) socket.write(Buffer.from('ff00000000000000017f', 'hex'));
      if (kind % 2 === 0) socket.resetAndDestroy();
      else socket.destroy();
    });
  });
}

describe('raw HTTP', () => {
  const wanted = times(100, 5_000);

  it('on every ZeroMQ port harms nothing', { timeout: timeLimit(wanted, 10) }, async () => {
    const app = await GatewayApp.open(undos);
    const { bridges } = await app.app.ready;
    const endpoints = [app.gateway, app.publish, ...bridges.flatMap(({ command, telemetry }) => [command, telemetry])];
    for (let count = 0; count < wanted; count += 1) {
      await Promise.all(endpoints.map((endpoint) => http(Number(endpoint.split(':').at(-1)))));
    }
    await works(app, 'AFTER');
    say(`HTTP: ${String(wanted)} requests on each of ${String(endpoints.length)} ports, 0 crashes, 0 orders`);
    expect(await app.reached()).toEqual(['AFTER']);
  });
});

function http(port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.setTimeout(200, () => socket.destroy());
    socket.once('close', () => {
      resolve();
    });
    socket.on('data', () => undefined);
    socket.end('POST /api/fire HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}');
  });
}

describe('oversize and multipart frames', () => {
  const wanted = times(50, 1_000);

  it('are refused, or end their connection', { timeout: timeLimit(wanted, 50) }, async () => {
    const app = await GatewayApp.open(undos);
    const token = await app.engine('VENOM');
    const peer = new Peer(undos, app.gateway, false);
    const whole = JSON.stringify(signal('VENOM', token));
    for (let count = 0; count < wanted; count += 1) {
      await peer.send(JSON.stringify(signal('VENOM', token, { note: 'x'.repeat(20_000) })));
      await peer.send([whole, whole]);
      await peer.send([whole.slice(0, 50), whole.slice(50)]);
      await peer.send(['', whole, '']);
    }
    await until(() => peer.count === wanted * 4, 'all are answered');
    const huge = new Peer(undos, app.gateway, false);
    await huge.send(Buffer.alloc(3 * 1024 * 1024, 0x7b));
    await wait(300);
    await works(app, 'AFTER');
    say(`oversize and multipart: ${String(wanted * 4)} frames and one of 3 MiB, all refused, 0 orders`);
    expect([...peer.kinds]).toEqual([['invalid_request', wanted * 4]]);
    expect(huge.count).toBe(0);
    expect(await app.reached()).toEqual(['AFTER']);
  });
});

describe('the same ID from two engines', () => {
  const wanted = times(100, 2_000);

  it('is one order', { timeout: timeLimit(wanted, 50) }, async () => {
    const app = await GatewayApp.open(undos);
    const tokens = { VENOM: await app.engine('VENOM'), CITADEL: await app.engine('CITADEL') };
    const peers = { VENOM: new Peer(undos, app.gateway), CITADEL: new Peer(undos, app.gateway) };
    let both = 0;
    for (let count = 0; count < wanted; count += 1) {
      const signal_id = `S${String(count)}`;
      const replies = await Promise.all(
        (['VENOM', 'CITADEL'] as const).map((name) => peers[name].ask(signal(name, tokens[name], { signal_id }))),
      );
      const kinds = replies.map(({ type, code }) => code ?? type).sort();
      expect(kinds).toEqual(['duplicate_id', 'trade_result']);
      both += 1;
    }
    const reached = await app.reached();
    say(
      `same ID from two engines: ${String(both)} pairs, ${String(reached.length)} orders, ${String(reached.length - new Set(reached).size)} twice`,
    );
    expect(reached).toHaveLength(wanted);
    expect(new Set(reached).size).toBe(wanted);
  });
});

describe('stops that can be misread', () => {
  it('are refused with the name of the field', async () => {
    const app = await GatewayApp.open(undos);
    const token = await app.engine('VENOM');
    const peer = new Peer(undos, app.gateway);
    const cases: [Record<string, unknown>, string][] = [
      [{ sl: 20, stop_pips: 3 }, 'stop_pips'],
      [{ sl_pips: 20, stop_pips: 21 }, 'stop_pips'],
      [{ sl: undefined, stop_loss: 2330 }, 'stop_loss'],
      [{ tp: undefined, take_profit: 2360 }, 'take_profit'],
      [{ sl: undefined, stop_pips: 20 }, 'stop_pips'],
      [{ sl_usd: 1 }, 'sl_usd'],
      [{ sl: null }, 'sl'],
      [{ sl: undefined }, 'sl'],
      [{ tp: '40' }, 'tp'],
      [{ sl: 20.5 }, '20.5'],
      [{ sl: -20 }, 'sl'],
    ];
    for (const [index, [changes, field]] of cases.entries()) {
      const reply = await peer.ask(signal('VENOM', token, { signal_id: `C${String(index)}`, ...changes }));
      expect(reply, JSON.stringify(changes)).toMatchObject({ type: 'refused' });
      expect(reply['reason'], JSON.stringify(changes)).toContain(field);
    }
    say(
      `stops that can be misread: ${String(cases.length)} of ${String(cases.length)} refused with the field's name, 0 orders`,
    );
    expect(await app.reached()).toEqual([]);
  });
});

describe('a subscriber that never reads', () => {
  const orders = times(30, 500);

  it('slows nothing, and memory stays', { timeout: timeLimit(orders, 200) }, async () => {
    const app = await GatewayApp.open(undos);
    const token = await app.engine('VENOM');
    const venom = new Peer(undos, app.gateway);
    const reader = new Subscriber({ receiveHighWaterMark: 0, linger: 0 });
    undos.add(() => {
      reader.close();
    });
    reader.connect(app.publish);
    reader.subscribe();
    let read = 0;
    void (async () => {
      try {
        for await (const message of reader) read += message.length;
      } catch {
        // The socket was closed.
      }
    })();
    // ZMTP by hand: a SUB that subscribes to everything and never reads again.
    const deaf = await deafSubscriber(Number(app.publish.split(':').at(-1)));
    undos.add(() => deaf.destroy());
    const { bridges } = await app.app.ready;
    await until(() => read > 0, 'the reader hears');
    const before = memoryOf(app.pid);
    const took: number[] = [];
    for (let count = 0; count < orders; count += 1) {
      const at = performance.now();
      expect(await venom.ask(signal('VENOM', token, { signal_id: `D${String(count)}` }))).toMatchObject({
        type: 'trade_result',
      });
      took.push(performance.now() - at);
    }
    const after = memoryOf(app.pid);
    say(
      `deaf subscriber: ${String(orders)} orders p99 ${p99(took).toFixed(1)} ms, another subscriber read ${String(read)} messages, memory ${before.toFixed(0)} to ${after.toFixed(0)} MiB on ${String(bridges.length)} bridge`,
    );
    // Two states of each order and its result, at least.
    expect(read).toBeGreaterThanOrEqual(orders * 3);
    expect(after - before).toBeLessThan(100);
  });
});

/** Shakes hands as a SUB, subscribes to everything, and stops reading. */
function deafSubscriber(port: number): Promise<net.Socket> {
  const greeting = Buffer.alloc(64);
  greeting.write('ff00000000000000017f0300', 'hex');
  greeting.write('NULL', 12, 'latin1');
  const ready = Buffer.concat([
    Buffer.from([4, 25, 5]),
    Buffer.from('READY'),
    Buffer.from([11]),
    Buffer.from('Socket-Type'),
    Buffer.from([0, 0, 0, 3]),
    Buffer.from('SUB'),
  ]);
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.write(greeting);
      socket.write(ready);
      socket.write(Buffer.from([0, 1, 1]));
      socket.pause();
      resolve(socket);
    });
  });
}
