import { createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { compileMql5 } from './compile.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { startTerminal, type Terminal, type TerminalOptions } from './terminal.ts';

// Events and sockets as MetaTrader has them (rules E1 to E8).

const running: Terminal[] = [];
const servers: Server[] = [];
const peers: Socket[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
  for (const peer of peers.splice(0)) peer.destroy();
  for (const server of servers.splice(0)) server.close();
});
async function start(options: TerminalOptions = {}): Promise<Terminal> {
  const terminal = startTerminal(await compileMql5(join(import.meta.dirname, 'fixtures', 'EventShell.mq5')), options);
  running.push(terminal);
  return terminal;
}
async function listen(): Promise<{ port: number; received: () => string; peer: () => Promise<Socket> }> {
  let received = '';
  const server = createServer((peer) => {
    peers.push(peer);
    peer.on('error', () => undefined);
    peer.on('data', (data) => (received += data.toString()));
  }).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    port: address.port,
    received: () => received,
    peer: async () => {
      await expect.poll(() => peers.length).toBe(1);
      const [first] = peers;
      if (first === undefined) throw new Error('Nobody has connected.');
      return first;
    },
  };
}
const rows = (terminal: Terminal, kind: string): string[] => terminal.lines().filter((line) => line.startsWith(kind));

describe.skipIf(skipsWithoutCompiler())('events', { timeout: 180_000 }, () => {
  it('a timer comes every 10 ms at best, and not twice for the time that a handler blocked', async () => {
    const ea = await start({ inputs: { TimerMs: 1, BlockMs: 200 } });
    await ea.printed('TIMER 6');
    const waits = rows(ea, 'TIMER').map((line) => Number(line.split(' ')[3]));
    expect(waits[1]).toBeGreaterThanOrEqual(200);
    // One was queued while the handler blocked, the next one is on time again.
    const rest = waits.slice(3).reduce((sum, each) => sum + each, 0);
    expect(rest).toBeGreaterThanOrEqual(25);
  });

  it('a change of the chart runs OnDeinit and OnInit with globals kept, and reads the inputs anew', async () => {
    const ea = await start({ inputs: { Name: 'one' } });
    await ea.printed('INIT 1 one');
    await ea.control('event chartchange', 'input Name two words', 'event parameters');
    await ea.printed('INIT 3 two words');
    expect([...rows(ea, 'INIT'), ...rows(ea, 'DEINIT')]).toEqual([
      'INIT 1 one',
      'INIT 2 two words',
      'INIT 3 two words',
      'DEINIT 3 3',
      'DEINIT 5 5',
    ]);
    await ea.control('event remove');
    expect((await ea.finished).code).toBe(0);
    expect(rows(ea, 'DEINIT').at(-1)).toBe('DEINIT 1 1');
  });

  it('the first OnInit can run twice, with and without OnDeinit', async () => {
    for (const [kind, deinits] of [
      ['plain', 0],
      ['deinit', 1],
    ] as const) {
      const ea = await start({ switches: { DOUBLE_INIT: kind } });
      await ea.printed('INIT 2');
      expect(rows(ea, 'DEINIT')).toHaveLength(deinits);
    }
  });

  it('SIGTERM closes the terminal, with a reason and a carriage return in inputs from a set file', async () => {
    const ea = await start({ switches: { INPUT_CR: 1 } });
    await ea.printed('INIT 1');
    expect((await ea.end()).code).toBe(0);
    expect(ea.output.stdout).toContain('INIT 1 first\r\n');
    expect(rows(ea, 'DEINIT')).toEqual(['DEINIT 9 9']);
  });

  it('quotes make ticks', async () => {
    const ea = await start();
    await ea.printed('TIMER 1');
    expect(rows(ea, 'TICK')).toEqual([]);
    await ea.control('price EURUSD 1.1 1.1001');
    await ea.printed('TICK true');
    await ea.control('price XAUUSD 2400 2401');
    expect(rows(ea, 'TICK')).toHaveLength(1);
  });
});

describe.skipIf(skipsWithoutCompiler())('sockets', { timeout: 180_000 }, () => {
  it('send nothing in the step of connecting, and all of it in the next', async () => {
    const server = await listen();
    const ea = await start({ inputs: { Port: server.port } });
    await expect.poll(server.received).toBe('hello');
    expect(rows(ea, 'sent')).toEqual(['sent -1 5273', 'sent 5 0']);
    (await server.peer()).end('bye');
    await ea.printed('closed by the peer');
    expect(ea.lines()).toContain('read bye');
  });

  it('say a phantom byte, send in parts, read in fragments and notice a close late, where a switch says so', async () => {
    const server = await listen();
    const switches = {
      SOCKET_PHANTOM: 1,
      SOCKET_PARTIAL: 2,
      SOCKET_FRAGMENT: 1,
      SOCKET_SEND_AT_ONCE: 1,
      SOCKET_LATE_CLOSE: 1,
    };
    const ea = await start({ inputs: { Port: server.port }, switches });
    await ea.printed('nothing in 1');
    expect(rows(ea, 'sent')).toEqual(['sent 2 0']);
    (await server.peer()).end('ab');
    await ea.printed('read b');
    expect(rows(ea, 'read')).toEqual(['read a', 'read b']);
    await wait(50);
    expect(rows(ea, 'closed')).toEqual([]);
  });

  it('are refused where the address is not in the list, where nobody listens, and beyond 128', async () => {
    const server = await listen();
    const refused = await start({
      inputs: { Port: server.port },
      switches: { SOCKET_REFUSED: `1,${String(server.port)}` },
    });
    expect(await refused.printed('connected')).toBe('connected false 4014');
    const many = await start({ inputs: { Port: server.port, Sockets: 129 } });
    expect(await many.printed('created')).toBe('created false 5271');
    servers[0]?.close();
    await new Promise((resolve) => servers[0]?.once('close', resolve));
    const nobody = await start({ inputs: { Port: server.port } });
    expect(await nobody.printed('connected')).toBe('connected false 5272');
  });
});
