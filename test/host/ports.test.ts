import { createServer, type AddressInfo, type Server } from 'node:net';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { loadConfig } from '../../src/host/config/config.ts';
import { linkSettings } from '../../src/host/bridges/linkSettings.ts';
import { parseStartOptions } from '../../src/host/config/serveFlags.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { startServe, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';

const undos: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

const host = '127.0.0.1';
const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));

async function holdPort(): Promise<{ port: number; free: () => Promise<void> }> {
  const server: Server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  const free = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => {
        resolve();
      });
    });
  undos.push(free);
  return { port: (server.address() as AddressInfo).port, free };
}

async function open(flags: string[] = [], dataDir = tempDir().path): Promise<{ serving: Serving; client: ApiClient }> {
  const serving = await startServe(flags, dataDir);
  undos.push(() => serving.end('SIGKILL'));
  const client = connectApi(await connectControlSocket(dataFolder(serving.dataDir, { create: false })));
  undos.push(() => {
    client.close();
    return Promise.resolve();
  });
  return { serving, client };
}

describe('the ports of a bridge', () => {
  it('are told free, taken by another program, or its own', async () => {
    const { serving, client } = await open();
    const { port: taken } = await holdPort();
    const { port: freed, free } = await holdPort();
    await free();
    const own = portOf(serving.bridge().command);
    const web = Number(new URL(serving.ready.dashboard ?? '').port);
    const answer = await client.call('checkPorts', { host, ports: [taken, freed, own, web] });
    expect(answer).toEqual([
      {
        port: taken,
        state: 'taken',
        reason: `Port ${String(taken)} is in use by another program. Choose another, or stop that program.`,
      },
      { port: freed, state: 'free', reason: null },
      { port: own, state: 'own', reason: null },
      { port: web, state: 'own', reason: null },
    ]);
  });

  it('are no address of another machine', async () => {
    const { client } = await open();
    const [answer] = await client.call('checkPorts', { host: '192.0.2.1', ports: [5555] });
    expect(answer).toMatchObject({ state: 'taken', reason: '192.0.2.1 is no address of this machine.' });
  });

  it('are refused where two flows would share one, or the world could connect', async () => {
    const { client } = await open();
    const update = (changes: object): Promise<null> => client.call('updateBridge', { bridge: 'main', changes });
    await expect(update({ telemetryPort: 5555 })).rejects.toThrow(/Commands and telemetry can't both be on port 5555/);
    await expect(update({ host: '0.0.0.0' })).rejects.toThrow(/name the terminals that may connect/);
    await expect(update({ feedbackPattern: 'req' })).rejects.toThrow(/needs a port of its own/);
  });

  it('hold from the next start on, unless a flag says otherwise', async () => {
    const { port, free } = await holdPort();
    await free();
    const { path } = tempDir();
    const { serving, client } = await open([], path);
    await client.call('updateBridge', { bridge: 'main', changes: { commandPort: port } });
    const { state } = await client.call('snapshot', null);
    expect(state.bridges[0]).toMatchObject({ commandPort: port, startFlags: ['--command-port', '--telemetry-port'] });
    expect(portOf(serving.bridge().command)).not.toBe(port);

    const { bridge } = loadConfig(path);
    expect(linkSettings(parseStartOptions([]), bridge)).toMatchObject({ commandPort: port, telemetryPort: 5556 });
    expect(linkSettings(parseStartOptions(['--command-port', '7']), bridge)).toMatchObject({ commandPort: 7 });
  });
});

describe('a start', () => {
  it('says which settings of the sockets do not go together', async () => {
    const { path } = tempDir();
    writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: { feedbackPattern: 'req' } }));
    await expect(startServe([], path)).rejects.toThrow(/Feedback by REQ and REP needs a port of its own/);
  });
});
