import { mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { connectApi } from '../../src/api/rpc/connectApi.ts';
import { connectControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import {
  hasSignals,
  run,
  runCli,
  serveFlags,
  startPaper,
  startServe,
  type Running,
  type Serving,
} from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const running: Running[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function serve(flags: string[] = [], dataDir?: string): Promise<Serving> {
  const serving = await startServe(flags, dataDir);
  running.push(serving);
  return serving;
}

function failing(flags: string[], dataDir = tempDir().path): Running['finished'] {
  const starting = run(['scripts/serve.ts', ...serveFlags(dataDir), ...flags]);
  running.push(starting);
  return starting.finished;
}

describe('npm run serve', () => {
  it.skipIf(!hasSignals)('prints one ready line on stdout and stops cleanly within 2 s', async () => {
    const serving = await serve();
    const { ready } = serving;
    expect(ready).toEqual({
      event: 'ready',
      version: '0.1.0',
      pid: serving.child.pid,
      dashboard: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\/\?launch=[\w-]{20,}$/) as string,
      dataDir: serving.dataDir,
      gateway: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/) as string,
      publish: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/) as string,
      bridges: [
        {
          id: 'main',
          command: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/) as string,
          telemetry: expect.stringMatching(/^tcp:\/\/127\.0\.0\.1:\d+$/) as string,
          feedback: serving.bridge().telemetry,
        },
      ],
    });
    const before = performance.now();
    const { code, stdout } = await serving.end('SIGTERM');
    expect(code).toBe(0);
    expect(performance.now() - before).toBeLessThan(2_000);
    expect(stdout.trim().split('\n')).toHaveLength(1);
  });

  it.skipIf(!hasSignals)('stops at SIGINT too, with the paper EA, whose process ends as well', async () => {
    const serving = await serve(['--paper']);
    await until(async () => (await serving.cli('status')).stdout.includes('telemetry live'), 'the paper EA is live');
    expect((await serving.end('SIGINT')).code).toBe(0);
    await until(async () => !(await isListening(serving.bridge('paper').telemetry)), 'its ports are free');
    expect(processesNaming(serving.bridge('paper').command)).toEqual([]);
  });

  it('takes its paper EA with it when it is killed', async () => {
    const serving = await serve(['--paper']);
    const { command } = serving.bridge('paper');
    if (process.platform === 'linux') expect(processesNaming(command)).toHaveLength(1);
    await serving.end('SIGKILL');
    await until(() => processesNaming(command).length === 0, 'the paper EA has ended');
  });

  it('says which port is in use, with exit code 1', async () => {
    const first = await serve();
    const port = first.bridge().command.split(':').at(-1) ?? '';
    const { code, stdout, stderr } = await failing(['--command-port', port]);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr.trim()).toBe(
      `Port 127.0.0.1:${port} for command is in use by another program. Stop that program (another controller?) or choose another port with --command-port.`,
    );
  });

  it('says when the dashboard port is in use', async () => {
    const first = await serve();
    const port = new URL(first.ready.dashboard ?? '').port;
    const { code, stderr } = await failing(['--http-port', port]);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `Port 127.0.0.1:${port} for the dashboard is in use by another program. Choose another with --http-port, or none with --no-http.`,
    );
  });

  it('refuses a second instance on the same data folder, and starts again after a kill', async () => {
    const first = await serve();
    const { code, stderr } = await failing([], first.dataDir);
    expect(code).toBe(1);
    expect(stderr.trim()).toBe(
      `BITTEN Desk already runs on the data folder ${first.dataDir}. Get its window with "npx bitten-desk open", or choose another folder with --data-dir.`,
    );
    await first.end('SIGKILL');
    const second = await serve([], first.dataDir);
    expect((await second.cli('status')).code).toBe(0);
  });

  it.each([
    [['--command-port', '70000'], 'A port is a whole number from 0 to 65535.'],
    [['--telemetry-port', 'x'], 'A port is a whole number from 0 to 65535.'],
    [['--host', 'localhost'], 'Give an IP address'],
    [['--host', '0.0.0.0'], 'name the terminals that may connect. On the command line: --allow-peer.'],
    [
      ['--feedback-pattern', 'req'],
      'Feedback by REQ and REP needs a port of its own: set the port for feedback. On the command line: --feedback-port.',
    ],
    [['--command-pattern', 'fax'], 'Allowed choices are push, pub'],
    [['--colour', 'red'], "unknown option '--colour'"],
  ])('refuses %j', async (flags, words) => {
    const { code, stdout, stderr } = await failing(flags);
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(words);
  });

  const unusable: [string, (home: string) => string][] = [
    ['is a file', (home) => join(home, 'file')],
    ['is below a file', (home) => join(home, 'file', 'desk')],
  ];
  if (process.platform === 'linux') {
    unusable.push(
      ['is in a folder that takes none', () => '/proc/1/desk'],
      ['is a link to nowhere', (home) => join(home, 'link')],
    );
  }

  it.each(unusable)('says in a sentence that its data folder %s', async (_, dirIn) => {
    const home = tempDir().path;
    writeFileSync(join(home, 'file'), '');
    if (process.platform === 'linux') symlinkSync(join(home, 'nowhere'), join(home, 'link'));
    const { code, stdout, stderr } = await failing([], dirIn(home));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr.trim()).toMatch(/^The data folder .* can't be used: .*--data-dir\.$/);
  });

  it.runIf(process.platform === 'linux')('leaves no half of a key where the disk takes nothing', async () => {
    const { path } = tempDir();
    const full = 'trap \'\' XFSZ; ulimit -f 0; exec "$0" "$@"';
    const args = ['-c', full, process.execPath, 'scripts/serve.ts', ...serveFlags(path)];
    const { code, stderr } = await run(args, { program: '/bin/sh' }).finished;
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^The data folder .* can't be used: EFBIG/)]);
    expect(readdirSync(path)).toEqual([]);
  });

  it('takes its flags from the environment too', async () => {
    const { path } = tempDir();
    const serving = run(['scripts/serve.ts'], {
      env: {
        BITTEN_DATA_DIR: path,
        BITTEN_COMMAND_PORT: '0',
        BITTEN_TELEMETRY_PORT: '0',
        BITTEN_FEEDBACK_PORT: '0',
        BITTEN_NO_HTTP: '1',
        BITTEN_GATEWAY_PORT: '0',
        BITTEN_PUBLISH_PORT: '0',
        BITTEN_ARMED: '1',
      },
    });
    running.push(serving);
    await until(() => serving.output.stdout.includes('\n'), 'the ready line');
    const { dashboard, bridges } = JSON.parse(serving.output.stdout) as Serving['ready'];
    expect(dashboard).toBeNull();
    expect(bridges[0]?.feedback).not.toBe(bridges[0]?.telemetry);
    expect((await runCli(path, 'status')).stdout).toContain('main: armed');
    const { code, stderr } = await runCli(path, 'open');
    expect([code, stderr.trim()]).toEqual([
      2,
      'The app was started with --no-http, so it has no dashboard for the browser.',
    ]);
  });

  it('takes no for a no where the environment says it to a switch', async () => {
    const { path } = tempDir();
    const env = { BITTEN_ARMED: 'false', BITTEN_PAPER: '0', BITTEN_NO_HTTP: '', BITTEN_NO_GATEWAY: 'off' };
    const serving = run(['scripts/serve.ts', ...serveFlags(path)], { env });
    running.push(serving);
    await until(() => serving.output.stdout.includes('\n'), 'the ready line');
    const { dashboard, gateway, bridges } = JSON.parse(serving.output.stdout) as Serving['ready'];
    expect([dashboard, gateway, bridges]).toEqual([expect.any(String), expect.any(String), [expect.anything()]]);
    expect((await runCli(path, 'status')).stdout).toContain('main: disarmed');
  });

  it.each([
    [{ BITTEN_ARMED: 'perhaps' }, 'BITTEN_ARMED is "perhaps", which is neither yes nor no. Write 1 or 0.'],
    [{ BITTEN_DATA_DIR: '' }, 'Name a folder.'],
  ])('refuses %j in the environment', async (env, words) => {
    const flags = serveFlags(tempDir().path).slice('BITTEN_DATA_DIR' in env ? 2 : 0);
    const refused = run(['scripts/serve.ts', ...flags], { env });
    running.push(refused);
    const { code, stderr } = await refused.finished;
    expect([code, stderr]).toEqual([1, expect.stringContaining(words)]);
  });

  it.each([
    ['not JSON', '{', 'are not valid JSON'],
    ['a wrong unit of stops', '{"bridge":{"stopUnit":"pips"}}', '"bridge.stopUnit"'],
    ['lots that make no sense', '{"bridge":{"lots":{"min":"1","max":2,"step":0.01}}}', '"bridge.lots.min"'],
  ])('does not guess at settings that are %s', async (_, text, words) => {
    const { path } = tempDir();
    mkdirSync(path, { recursive: true });
    writeFileSync(join(path, 'config.json'), text);
    const { code, stderr } = await failing([], path);
    expect(code).toBe(1);
    expect(stderr).toContain(words);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

describe('the control socket', () => {
  it.runIf(process.platform !== 'win32')('is for its owner alone', async () => {
    const { dataDir } = await serve();
    expect(statSync(dataFolder(dataDir, { create: false }).controlPath).mode & 0o777).toBe(0o600);
  });

  it('outlives clients that talk nonsense', async () => {
    const { dataDir, cli } = await serve();
    const folder = dataFolder(dataDir, { create: false });
    const nonsense = net.connect(folder.controlPath);
    nonsense.on('error', () => undefined);
    nonsense.write('GET / HTTP/1.1\r\n\r\n{"type":\n\0\n');
    nonsense.write('x'.repeat(5 * 1024 * 1024));
    await new Promise((resolve) => nonsense.once('close', resolve));
    const transport = await connectControlSocket(folder);
    transport.close();
    expect((await cli('status')).code).toBe(0);
  });
});

it('the control socket refuses a message that is too large in words, and keeps the connection', async () => {
  const { dataDir } = await serve();
  const client = connectApi(await connectControlSocket(dataFolder(dataDir, { create: false })));
  const found = { ticket: '1', price: null };
  const large = { bridge: 'main', order: 1, found, note: 'x'.repeat(5 * 1024 * 1024) };
  await expect(client.call('settle', large)).rejects.toThrow('too large');
  expect((await client.call('snapshot', null)).state.bridges).toHaveLength(1);
  client.close();
});

describe('npx bitten-desk', () => {
  it('fires, and ends with the code of what became of the order', async () => {
    const { cli, bridge } = await serve();
    const refused = await cli(
      'fire',
      '--symbol',
      'XAUUSD',
      '--action',
      'buy',
      '--lot',
      '0.1',
      '--sl',
      '20',
      '--tp',
      '40',
    );
    expect([refused.code, refused.stdout]).toEqual([2, expect.stringContaining('refused (no_ea)')]);

    const paper = startPaper(bridge());
    running.push(paper);
    await until(async () => (await cli('status')).stdout.includes('telemetry live'), 'the EA is live');
    expect((await cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl')).stdout).toContain(
      'refused (disarmed)',
    );
    expect((await cli('arm')).stdout.trim()).toBe('Bridge main is armed.');
    const filled = await cli(
      'fire',
      '--symbol',
      'XAUUSD',
      '--action',
      'buy',
      '--sl',
      '2000',
      '--tp',
      '4000',
      '--id',
      'CLI_1',
      '--json',
    );
    expect(filled.code).toBe(0);
    expect(JSON.parse(filled.stdout)).toMatchObject({
      state: 'filled',
      signalId: 'CLI_1',
      source: 'command line',
      sl: 2000,
      tp: 4000,
    });
    // The EA quotes, and this symbol it has never quoted (C16).
    const unquoted = await cli('fire', '--symbol', 'NOPE', '--action', 'sell', '--no-sl');
    expect([unquoted.code, unquoted.stdout]).toEqual([2, expect.stringContaining('no_quotes')]);
    expect((await cli('fire', '--symbol', 'XAUUSD', '--action', 'sell', '--no-sl', '--id', 'CLI_1')).stdout).toContain(
      'duplicate_id',
    );
    const closed = await cli('fire', '--action', 'close_all', '--json');
    expect(JSON.parse(closed.stdout)).toMatchObject({
      state: 'filled',
      symbol: 'ALL',
      lot: 0.01,
      message: 'Closed 3 positions; no positions remain.',
    });
    expect((await cli('disarm')).code).toBe(0);
    expect((await cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl')).code).toBe(2);
  });

  it('says unknown when the result does not come in the time it was given', async () => {
    const { cli, bridge } = await serve(['--armed']);
    running.push(startPaper(bridge(), '--fault', 'silent'));
    await until(async () => (await cli('status')).stdout.includes('telemetry live'), 'the EA is live');
    const { code, stdout } = await cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl', '--wait', '0.3');
    expect([code, stdout]).toEqual([4, expect.stringContaining('no result yet')]);
  });

  it('says unknown when the app is killed before the result', async () => {
    const serving = await serve(['--armed']);
    running.push(startPaper(serving.bridge(), '--fault', 'silent'));
    await until(async () => (await serving.cli('status')).stdout.includes('telemetry live'), 'the EA is live');
    const fired = serving.cli('fire', '--symbol', 'XAUUSD', '--action', 'buy', '--no-sl', '--id', 'LOST_1');
    await until(async () => (await serving.cli('status')).stdout.includes('LOST_1'), 'the order is out');
    await serving.end('SIGKILL');
    const { code } = await fired;
    expect(code).toBe(4);
  });

  it('ends with 5 when nothing runs there', async () => {
    const { code, stderr } = await runCli(tempDir().path, 'status');
    expect(code).toBe(5);
    expect(stderr).toContain('No BITTEN Desk runs on the data folder');
    const json = await runCli(tempDir().path, 'fire', '--symbol', 'X', '--action', 'buy', '--no-sl', '--json');
    expect([json.code, Object.keys(JSON.parse(json.stdout) as object)]).toEqual([5, ['error']]);
  });

  it('asks which bridge is meant when there are two', async () => {
    const { cli } = await serve(['--paper']);
    const { code, stderr } = await cli('arm');
    expect([code, stderr.trim()]).toEqual([2, 'Say which bridge with --bridge: there is main, paper.']);
    expect((await cli('arm', '--bridge', 'paper')).code).toBe(0);
    expect((await cli('arm', '--bridge', 'nowhere')).stderr.trim()).toBe(
      'There is no bridge "nowhere"; there is main, paper.',
    );
  });
});

/** Processes whose command line holds the text; Linux alone can tell. */
function processesNaming(text: string): string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc').filter((name) => {
    try {
      return /^\d+$/.test(name) && readFileSync(`/proc/${name}/cmdline`, 'utf8').includes(text);
    } catch {
      // It ended in the meantime.
      return false;
    }
  });
}

function isListening(endpoint: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(Number(endpoint.split(':').at(-1)), '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}
