import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi, type ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { Alarm } from '../../src/api/state/alarms.ts';
import type { BridgeState } from '../../src/api/state/state.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { settingsAlarms } from '../../src/host/config/settingsAlarms.ts';
import { run, serveFlags, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function serve(dataDir: string, flags: string[] = []): Promise<Serving> {
  const serving = await startServe(flags, dataDir);
  running.push(serving);
  return serving;
}

interface Status {
  bridges: BridgeState[];
  alarms: Alarm[];
}

async function status(serving: Serving): Promise<{ bridge: BridgeState; alarms: Alarm[] }> {
  const { bridges, alarms } = JSON.parse((await serving.cli('--json', 'status')).stdout) as Status;
  const [bridge] = bridges;
  if (bridge === undefined) throw new Error('There is no bridge.');
  return { bridge, alarms };
}

const codes = (alarms: readonly Alarm[]): string[] => alarms.map(({ code }) => code);
const client = async ({ dataDir }: Serving): Promise<ApiClient> =>
  connectApi(await connectControlSocket(dataFolder(dataDir, { create: false })));
const limits = { tradesPerDay: 6, openTrades: 1, drawdownPercent: 5, stopLossRequired: true };
const own = { bridge: { stopUnit: 'price', limits } };

describe('settings that are lost', () => {
  it.each([
    ['empty', Buffer.alloc(0)],
    ['of NULs', Buffer.alloc(512)],
    ['cut off', Buffer.from('{"bridge": {"stopUnit": "pri')],
  ])(
    'a config.json that is %s: the last good copy, disarmed, and said; the next start is as always',
    async (_name, bytes) => {
      const { path } = tempDir();
      writeFileSync(join(path, 'config.json'), JSON.stringify(own));
      let serving = await serve(path);
      const api = await client(serving);
      await api.call('updateSettings', { theme: 'light' });
      api.close();
      await serving.end();
      writeFileSync(join(path, 'config.json'), bytes);

      serving = await serve(path, ['--armed']);
      const { bridge, alarms } = await status(serving);
      expect(bridge).toMatchObject({ stopUnit: 'price', limits, armed: false });
      expect(alarms.find(({ code }) => code === 'settings_recovered')).toMatchObject({
        level: 'critical',
        text: expect.stringContaining('config.json.bak') as string,
      });
      const aside = readdirSync(path).find((name) => name.startsWith('config-damaged-')) ?? '';
      expect(readFileSync(join(path, aside))).toEqual(bytes);
      await serving.end();

      serving = await serve(path, ['--armed']);
      const next = await status(serving);
      expect(next.bridge).toMatchObject({ stopUnit: 'price', limits, armed: true });
      expect(codes(next.alarms)).not.toContain('settings_recovered');
    },
  );

  it('neither config.json nor its copy: disarmed, no stop unit, limits as the journal knows them', async () => {
    const { path } = tempDir();
    writeFileSync(join(path, 'config.json'), JSON.stringify(own));
    let serving = await serve(path);
    const api = await client(serving);
    const known = (await status(serving)).bridge.limits;
    await api.call('updateBridge', { bridge: 'main', changes: { limits: { ...known, drawdownPercent: 4 } } });
    api.close();
    await serving.end();
    for (const name of ['config.json', 'config.json.bak']) rmSync(join(path, name));

    serving = await serve(path, ['--armed']);
    const { bridge, alarms } = await status(serving);
    expect(bridge).toMatchObject({
      armed: false,
      stopUnit: null,
      limits: { ...limits, drawdownPercent: 4 },
    });
    expect(codes(alarms)).toContain('settings_recovered');
    await serving.end();
    serving = await serve(path);
    expect((await status(serving)).bridge).toMatchObject({
      stopUnit: null,
      limits: { openTrades: 1, drawdownPercent: 4 },
    });
  });

  it('is said, and starts nothing armed, also where the start that found it failed by a port', async () => {
    const { path } = tempDir();
    await (await serve(path)).end();
    writeFileSync(join(path, 'config.json'), '{"bridge": {"stopUnit": "pri');
    const holder = createServer();
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
    const { port } = holder.address() as AddressInfo;
    const failed = await run(['scripts/serve.ts', ...serveFlags(path), ...['--armed', '--command-port', String(port)]])
      .finished;
    expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('in use') as string });
    holder.close();

    let serving = await serve(path, ['--armed']);
    const { bridge, alarms } = await status(serving);
    expect(codes(alarms)).toContain('settings_recovered');
    expect(bridge.armed).toBe(false);
    await serving.end();
    serving = await serve(path, ['--armed']);
    const next = await status(serving);
    expect(codes(next.alarms)).not.toContain('settings_recovered');
    expect(next.bridge.armed).toBe(true);
  });

  it('a first start is none: its settings are not missed at the next one', async () => {
    const { path } = tempDir();
    await (await serve(path)).end();
    expect(existsSync(join(path, 'config.json'))).toBe(true);
    const { bridge, alarms } = await status(await serve(path, ['--armed']));
    expect(bridge).toMatchObject({ stopUnit: 'points', armed: true });
    expect(codes(alarms)).not.toContain('settings_recovered');
  });

  it('a misspelt one is said with what was meant, and nothing starts armed by it', async () => {
    const { path } = tempDir();
    writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: { stopUnits: 'price' }, newerTop: 1 }));
    const { bridge, alarms } = await status(await serve(path, ['--armed']));
    expect(bridge.armed).toBe(false);
    const text = alarms.find(({ code }) => code === 'unknown_settings')?.text;
    expect(text).toContain('"bridge.stopUnits" (did you mean "bridge.stopUnit"?)');
    expect(text).toContain('"newerTop"');
  });

  it('a crowd of them is told in a few words, those that look misspelt first', () => {
    const crowd = Array.from({ length: 1_000 }, (_, index) => ({ path: `k${String(index)}`, meant: null }));
    const { text } = settingsAlarms.unknown([
      { path: 'x'.repeat(1e6), meant: null },
      ...crowd,
      { path: 'bridge.leverge', meant: 'bridge.leverage' },
    ]);
    expect(text).toContain('settings that this version doesn\'t know: "bridge.leverge" (did you mean');
    expect(text).toContain(' and 982 more.');
    expect(text.length).toBeLessThan(1_000);
  });

  it('a value that is no such value is refused at the start, copy or not', async () => {
    const { path } = tempDir();
    writeFileSync(join(path, 'config.json.bak'), '{}');
    writeFileSync(join(path, 'config.json'), JSON.stringify({ bridge: { stopUnit: 'inches' } }));
    const { code, stderr } = await run(['scripts/serve.ts', ...serveFlags(path)]).finished;
    expect([code, stderr]).toEqual([1, expect.stringContaining('bridge.stopUnit')]);
  });
});

describe('config.json is changed by hand while the desk runs', () => {
  it('a save does not lose that: it is kept beside it, and said once', async () => {
    const { path } = tempDir();
    const serving = await serve(path);
    const api = await client(serving);
    await api.call('updateSettings', { theme: 'light' });
    expect(codes((await status(serving)).alarms)).not.toContain('settings_edited');
    const edited = JSON.stringify({ bridge: { stopUnit: 'price', limits: { tradesPerDay: 1 } } });
    writeFileSync(join(path, 'config.json'), edited);
    for (const theme of ['dark', 'light'] as const) await api.call('updateSettings', { theme });
    api.close();
    const kept = readdirSync(path).filter((name) => name.startsWith('config-edited-'));
    expect(kept.map((name) => readFileSync(join(path, name), 'utf8'))).toEqual([edited]);
    const told = (await status(serving)).alarms.filter(({ code }) => code === 'settings_edited');
    expect(told).toEqual([expect.objectContaining({ text: expect.stringContaining(kept[0] ?? '-') as string })]);
  });
});

describe('config.json can not be written', () => {
  it('a tighter limit holds at once and is written when it can; a looser one holds neither now nor later', async () => {
    const { path } = tempDir();
    let serving = await serve(path);
    const { bridge } = await status(serving);
    const before = bridge.limits;
    const api = await client(serving);
    const change = (changes: Partial<typeof before>): Promise<string> =>
      api.call('updateBridge', { bridge: 'main', changes: { limits: { ...before, ...changes } } }).then(
        () => 'done',
        (error: unknown) => (error as Error).message,
      );
    const inForce = async (): Promise<unknown> => {
      const { drawdownPercent, marginLevel } = (await status(serving)).bridge.limits;
      return { drawdownPercent, marginLevel };
    };
    mkdirSync(join(path, 'config.json.new'));

    expect(await change({ drawdownPercent: null, marginLevel: null })).toContain('enter it again');
    expect(await inForce()).toEqual({ drawdownPercent: 20, marginLevel: 150 });
    expect(await change({ drawdownPercent: 5, marginLevel: null })).toContain('What it tightens holds');
    expect(await inForce()).toEqual({ drawdownPercent: 5, marginLevel: 150 });
    expect(await change({ drawdownPercent: 5, marginLevel: 200 })).toBe('done');
    expect(await inForce()).toEqual({ drawdownPercent: 5, marginLevel: 200 });
    await expect(api.call('updateSettings', { theme: 'light' })).rejects.toThrow('enter it again');
    expect((await api.call('snapshot', null)).state.settings.theme).toBe('system');
    expect(codes((await status(serving)).alarms)).toContain('settings_not_saved');

    rmSync(join(path, 'config.json.new'), { recursive: true });
    await until(
      () => readFileSync(join(path, 'config.json'), 'utf8').includes('"marginLevel": 200'),
      'the tighter limits are written',
    );
    api.close();
    await serving.end('SIGKILL');
    serving = await serve(path);
    expect(await inForce()).toEqual({ drawdownPercent: 5, marginLevel: 200 });
  });

  it('an engine that is halted stays halted, and the desk goes on', async () => {
    const { path } = tempDir();
    const serving = await serve(path);
    const { executeZmqFire } = await import('../../src/client/client.ts');
    const { stdout } = await serving.cli('--json', 'engines', 'add', 'VENOM', '--mode', 'auto');
    const { token } = JSON.parse(stdout) as { token: string };
    mkdirSync(join(path, 'config.json.new'));
    const endpoint = serving.ready.gateway ?? '';
    for (let count = 0; count < 6; count += 1) {
      await executeZmqFire(
        { signal_id: `V${String(count)}`, action: 'buy', symbol: `EURUS${String(count)}`, lot: 0.1, sl: 1, tp: 1 },
        { engine: 'VENOM', token, endpoint, timeoutMs: 4_000 },
      );
    }
    const api = await client(serving);
    const { engines, alarms } = (await api.call('snapshot', null)).state;
    api.close();
    expect(engines[0]?.halted).not.toBeNull();
    expect(codes(alarms)).toEqual(expect.arrayContaining(['settings_not_saved', 'engine_halted']));
    expect(serving.child.exitCode).toBeNull();
  });
});

describe('a rate that a person types', () => {
  it('is dated by the desk, whatever is sent, and keeps its time while it is sent as it was', async () => {
    const { path } = tempDir();
    const serving = await serve(path);
    const api = await client(serving);
    const rates = async () => (await status(serving)).bridge.typedRates;
    const before = Date.now();
    const far = before + 1e9;
    await api.call('updateBridge', {
      bridge: 'main',
      changes: { typedRates: [{ pair: 'EURUSD', rate: 1.1, at: far }] },
    });
    const [typed] = await rates();
    expect(typed?.at).toBeGreaterThanOrEqual(before - 1_000);
    expect(typed?.at).toBeLessThan(before + 600_000);
    const more = [...(await rates()), { pair: 'USDJPY', rate: 150 }];
    await api.call('updateBridge', { bridge: 'main', changes: { typedRates: more } });
    expect((await rates())[0]).toEqual(typed);
    await api.call('updateBridge', { bridge: 'main', changes: { typedRates: [{ pair: 'EURUSD', rate: 1.1, at: 0 }] } });
    expect((await rates())[0]?.at).toBeGreaterThan(typed?.at ?? far);
    api.close();
    await serving.end();
    expect(JSON.parse(readFileSync(join(path, 'config.json'), 'utf8'))).toMatchObject({
      bridge: { typedRates: [{ pair: 'EURUSD', rate: 1.1 }], sizesConfirmed: false },
    });
  });
});
