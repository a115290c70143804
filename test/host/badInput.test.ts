import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { Context, Pull, Push } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi } from '../../src/api/rpc/connectApi.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const randomFrames = 100_000;
const running: Running[] = [];
const closers: (() => void)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function bridgeOf(serving: Serving): Promise<BridgeState> {
  const { stdout } = await serving.cli('status', '--json');
  const [bridge] = (JSON.parse(stdout) as { bridges: BridgeState[] }).bridges;
  if (bridge === undefined) throw new Error('No bridge');
  return bridge;
}

/** A running app whose bridge takes the paper EA and one more peer on its telemetry port. */
async function serveWithEa(): Promise<Serving> {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: { telemetryPeers: 2 } }));
  const serving = await startServe(['--armed'], path);
  running.push(serving, startPaper(serving.bridge()));
  await until(async () => (await bridgeOf(serving)).obstacle === null, 'the EA is ready');
  return serving;
}

function socketOf<S extends Push | Pull>(make: (context: Context) => S, endpoint: string): S {
  const context = new Context();
  context.blocky = false;
  const socket = make(context);
  socket.connect(endpoint);
  closers.push(() => {
    socket.close();
  });
  return socket;
}

/** Fixtures name accounts of their own: where one was read as now, trading waits for a person, as it should. */
async function acceptAccount(serving: Serving): Promise<void> {
  const { accountProblem, armed } = await bridgeOf(serving);
  if (armed) return;
  const client = connectApi(await connectControlSocket(dataFolder(serving.dataDir, { create: false })));
  if (accountProblem?.kind === 'changed') {
    await client.call('acceptAccount', { bridge: 'main', account: accountProblem.now });
  }
  await client.call('arm', { bridge: 'main' });
  client.close();
}

/** The app still does its job: lamps live, an order is filled. */
async function expectUnharmed(serving: Serving): Promise<void> {
  expect(serving.child.exitCode).toBeNull();
  const { channels } = await bridgeOf(serving);
  expect([channels.command.state, channels.telemetry.state, channels.feedback.state]).toEqual(['live', 'live', 'live']);
  const { code, stdout } = await serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl');
  expect([code, stdout]).toEqual([0, expect.stringContaining('filled')]);
}

describe('bad input harms nobody, is counted and can be read', () => {
  it(`every fixture, a 16 MiB frame and ${String(randomFrames)} random frames from a peer`, async () => {
    const serving = await serveWithEa();
    const fixtures = readFileSync(new URL('../fixtures/ea-frames.ndjson', import.meta.url), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { frame_base64: string; kind: string });
    const peer = socketOf((context) => new Push({ context, linger: 0 }), serving.bridge().telemetry);
    for (const { frame_base64 } of fixtures) await peer.send(Buffer.from(frame_base64, 'base64'));
    await peer.send(Buffer.alloc(16 * 1024 * 1024));
    for (let sent = 0; sent < randomFrames; sent += 1) await peer.send(randomBytes(sent % 200));
    const malformed = fixtures.filter(({ kind }) => kind === 'malformed').length + 1 + randomFrames;

    let counted = 0;
    await until(
      async () => {
        counted = (await bridgeOf(serving)).unreadable;
        return counted >= malformed;
      },
      'all are counted',
      60_000,
    ).catch((error: unknown) => {
      throw new Error(`Counted ${String(counted)} of ${String(malformed)}.`, { cause: error });
    });
    process.stdout.write(`sent ${String(malformed)} malformed frames, counted ${String(counted)}\n`);
    expect(counted).toBe(malformed);
    await acceptAccount(serving);
    await expectUnharmed(serving);
  }, 120_000);

  it('an HTTP client and a port scanner on both ports, a PULL on the telemetry port', async () => {
    const serving = await serveWithEa();
    const { command, telemetry } = serving.bridge();
    for (const endpoint of [command, telemetry]) {
      const port = Number(endpoint.split(':').at(-1));
      for (const bytes of ['GET / HTTP/1.1\r\nHost: x\r\n\r\n', '']) {
        const socket = net.connect(port, '127.0.0.1', () => (bytes === '' ? socket.destroy() : socket.write(bytes)));
        socket.on('error', () => undefined);
        closers.push(() => socket.destroy());
      }
    }
    const wrong = socketOf((context) => new Pull({ context, linger: 0 }), telemetry);
    const log = () => readFileSync(join(serving.dataDir, 'logs', 'bitten-desk.log'), 'utf8');
    await until(
      () => [command, telemetry].every((each) => log().includes(`is no EA connected to ${each}`)),
      'the log tells of both ports',
    );
    wrong.close();
    await until(async () => (await bridgeOf(serving)).secondPeer === null, 'no second EA is suspected');
    await expectUnharmed(serving);
  });
});
