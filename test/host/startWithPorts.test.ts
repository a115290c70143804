import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { PortFacts, PortTrouble } from '../../src/api/queries/portTrouble.ts';
import { realBridges } from '../../src/host/bridges/realBridges.ts';
import { loadConfig } from '../../src/host/config/config.ts';
import { configSchema, type Config } from '../../src/host/config/configSchema.ts';
import { deskPorts } from '../../src/host/config/deskPorts.ts';
import { portTroubleWords } from '../../src/host/config/portTroubleWords.ts';
import { parseStartOptions, type StartOptions } from '../../src/host/config/serveFlags.ts';
import { freePortNear } from '../../src/host/config/typedPort.ts';
import { openGatewaySockets } from '../../src/host/servers/gatewaySockets.ts';
import { PortFailure } from '../../src/host/machine/portFailure.ts';
import { StartFailure } from '../../src/host/machine/startFailure.ts';
import { startWithPorts, type PortPage } from '../../src/host/startWithPorts.ts';
import { freePort } from '../support/freePort.ts';
import { tempDir } from '../support/tempDir.ts';

const undos: (() => unknown)[] = [];
afterEach(() => {
  for (const undo of undos.splice(0)) undo();
});

const host = '127.0.0.1';
const none = parseStartOptions([]);
const taken: PortFacts = { bridge: 'main', channel: 'command', host, port: 5555, reason: 'in_use' };
const failure = (facts: Partial<PortFacts> = {}) => new PortFailure('Port … is in use.', { ...taken, ...facts });

async function hold(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  undos.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

function folder(config: object): StartOptions {
  const { path } = tempDir();
  writeFileSync(join(path, 'config.json'), JSON.stringify(config));
  return { ...none, dataDir: path };
}

type Answer = Awaited<ReturnType<PortPage['ask']>>;

/** A page on which a person gives these answers, with the troubles that it was told. */
function person(...answers: Answer[]): PortPage & { told: PortTrouble[] } {
  const told: PortTrouble[] = [];
  return {
    told,
    ask: (trouble) => {
      told.push(trouble);
      const answer = answers.shift();
      return answer === undefined ? Promise.reject(new Error('no answer is left')) : Promise.resolve(answer);
    },
  };
}

/** A start that fails with these, one each time, and then gives its options back. */
function failing(...failures: Error[]) {
  return (options: StartOptions): Promise<StartOptions> => {
    const error = failures.shift();
    return error === undefined ? Promise.resolve(options) : Promise.reject(error);
  };
}

const silent = (): void => undefined;
const typed = (text: number | string): Answer => ({ do: 'start', typed: String(text) });

describe('a start whose port can not be had', () => {
  it('goes on with the port that is typed, which config.json has then beside all that stood there', async () => {
    const options = folder({ mine: 1, bridge: { name: 'A', own: 'kept' }, bridges: [further('b'), further('c')] });
    const port = await freePort();
    const said: string[] = [];
    const answers = person(typed(` ${String(port)} `));
    const start = failing(failure({ bridge: 'c', channel: 'telemetry', port: 1 }));
    await startWithPorts(options, start, answers, (sentence) => said.push(sentence));
    expect(said).toEqual(['Port … is in use.']);
    const stored = JSON.parse(readFileSync(join(options.dataDir, 'config.json'), 'utf8')) as Config & { mine: number };
    expect(stored).toMatchObject({ mine: 1, bridge: { name: 'A', own: 'kept', commandPort: 5555 } });
    expect(stored.bridges.map(({ telemetryPort }) => telemetryPort)).toEqual([0, port]);
  });

  it('changes what a flag sets for this start alone, and stays disarmed after a question', async () => {
    const options = { ...folder({}), gatewayPort: 1, armed: true };
    const port = await freePort();
    const answers = person(typed(port), { do: 'again' });
    const gateway = failure({ bridge: null, channel: 'gateway', port: 1 });
    const started = await startWithPorts(options, failing(gateway, failure()), answers, silent);
    expect(started).toEqual({ ...options, gatewayPort: port, armed: false });
    expect(loadConfig(options.dataDir).settings.gatewayPort).toBe(5559);
    expect(answers.told[0]?.notes[0]).toContain('started with --gateway-port');
    expect(answers.told[1]?.notes).toEqual([
      'What you type is saved in the settings.',
      'The desk starts disarmed: arm it once the EA is connected again.',
    ]);
  });

  it('starts as it was told where no question was needed', async () => {
    const options = { ...folder({}), armed: true };
    expect(await startWithPorts(options, failing(), person(), silent)).toBe(options);
  });

  it('asks again with one sentence about what was typed', async () => {
    const options = folder({
      bridge: { telemetryPort: 5557 },
      bridges: [{ ...further('b'), name: 'B', commandPort: 700 }],
    });
    const [held, port] = [await hold(), await freePort()];
    const wrong = ['0', '65536', '1e3', '-1', '5557', '700', '5559', '8765', String(held)];
    const answers = person(...wrong.map(typed), typed(port));
    await startWithPorts(options, failing(failure()), answers, silent);
    const whole = 'A port is a whole number from 1 to 65535.';
    expect(answers.told.map(({ refused }) => refused)).toEqual([
      null,
      whole,
      whole,
      whole,
      whole,
      'Port 5557 is set for the telemetry connection of bridge Main. Choose another.',
      'Port 700 is set for the command connection of bridge B. Choose another.',
      'Port 5559 is set for the gateway of this desk. Choose another.',
      'Port 8765 is set for the dashboard of this desk. Choose another.',
      `Port ${String(held)} is in use by another program. Choose another, or stop that program.`,
    ]);
    expect(loadConfig(options.dataDir).bridge.commandPort).toBe(port);
  });

  it('says that a port was not saved, and starts nothing', async () => {
    const options = folder({});
    const answers = person(typed(await freePort()));
    const page: PortPage = {
      ask: (trouble) => {
        // The folder goes while the question is open.
        rmSync(options.dataDir, { recursive: true, force: true });
        return answers.ask(trouble);
      },
    };
    await expect(startWithPorts(options, failing(failure()), page, silent)).rejects.toThrow('no answer is left');
    expect(answers.told.at(-1)?.refused).toMatch(/^It could not be saved: ENOENT.* Look whether the disk/);
  });

  it('says that the settings were spoiled meanwhile, and writes nothing over them', async () => {
    const options = folder({});
    const file = join(options.dataDir, 'config.json');
    const answers = person(typed(await freePort()));
    const page: PortPage = {
      ask: (trouble) => {
        writeFileSync(file, '{"bridge": {"commandPort": "x"}}');
        return answers.ask(trouble);
      },
    };
    await expect(startWithPorts(options, failing(failure()), page, silent)).rejects.toThrow('no answer is left');
    expect(answers.told.at(-1)?.refused).toContain("can't be used");
    expect(readFileSync(file, 'utf8')).toBe('{"bridge": {"commandPort": "x"}}');
  });

  it('asks nothing about other failures', async () => {
    const answers = person();
    const other = new StartFailure('The journal is broken.');
    await expect(startWithPorts(none, failing(other), answers, silent)).rejects.toBe(other);
    expect(answers.told).toEqual([]);
  });
});

function further(id: string): object {
  return { id, commandPort: 0, telemetryPort: 0 };
}

const config = (of: object = {}): Config => configSchema.parse(of);
const words = (facts: Partial<PortFacts>, of: object = {}, platform = 'linux') =>
  portTroubleWords({ ...taken, ...facts }, config(of), none, null, platform);
const text = (facts: Partial<PortFacts>, of: object = {}, platform = 'linux') =>
  words(facts, of, platform).sentences.join(' ');

describe('the words of a port that can not be had', () => {
  it('name the bridge, the use of the connection and the usual holder', () => {
    expect(words({}).title).toBe('Port 5555 is taken');
    expect(text({})).toContain('Bridge Main needs port 5555 for its command connection: by it orders go to the EA.');
    expect(text({})).toContain("Android's adb takes this port, too.");
    expect(text({ port: 5600 })).not.toContain('adb');
    expect(text({ bridge: 'b', port: 6001 }, { bridges: [{ ...further('b'), name: 'Second' }] })).toContain(
      'Bridge Second',
    );
    expect(text({ bridge: null, channel: 'gateway', port: 5559 })).toContain(
      'The desk needs port 5559 for its gateway',
    );
  });

  it('tell what Windows has reserved from what a program has', () => {
    expect(text({ reason: 'forbidden' }, {}, 'win32')).toContain('Port 5555 is reserved by Windows');
    expect(text({ reason: 'forbidden', port: 80 })).toContain('ports below 1024 are for the system');
    expect(text({ reason: 'forbidden' }, {}, 'win32')).not.toContain('End that program');
  });

  it('name the other connection of the desk that has the port', () => {
    const twice = { bridge: { telemetryPort: 5555 } };
    expect(words({ reason: 'twice' }, twice).title).toBe('Port 5555 is set twice');
    expect(text({ reason: 'twice' }, twice)).toContain('The telemetry connection of bridge Main has port 5555, too');
    // Bound first by this very start.
    expect(text({ port: 5559 })).toContain('The gateway of this desk has port 5559, too');
  });

  it('give the line that the other side needs', () => {
    const line = (facts: Partial<PortFacts>) => words(facts).peer.line;
    expect(line({})).toEqual({ before: '#define BACKEND_ENDPOINT "tcp://127.0.0.1:', after: '"' });
    expect(line({ channel: 'telemetry', host: '::1' })).toEqual({
      before: '#define HEARTBEAT_ENDPOINT "tcp://[::1]:',
      after: '"',
    });
    expect(line({ channel: 'feedback' })).toEqual({ before: 'tcp://127.0.0.1:', after: '' });
    expect(words({ channel: 'publish', bridge: null }).peer.sentence).toContain('programs that read there');
  });
});

describe('the ports of a start', () => {
  it('are those of flags before those of settings, without those that take any free one', () => {
    const of = config({ bridge: { feedbackPort: 5601 }, bridges: [{ ...further('b'), telemetryPort: 5602 }] });
    const ports = (...flags: string[]) => deskPorts(of, parseStartOptions(flags)).map(({ port }) => port);
    expect(ports()).toEqual([5555, 5556, 5601, 5602, 5559, 5560, 8765]);
    expect(ports('--command-port', '7', '--telemetry-port', '0', '--no-gateway', '--no-http')).toEqual([7, 5601, 5602]);
  });

  it('are left out where a free one is proposed', async () => {
    const port = await freePort();
    const of = config({ bridge: { telemetryPort: port + 1 } });
    const proposed = await freePortNear({ ...taken, port }, of, none);
    expect(proposed).toBeGreaterThan(port + 1);
    expect(await freePortNear({ ...taken, port: 65_535 }, of, none)).toBeNull();
  });
});

describe('facts of a start that failed', () => {
  const factsOf = (action: () => unknown): unknown => {
    try {
      action();
    } catch (error) {
      return error instanceof PortFailure ? error.facts : error;
    }
    return null;
  };

  it('say which connection has a port that another has, too', () => {
    const own = config({ bridge: { telemetryPort: 5555 } });
    expect(factsOf(() => realBridges(own, none))).toMatchObject({
      bridge: 'main',
      channel: 'telemetry',
      reason: 'twice',
    });
    const both = config({ bridges: [{ ...further('b'), telemetryPort: 5556 }] });
    expect(factsOf(() => realBridges(both, none))).toEqual({
      bridge: 'b',
      channel: 'telemetry',
      host,
      port: 5556,
      reason: 'twice',
    });
    // What is missing is no port that can't be had.
    const missing = config({ bridge: { feedbackPattern: 'req' } });
    expect(factsOf(() => realBridges(missing, none))).not.toBeInstanceOf(PortFailure);
    expect(factsOf(() => realBridges(missing, none))).toBeInstanceOf(StartFailure);
  });

  it('say which port of the app is taken', async () => {
    const port = await hold();
    const opening = openGatewaySockets({ gatewayPort: 0, publishPort: port }, config().settings, silent);
    await expect(opening).rejects.toMatchObject({
      message: expect.stringContaining('choose another port with --publish-port.') as string,
      facts: { bridge: null, channel: 'publish', host, port, reason: 'in_use' },
    });
  });
});
