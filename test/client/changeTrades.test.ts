import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import {
  cancelZmqOrder,
  closeZmqPosition,
  executeZmqFire,
  type FireOptions,
  type Listed,
  type ListedPosition,
  listZmqDeals,
  listZmqOrders,
  listZmqPositions,
  modifyZmqTrade,
  queryZmqOrder,
} from '../../src/client/client.ts';
import { addEngine } from '../support/engines.ts';
import { run, startPaper, startServe, type Finished, type Running, type Serving } from '../support/processes.ts';
import { python } from '../support/pythonPeer.ts';
import { until } from '../support/until.ts';

// Both clients close, modify and list what their engine has opened, at a desk with the paper EA of protocol 8.

const running: Pick<Running, 'end'>[] = [];
let serving: Serving;
let venom: FireOptions;
let other: FireOptions;

// A build that is under way is no part of a test's time.
beforeAll(ensureBuild, 120_000);

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(): Promise<void> {
  serving = await startServe(['--armed', '--no-http']);
  running.push(serving, startPaper(serving.bridge(), '--dialect', '8'));
  const endpoint = serving.ready.gateway ?? '';
  const engine = async (name: string): Promise<FireOptions> => ({
    ...{ engine: name, endpoint, token: await addEngine(serving, name, '--mode', 'auto', '--halt-after', 'none') },
  });
  venom = await engine('VENOM');
  other = await engine('OTHER');
}

async function listed(options: FireOptions): Promise<Listed<ListedPosition> | null> {
  const page = await listZmqPositions(options);
  return page.state === 'listed' ? page : null;
}

/** Buys gold as VENOM. @returns the position as its engine sees it */
async function bought(signalId: string): Promise<ListedPosition> {
  const signal = { action: 'buy', symbol: 'XAUUSD', lot: 0.1, stop_loss: 2000, take_profit: 4000 } as const;
  await until(
    async () => (await executeZmqFire({ ...signal, signal_id: signalId }, venom)).state === 'filled',
    'gold is bought',
    20_000,
  );
  return until(
    async () => (await listed(venom))?.entries.find((each) => each.signal_id === signalId) ?? null,
    'it is listed',
  );
}

/** Runs the client's own command line in Python. */
async function client(args: string[], { engine, token, endpoint = '' } = venom): Promise<[Finished['code'], unknown]> {
  const [command = '', ...rest] = args;
  const started = run(['clients/python/bitten_desk.py', command, engine, '--endpoint', endpoint, ...rest], {
    ...{ program: python ?? '', env: { BITTEN_TOKEN: token, PYTHONDONTWRITEBYTECODE: '1' } },
  });
  running.push(started);
  const { code, stdout, stderr } = await started.finished;
  if (stderr !== '') throw new Error(stderr);
  return [code, JSON.parse(stdout)];
}

describe('the client in TypeScript', () => {
  it('lists, modifies, closes a part and the rest of what its engine has opened, each once, and nothing of others', async () => {
    await start();
    const { position } = await bought('V1');
    expect((await listed(venom))?.entries).toMatchObject([
      { position, own: true, opened_by: 'engine VENOM', sl: 2000 },
    ]);
    expect((await listed(other))?.entries).toEqual([]);
    expect(await closeZmqPosition({ signal_id: 'X1', position }, other)).toMatchObject({
      ...{ state: 'refused', code: 'not_found' },
    });
    const stops = { signal_id: 'M1', position, sl_price: 2001 };
    expect(await modifyZmqTrade(stops, venom)).toMatchObject({ state: 'filled', signalId: 'M1' });
    await until(async () => (await listed(venom))?.entries[0]?.sl === 2001, 'the stop is listed');
    const part = { signal_id: 'C1', position, lot: 0.04 };
    const outcome = await closeZmqPosition(part, venom);
    expect(outcome).toMatchObject({ state: 'filled', tradedLot: 0.04 });
    expect(await closeZmqPosition(part, venom)).toEqual(outcome);
    expect(await queryZmqOrder('C1', venom)).toEqual(outcome);
    expect(await closeZmqPosition({ ...part, lot: 0.05 }, venom)).toMatchObject({ code: 'duplicate_id' });
    await until(async () => (await listed(venom))?.entries[0]?.lots === 0.06, 'the rest is listed');
    expect(await closeZmqPosition({ signal_id: 'C2', position }, venom)).toMatchObject({ state: 'filled' });
    await until(async () => (await listed(venom))?.entries.length === 0, 'it is gone');
    const deals = await until(async () => {
      const page = await listZmqDeals({ ...venom, since: Date.now() - 86_400_000 });
      return page.state === 'listed' && page.entries.length === 2 ? page.entries : null;
    }, 'its deals are listed');
    expect(deals).toMatchObject([
      { position, lots: 0.06, own: true, closed_by: 'engine VENOM' },
      { position, lots: 0.04 },
    ]);
    expect(await listZmqOrders(venom)).toMatchObject({ state: 'listed', entries: [], next: null });
    expect(await cancelZmqOrder({ signal_id: 'K1', order: '99' }, venom)).toMatchObject({ code: 'not_found' });
    expect(await listZmqPositions({ ...venom, limit: 101 })).toMatchObject({
      state: 'refused',
      code: 'invalid_request',
    });
    expect(await listZmqPositions({ ...venom, token: 'wrong' })).toMatchObject({ code: 'unauthorized' });
  });

  it('and others at the same moment close a position once', async () => {
    await start();
    await serving.cli('engines', 'limit', 'OTHER', '--change-others');
    const { position } = await bought('V1');
    const [one, two, person] = await Promise.all([
      closeZmqPosition({ signal_id: 'C1', position, lot: 0.06 }, venom),
      closeZmqPosition({ signal_id: 'C2', position, lot: 0.06 }, other),
      serving.cli('close', position, '--lot', '0.06', '--id', 'C3'),
    ]);
    const isDone = [one.state === 'filled', two.state === 'filled', person.code === 0];
    expect(isDone.filter(Boolean)).toHaveLength(1);
    const left = await until(
      async () => (await listed(venom))?.entries.find(({ lots }) => lots < 0.1),
      'it is smaller',
    );
    expect(left).toMatchObject({ position, lots: 0.04 });
  });

  it('hears that a stop loss which moves away waits for a person', async () => {
    await start();
    const { position } = await bought('V1');
    const acks: unknown[] = [];
    const asked = { signal_id: 'M1', position, sl_price: 1990 };
    const outcome = modifyZmqTrade(asked, { ...venom, timeoutMs: 20_000, onAck: (ack) => acks.push(ack) });
    await until(() => acks.length === 1, 'a person is asked');
    expect(acks).toMatchObject([{ state: 'waiting' }]);
    const { stdout } = await serving.cli('inbox', 'list');
    expect(stdout).toMatch(/modify position \d+, stop loss 1990.*would move away from the price, from 2000 to 1990/s);
    await serving.cli('inbox', 'fire', '1', '--yes');
    expect(await outcome).toMatchObject({ state: 'filled', signalId: 'M1' });
  });
});

describe.skipIf(python === null)('the client in Python', () => {
  it('lists, modifies and closes on its command line, each once; port 5560 tells of it, and so does the export', async () => {
    await start();
    const subscriber = run(['-c', subscribe, serving.ready.publish ?? ''], { program: python ?? '' });
    running.push(subscriber);
    await until(() => subscriber.output.stdout.includes('"type"'), 'the subscriber hears');
    const { position } = await bought('V1');
    expect(await client(['positions'])).toMatchObject([0, { type: 'positions', positions: [{ position, own: true }] }]);
    expect(await client(['positions'], other)).toMatchObject([0, { positions: [], next: null }]);
    expect(await client(['close', 'signal_id=X1', `position=${position}`], other)).toMatchObject([
      2,
      { code: 'not_found' },
    ]);
    expect(await client(['modify', 'signal_id=M1', `position=${position}`, 'sl_price=2001'])).toMatchObject([
      ...[0, { type: 'trade_result', action: 'modify_position', position }],
    ]);
    const closed = [0, { type: 'trade_result', signal_id: 'C1', position, action: 'close_position' }];
    expect(await client(['close', 'signal_id=C1', `position=${position}`])).toMatchObject(closed);
    expect(await client(['close', 'signal_id=C1', `position=${position}`])).toMatchObject(closed);
    expect(await client(['order', 'C1'])).toMatchObject(closed);
    expect(await client(['cancel', 'signal_id=K1', 'order=99'])).toMatchObject([2, { code: 'not_found' }]);
    expect(await client(['orders', '--limit', '5'])).toMatchObject([0, { orders: [] }]);
    expect(await client(['deals'], { ...venom, token: 'wrong' })).toMatchObject([5, { code: 'unauthorized' }]);
    await until(async () => {
      const [, answer] = await client(['deals', '--limit', '1', '--since', '1']);
      return (answer as { deals: unknown[] }).deals.length === 1;
    }, 'its deal is listed');
    const told = subscriber.output.stdout
      .split('\n')
      .filter((line) => line.includes('"C1"') && line.includes('"type": "order"'))
      .map((line) => (JSON.parse(line) as { order: unknown }).order);
    expect(told).toMatchObject([
      { action: 'close_position', position, source: 'engine VENOM', state: 'sent' },
      { action: 'close_position', position, state: 'filled' },
    ]);
    const { stdout } = await serving.cli('export', '--kind', 'orders', '--format', 'ndjson');
    expect(stdout.split('\n').find((line) => line.includes('"C1"'))).toContain('close_position');
  });
});

const subscribe = `
import json, sys, zmq
socket = zmq.Context().socket(zmq.SUB)
socket.setsockopt(zmq.SUBSCRIBE, b"")
socket.connect(sys.argv[1])
while True:
    print(json.dumps(json.loads(socket.recv())), flush=True)
`;
