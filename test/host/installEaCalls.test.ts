import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { fakeTerminal, leaveEa } from '../support/fakeTerminal.ts';
import { shippedEa } from '../support/shippedEa.ts';
import { isAlive } from '../support/isAlive.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];
const clients: ApiClient[] = [];
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(env: NodeJS.ProcessEnv, ...flags: string[]): Promise<{ serving: Serving; api: ApiClient }> {
  const serving = await startServe(flags, tempDir().path, env);
  running.push(serving);
  return { serving, api: await connect(serving) };
}

async function connect({ dataDir }: Serving): Promise<ApiClient> {
  const api = connectApi(await connectControlSocket(dataFolder(dataDir, { create: false })));
  clients.push(api);
  return api;
}

async function bridgeOf(api: ApiClient): Promise<BridgeState> {
  const { state } = await api.call('snapshot', null);
  const [bridge] = state.bridges;
  if (bridge === undefined) throw new Error('There is no bridge.');
  return bridge;
}

/** The failure of a call that must not be done. */
const failure = (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'it was done',
    (error: unknown) => error,
  );

describe.skipIf(process.platform === 'win32')('the calls that install the EA', () => {
  it('list each terminal with its programs and what it has of the EA', async () => {
    const old = fakeTerminal({ id: 'A'.repeat(32) });
    const fresh = fakeTerminal({ appData: old.appData, id: 'B'.repeat(32) });
    leaveEa(old, '7.90');
    mkdirSync(join(old.appData, 'MetaQuotes', 'Terminal', 'Common'));
    const { api } = await start({ APPDATA: old.appData });
    expect(await api.call('eaTerminals', null)).toEqual({
      machine: hostname(),
      searched: true,
      terminals: [
        { data: old.data, programs: old.programs, version: '7.90', compiled: true },
        { data: fresh.data, programs: fresh.programs, version: null, compiled: false },
      ],
    });
    await api.call('installEa', { bridge: 'main', terminal: old.data });
    const [now] = (await api.call('eaTerminals', null)).terminals;
    expect(now).toMatchObject({ version: shippedEa, compiled: true });
  });

  it('install the version that the app names, with the ports of the bridge', async () => {
    const terminal = fakeTerminal();
    const { api, serving } = await start({});
    const { state } = await api.call('snapshot', null);
    expect(state.app.shippedEaVersion).toBe(shippedEa);
    const port = (of: string): number => Number(of.split(':').at(-1));
    const { command, telemetry } = serving.bridge();
    expect(await api.call('installEa', { bridge: 'main', terminal: terminal.data })).toEqual({
      terminal: terminal.data,
      version: shippedEa,
      preset: join('MQL5', 'Presets', 'BittenDesk-main.set'),
      compiled: 'ok',
      messages: ['Result: 0 errors, 0 warnings'],
      inputs: {
        host: '127.0.0.1',
        commandPort: port(command),
        telemetryPort: port(telemetry),
        feedbackPort: null,
        isPublished: false,
        isRequest: false,
      },
    });
  });

  it('judge by the compiled program where the log is in another language', async () => {
    const terminal = fakeTerminal({
      log: 'Результат: 0 ошибок\r\n',
      first: 'printf yes > isGood',
    });
    const { api } = await start({});
    const call = { bridge: 'main', terminal: terminal.data };
    expect(await api.call('installEa', call)).toMatchObject({ compiled: 'ok', messages: [] });
  });

  it('show what MetaEditor says where no line of it can be read, and not without end', async () => {
    const lines = Array.from({ length: 300 }, (_, at) => `BittenDesk.mq5(${String(at)},1) : error 1: \u202Eoops`);
    const terminal = fakeTerminal({ log: `${lines.join('\r\n')}\r\nResult: 300 errors\r\n` });
    const { api } = await start({});
    const call = { bridge: 'main', terminal: terminal.data };
    const { compiled, messages } = await api.call('installEa', call);
    expect({ compiled, count: messages.length }).toEqual({ compiled: 'failed', count: 101 });
    expect(messages[0]).toBe('BittenDesk.mq5(0,1) : error 1: \\u202Eoops');
    terminal.says('unlesbar');
    expect(await api.call('installEa', call)).toMatchObject({ compiled: 'failed', messages: ['unlesbar'] });
  });

  it('refuse a folder that is no terminal of this machine, and copy nothing there', async () => {
    const { api } = await start({});
    const folder = tempDir().path;
    const tried = (terminal: string): Promise<unknown> => failure(api.call('installEa', { bridge: 'main', terminal }));
    expect(await tried(folder)).toMatchObject({
      code: 'not_possible',
      message: expect.stringContaining('There is no MQL5 folder') as string,
    });
    for (const path of ['MQL5', '\\\\server\\share\\MT5', '//server/share/MT5'])
      expect(await tried(path)).toMatchObject({
        code: 'not_possible',
        message: expect.stringContaining('is not the whole path of a folder') as string,
      });
    expect(await tried(' ')).toMatchObject({ code: 'invalid_input' });
    expect(await failure(api.call('installEa', { bridge: 'gone', terminal: folder }))).toMatchObject({
      code: 'not_found',
    });
    expect(existsSync(join(folder, 'MQL5'))).toBe(false);
  });

  it('never start a MetaEditor of another machine', async () => {
    const terminal = fakeTerminal();
    writeFileSync(join(terminal.data, 'origin.txt'), '//server/share/MT5');
    const { api } = await start({});
    const call = { bridge: 'main', terminal: terminal.data };
    expect(await api.call('installEa', call)).toMatchObject({ compiled: 'missing' });
  });

  it('install one at a time, and end MetaEditor with the desk', async () => {
    const terminal = fakeTerminal({ first: 'echo $$ > pid; exec sleep 60' });
    const { api, serving } = await start({});
    const call = { bridge: 'main', terminal: terminal.data };
    const first = failure(api.call('installEa', call));
    const pid = await until(() => {
      const path = join(terminal.programs, 'pid');
      return existsSync(path) ? Number(readFileSync(path, 'utf8')) : null;
    }, 'MetaEditor runs');
    expect(await failure((await connect(serving)).call('installEa', call))).toMatchObject({
      code: 'not_possible',
      message: expect.stringContaining('is being installed already') as string,
    });
    await serving.end('SIGTERM');
    await first;
    await until(() => !isAlive(pid), 'MetaEditor has ended');
  });

  it('refuse while an EA of the desk is armed, and set the bridge only when it is disarmed', async () => {
    const terminal = fakeTerminal();
    const { api, serving } = await start({}, '--armed');
    running.push(startPaper(serving.bridge(), '--dialect', '8'));
    await until(async () => (await bridgeOf(api)).speaks8, 'the EA is welcomed', 20_000);
    const call = { bridge: 'main', terminal: terminal.data };
    expect(await failure(api.call('installEa', call))).toMatchObject({
      code: 'not_possible',
      message: expect.stringContaining('Bridge Main is armed') as string,
    });
    expect(existsSync(join(terminal.data, 'MQL5', 'Experts'))).toBe(false);
    expect(await failure(api.call('setOwnEa', { bridge: 'main' }))).toMatchObject({
      code: 'not_possible',
      message: 'Bridge Main is armed. Disarm it, then set its EA.',
    });
    await api.call('disarm', { bridge: 'main' });
    expect(await api.call('installEa', call)).toMatchObject({ compiled: 'ok' });
    await api.call('setOwnEa', { bridge: 'main' });
    expect((await bridgeOf(api)).eaKind).toBe('bitten');
  });

  it('are refused for the paper EA', async () => {
    const { api } = await start({}, '--paper');
    const call = { bridge: 'paper', terminal: fakeTerminal().data };
    for (const refused of [api.call('installEa', call), api.call('setOwnEa', { bridge: 'paper' })])
      expect(await failure(refused)).toMatchObject({
        code: 'not_possible',
        message: expect.stringContaining('The paper EA is part of the desk') as string,
      });
  });
});
