import net from 'node:net';
import { Context, Publisher, Pull, Push } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import type { ConnectionReport } from '../../src/api/state/connectionReport.ts';
import { runCli, startPaper, startServe, type Running, type Serving } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

let serving: Serving;
const running: Running[] = [];
const closers: (() => void)[] = [];

async function serve(...flags: string[]): Promise<void> {
  serving = await startServe(flags);
  running.push(serving);
}

afterEach(async () => {
  for (const close of closers.splice(0)) close();
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

const portOf = (endpoint: string): number => Number(endpoint.split(':').at(-1));

async function verify(...flags: string[]): Promise<{ code: number | null; report: ConnectionReport; said: string }> {
  const { code, stdout, stderr } = await serving.cli('--json', 'verify', '--wait', '0', ...flags);
  if (!stdout.startsWith('{')) throw new Error(`It said: ${stderr}`);
  const report = JSON.parse(stdout) as ConnectionReport;
  const failed = report.layers.find(({ state }) => state === 'failed' || state === 'waiting');
  return { code, report, said: failed === undefined ? 'it works' : `${failed.name}: ${failed.text}` };
}

/** Until it says so, since what a peer did is known a moment later. */
async function verifySays(words: string): Promise<void> {
  let said = '';
  await until(
    async () => {
      said = (await verify()).said;
      return said.includes(words);
    },
    `it says "${words}"; it said "${said}"`,
    60_000,
  );
}

function socket(Kind: typeof Pull | typeof Push | typeof Publisher, endpoint: string): void {
  const context = new Context();
  context.blocky = false;
  const made = new Kind({ context, linger: 0, reconnectInterval: 50 });
  made.connect(endpoint);
  closers.push(() => {
    made.close();
  });
}

// Each look is a process of its own, on a machine that may be busy.
describe('npx bitten-desk verify', { timeout: 90_000 }, () => {
  it('holds with an EA, tries an order, and fails with the reason once the EA is gone', async () => {
    await serve('--armed');
    const { command, telemetry } = serving.bridge();
    const ea = startPaper(serving.bridge());
    running.push(ea);
    await verifySays('it works');
    const works = await serving.cli('verify');
    expect(works.stdout).toContain('The connection works.');
    expect(works.stdout).toMatch(/ok +Ping answered: The EA answered a ping in [\d.]+ ms/);
    expect(works.stdout).toContain('account 1000001 @ BITTEN-Paper-Demo: DEMO.');
    expect(works.stdout).toContain(
      `#define BACKEND_ENDPOINT "${command}"\n  #define HEARTBEAT_ENDPOINT "${telemetry}"`,
    );
    expect(works.stdout).toContain('open to this machine alone');
    expect(works.code).toBe(0);

    const ordered = await verify('--order', 'EURUSD');
    expect(ordered.code).toBe(0);
    expect(ordered.report.layers.at(-1)).toMatchObject({
      name: 'order',
      state: 'ok',
      text: expect.stringMatching(/^Buy 0.01 EURUSD .+ was filled in \d+ ms: ticket \d+, price/) as string,
    });

    await ea.end('SIGKILL');
    await verifySays('reached: The EA was connected and left');
    expect((await verify()).code).toBe(2);
    expect((await verify('--order', 'EURUSD')).code).toBe(2);
  });

  it('tries no order on a live account unless that is said twice, and never past the guards', async () => {
    await serve();
    running.push(startPaper(serving.bridge(), '--server', 'Broker-1'));
    await verifySays('it works');
    for (const flags of [[], ['--yes-live']]) {
      const { code, stderr } = await serving.cli('verify', '--order', 'EURUSD', ...flags);
      expect(code).toBe(2);
      expect(stderr).toContain('counts as live');
    }
    const { code, said } = await verify('--order', 'EURUSD', '--yes-live', '--yes-live');
    expect(code).toBe(2);
    expect(said).toContain('The bridge is not armed');
  });

  it('exits 5 when no app runs', async () => {
    expect((await runCli(tempDir().path, 'verify')).code).toBe(5);
  });

  it.each([
    ['nobody', 'reached: Nothing has connected', () => undefined],
    [
      'a browser on the command port',
      'does not speak ZeroMQ',
      ({ command }) => {
        const client = net.connect(portOf(command), '127.0.0.1', () => {
          client.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n');
        });
        client.on('error', () => undefined);
        closers.push(() => client.destroy());
      },
    ],
    [
      'a plain TCP client that says nothing',
      'said nothing',
      ({ telemetry }) => {
        const client = net.connect(portOf(telemetry), '127.0.0.1');
        client.on('error', () => undefined);
        closers.push(() => client.destroy());
      },
    ],
    [
      'a PUB on the telemetry port',
      'this port is PULL and takes PUSH',
      ({ telemetry }) => {
        socket(Publisher, telemetry);
      },
    ],
    [
      'crossed addresses',
      'most likely crossed',
      ({ command, telemetry }) => {
        socket(Push, command);
        socket(Pull, telemetry);
      },
    ],
    [
      'both lines on the telemetry port',
      'The telemetry port was reached twice',
      ({ telemetry }) => {
        socket(Push, telemetry);
        socket(Pull, telemetry);
      },
    ],
    [
      'an EA without the command address',
      'nothing came to command',
      ({ telemetry }) => {
        socket(Push, telemetry);
      },
    ],
    [
      'an EA without the telemetry address',
      'nothing came to telemetry',
      ({ command }) => {
        socket(Pull, command);
      },
    ],
    [
      'an EA that sends nothing',
      'telemetry: The EA has connected',
      ({ command, telemetry }) => {
        socket(Pull, command);
        socket(Push, telemetry);
      },
    ],
  ] satisfies [string, string, (endpoints: { command: string; telemetry: string }) => void][])(
    'names %s',
    async (_, words, come) => {
      await serve();
      come(serving.bridge());
      await verifySays(words);
    },
  );

  it('names a second EA', async () => {
    await serve();
    running.push(startPaper(serving.bridge()));
    await verifySays('it works');
    running.push(startPaper(serving.bridge(), '--login', '2', '--uuid', 'other'));
    await verifySays('A second EA at 127.0.0.1');
  });

  it('works once the EA is mended, with no second EA alarmed', async () => {
    await serve();
    socket(Push, serving.bridge().command);
    socket(Pull, serving.bridge().telemetry);
    await verifySays('most likely crossed');
    for (const close of closers.splice(0)) close();
    running.push(startPaper(serving.bridge()));
    await verifySays('it works');
    const { stdout } = await serving.cli('--json', 'status');
    expect(stdout).not.toContain('"second_ea"');
  });
});
