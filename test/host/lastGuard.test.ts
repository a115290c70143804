import { EventEmitter } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { AppState } from '../../src/api/state/state.ts';
import { openLastGuard, type Guarded } from '../../src/host/machine/lastGuard.ts';
import { oddities } from '../support/oddities.ts';
import { bridgeBench } from '../support/bridgeBench.ts';
import { run, runCli, serveFlags, type Running } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

describe('the last guard', () => {
  function guard(app: Partial<Guarded> = {}, say: (sentence: string) => void = () => undefined) {
    const events = new EventEmitter();
    const done: string[] = [];
    let now = 0;
    const guarded: Guarded = {
      distrust: () => {
        done.push('distrust');
        return null;
      },
      write: () => undefined,
      lastWords: () => done.push('last words'),
      ...app,
    };
    const opened = openLastGuard({
      process: events,
      now: () => now,
      say,
      end: (sentence) => done.push(sentence),
    });
    return {
      done,
      protect: () => {
        opened.protect(guarded);
      },
      fault: (type = 'uncaughtException', thrown: unknown = new Error('a bug')) => events.emit(type, thrown),
      wait: (ms: number) => (now += ms),
    };
  }

  it('takes a bug of the start for a start that failed', () => {
    const { done, fault } = guard();
    fault();
    expect(done).toEqual([expect.stringContaining('it could not start because of a bug')]);
  });

  it.each(['uncaughtException', 'unhandledRejection'])('disarms after an %s, and goes on', (type) => {
    const { done, fault, protect } = guard();
    protect();
    fault(type);
    expect(done).toEqual(['distrust']);
  });

  it('ends the app when three come within a minute, the mark first', () => {
    const { done, fault, protect, wait } = guard();
    protect();
    fault();
    wait(59_000);
    fault();
    expect(done).toEqual(['distrust', 'distrust']);
    fault();
    expect(done.slice(2)).toEqual(['distrust', 'last words', expect.stringContaining('three bugs')]);
  });

  it('goes on where they come further apart', () => {
    const { done, fault, protect, wait } = guard();
    protect();
    for (let count = 0; count < 5; count += 1) {
      fault();
      wait(31_000);
    }
    expect(new Set(done)).toEqual(new Set(['distrust']));
  });

  it('ends the app that fails its self-check, or can not be looked at', () => {
    for (const distrust of [
      () => "the journal can't be written (disk full)",
      () => {
        throw new Error('disk full');
      },
    ]) {
      const { done, fault, protect } = guard({ distrust });
      protect();
      fault();
      expect(done).toEqual(['last words', expect.stringContaining('disk full')]);
    }
  });

  it.each(oddities)('disarms, whatever was thrown: %s', (_what, thrown) => {
    const said: string[] = [];
    const { done, fault, protect } = guard({}, (sentence) => said.push(sentence));
    protect();
    expect(() => fault('unhandledRejection', thrown)).not.toThrow();
    expect([done, said]).toEqual([['distrust'], [expect.stringContaining('came past every guard: ')]]);
  });

  it('disarms, and goes on, although nothing can be said or written of it', () => {
    const broken = (): never => {
      throw new Error('nobody reads this');
    };
    const { done, fault, protect } = guard({ write: broken }, broken);
    protect();
    expect(fault).not.toThrow();
    expect(done).toEqual(['distrust']);
  });

  it('ends the app although its last words fail', () => {
    const { done, fault, protect } = guard({
      distrust: () => 'it is broken',
      lastWords: () => {
        throw new Error('no disk');
      },
    });
    protect();
    expect(fault).not.toThrow();
    expect(done).toEqual([expect.stringContaining('it is broken')]);
  });
});

describe('a controller that is distrusted', () => {
  it('is disarmed on every bridge until a person arms it, alarms, and lets closes out', async () => {
    const { controller, connect, fire, state } = bridgeBench();
    connect();
    controller.risk.arm('main', 'ticket');
    expect(controller.risk.distrust()).toBeNull();
    expect(state().armed).toBe(false);
    expect(controller.snapshot().state.alarms[0]).toMatchObject({ level: 'critical', code: 'internal_fault' });
    expect((await fire()).refusal?.code).toBe('disarmed');
    expect((await fire({ action: 'close', sl: 0, tp: 0 })).state).toBe('sent');
  });

  it('says that the journal can not be written, or a socket is not read', () => {
    const broken = bridgeBench();
    broken.connect();
    broken.journal.write = () => {
      throw new Error('disk full');
    };
    expect(broken.controller.risk.distrust()).toContain('disk full');
    const deaf = bridgeBench();
    deaf.connect();
    Object.assign(deaf.link, { check: () => "one of the EA's sockets is read no more" });
    expect(deaf.controller.risk.distrust()).toContain('read no more');
  });
});

describe('the served app', () => {
  let app: Running | null = null;
  let remove = (): void => undefined;
  afterEach(async () => {
    await app?.end('SIGKILL');
    app = null;
    remove();
  });

  async function start(...flags: string[]) {
    const dir = tempDir();
    ({ remove } = dir);
    const state = join(dir.path, 'state');
    const running = run(['test/host/faultyApp.ts', ...serveFlags(dir.path), ...flags], {
      stdin: 'pipe',
      env: { XDG_STATE_HOME: state, LOCALAPPDATA: state },
    });
    app = running;
    await until(() => running.output.stdout.includes('"ready"'), 'the app is ready', 30_000);
    const status = async (): Promise<AppState> =>
      JSON.parse((await runCli(dir.path, '--json', 'status')).stdout) as AppState;
    return {
      running,
      dir: dir.path,
      state,
      status,
      cli: (...args: string[]) => runCli(dir.path, ...args),
      bug: (word: string) => running.child.stdin?.write(word),
    };
  }

  it('disarms after a bug that nobody caught, and trades again once it is armed', { timeout: 60_000 }, async () => {
    const { bug, cli, running, status } = await start('--paper');
    const order = ['fire', '--bridge', 'paper', '--symbol', 'EURUSD', '--action', 'buy', '--lot', '0.1', '--sl', '200'];
    const isArmed = async (): Promise<boolean | undefined> =>
      (await status()).bridges.find(({ id }) => id === 'paper')?.armed;
    expect(await isArmed()).toBe(true);
    bug('reject');
    await until(async () => (await isArmed()) === false, 'the bridge is disarmed');
    expect((await status()).alarms).toContainEqual(
      expect.objectContaining({ level: 'critical', code: 'internal_fault', bridge: null }),
    );
    const refused = await cli(...order);
    expect([refused.code, refused.stdout + refused.stderr]).toEqual([2, expect.stringMatching(/disarmed/i)]);
    // A machine that stands still for seconds in between disarms as well, and the EA may have to name its account anew.
    const armed = async (): Promise<boolean> =>
      (await cli('arm', '--bridge', 'paper')).code === 0 && (await isArmed()) === true;
    await until(armed, 'the bridge is armed again');
    expect(running.child.exitCode).toBeNull();
  });

  it('ends with code 1 after three bugs in a minute, and leaves its mark', { timeout: 60_000 }, async () => {
    const { bug, dir, running, state, status } = await start();
    const marks = join(state, 'bitten-desk', 'marks');
    if (existsSync(marks)) for (const name of readdirSync(marks)) rmSync(join(marks, name));
    for (const word of ['throw', 'reject']) {
      const before = running.output.stderr.split('came past every guard: ').length;
      bug(word);
      await until(() => running.output.stderr.split('came past every guard: ').length > before, 'the bug is told');
      expect((await status()).killSwitch).toBeNull();
    }
    bug('throw');
    expect((await running.finished).code).toBe(1);
    expect(running.output.stderr).toContain('Positions stay open');
    expect(readFileSync(join(dir, 'logs', 'bitten-desk.log'), 'utf8')).toContain('a test throws');
    if (process.platform === 'linux') expect(readdirSync(marks).length).toBeGreaterThan(0);
  });
});
