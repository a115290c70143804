import { once } from 'node:events';
import { WebSocket } from 'ws';
import { afterEach, expect, it } from 'vitest';
import type { Snapshot } from '../../src/api/state/events.ts';
import { messageBytes } from '../../src/host/servers/messageBytes.ts';
import { seededRandom } from '../../src/paper/random.ts';
import { unknownSymbol, type SymbolSpec } from '../../src/domain/market/symbolSpec.ts';
import { startServe, type Serving } from '../support/processes.ts';
import { Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';

const undos = new Undos();
afterEach(() => undos.all());

const wanted = times(80, 20_000);
const tables = times(3, 600);

/** Sizes at which a limit of before stood, stands, or could. */
const edges = [64 * 1024, 64 * 1024, 1024 * 1024, 1024 * 1024, messageBytes.most];
/** One in so many messages is far larger than all that is allowed. */
const hugeEach = 40;
const hugeBytes = 16 * 1024 * 1024;
const tooLarge = 'The message is too large, so nothing was done: 4 MiB is the most.';

interface Answer {
  type: 'reply' | 'error';
  id: number | null;
  output?: unknown;
  error?: { code: string; message: string };
}

interface Talk {
  /** Sends one message and waits for what is answered. */
  ask: (text: string | Buffer) => Promise<Answer>;
  call: (name: string, input: unknown) => Promise<Answer>;
  lost: () => boolean;
}

async function talkTo(app: Serving): Promise<Talk> {
  const { origin, searchParams } = new URL(app.ready.dashboard ?? '');
  const session = await fetch(`${origin}/session`, {
    method: 'POST',
    body: searchParams.get('launch'),
    headers: { origin },
  });
  const cookie = session.headers.get('set-cookie')?.split(';')[0] ?? '';
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws`, { headers: { origin, cookie } });
  undos.add(() => {
    socket.terminate();
  });
  await once(socket, 'open');
  let id = 0;
  let settle: { resolve: (answer: Answer) => void; reject: (why: Error) => void } | null = null;
  socket.on('message', (data: Buffer) => settle?.resolve(JSON.parse(data.toString()) as Answer));
  socket.on('close', (code) => settle?.reject(new Error(`The connection was closed (${String(code)}).`)));
  const ask = (message: string | Buffer): Promise<Answer> =>
    new Promise((resolve, reject) => {
      settle = { resolve, reject };
      socket.send(message);
    });
  return {
    ask,
    call: (name, input) => ask(JSON.stringify({ type: 'call', id: (id += 1), name, input })),
    lost: () => socket.readyState !== WebSocket.OPEN,
  };
}

it('messages of every size are answered, and no connection is lost', { timeout: timeLimit(wanted, 400) }, async () => {
  const app = await startServe();
  undos.add(() => app.end('SIGKILL'));
  const talk = await talkTo(app);
  const random = seededRandom(4);
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  /** Mostly within some bytes of an edge, or anywhere between. */
  const sizeOf = (): number => {
    if (below(hugeEach) === 0) return below(hugeBytes);
    return random() < 0.7 ? pick(edges) + below(9) - 4 : below(2 * pick(edges));
  };
  const fill = (bytes: number): string => {
    const sign = pick(['x', 'é', '€', '"', '\\', '{']);
    const each = Buffer.byteLength(JSON.stringify(sign)) - 2;
    return `${sign.repeat(Math.floor(bytes / each))}${'x'.repeat(bytes % each)}`;
  };
  /** A call whose number stands before or behind what is large, what is no call, and bytes. */
  const kinds: ((bytes: number, id: number) => string | Buffer)[] = [
    (bytes, id) =>
      padded((text) => JSON.stringify({ type: 'call', id, name: 'reportProblem', input: { text } }), bytes),
    (bytes, id) => padded((text) => JSON.stringify({ type: 'call', name: 'settle', input: { text }, id }), bytes),
    (bytes) => padded((text) => JSON.stringify({ type: 'nothing', text }), bytes),
    (bytes) => 'x'.repeat(bytes),
    (bytes) => Buffer.alloc(bytes, 1),
  ];
  const padded = (wrap: (text: string) => string, bytes: number): string =>
    wrap(fill(Math.max(0, bytes - Buffer.byteLength(wrap('')))));

  let [answered, refused] = [0, 0];
  for (let count = 1; count <= wanted; count += 1) {
    const message = pick(kinds)(sizeOf(), count);
    const large = Buffer.byteLength(message) > messageBytes.most;
    const { error } = await talk.ask(message);
    expect(error?.message.startsWith(tooLarge) ?? false).toBe(large);
    answered += 1;
    if (large) refused += 1;
  }
  expect(Math.min(refused, answered - refused)).toBeGreaterThan(0);
  expect(talk.lost()).toBe(false);

  let saved = 0;
  for (let table = 0; table < tables; table += 1) {
    const symbols = tableOf(table === 0 ? 1_000 : 1 + below(1_000), `T${String(table)}_`);
    const { type } = await talk.call('updateBridge', { bridge: 'main', changes: { symbols } });
    const { output } = await talk.call('snapshot', null);
    const kept = (output as Snapshot).state.bridges.find(({ id }) => id === 'main')?.symbols;
    expect([type, kept]).toEqual(['reply', symbols]);
    saved += 1;
  }
  const more = await talk.call('updateBridge', { bridge: 'main', changes: { symbols: tableOf(1_001, 'X') } });
  expect(more.error?.code).toBe('invalid_input');
  expect(talk.lost()).toBe(false);
  expect(app.output.stderr).not.toMatch(/because of a bug|came past every guard/);
  say(
    `message sizes: ${String(answered)} messages of up to 16 MiB, ${String(refused)} refused by a sentence, ${String(saved)} tables of up to 1,000 symbols saved, 0 connections lost`,
  );
  expect((await app.end()).code).toBe(0);
});

/** Names of the greatest length that one may have. */
function tableOf(count: number, prefix: string): SymbolSpec[] {
  return Array.from({ length: count }, (_, index) => {
    const symbol = `${prefix}${String(index)}`.padEnd(31, 'x');
    return { ...unknownSymbol(symbol), point: 0.01, pip: 0.1, digits: 2, contractSize: 100, quoteCurrency: 'USD' };
  });
}
