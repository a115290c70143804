import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadConfig, readConfig, saveConfig } from '../../src/host/config/config.ts';
import { realDisk, type Disk } from '../../src/host/machine/durableFile.ts';
import { hasSignals } from '../support/processes.ts';
import { tempDir } from '../support/tempDir.ts';
import { say, timeLimit, times } from './faults.ts';
import { setTag, tagOf } from './settingsTag.ts';
import { leftBehind, started } from './started.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const kills = times(12, 1_200);
const faults = times(1_000, 10_000);

describe('config.json', () => {
  it.skipIf(!hasSignals)(
    `keeps every change that was told to be saved over ${String(kills)} kills`,
    { timeout: timeLimit(kills, 5_000) },
    async () => {
      const { path, remove } = tempDir();
      saveConfig(path, setTag(loadConfig(path), 1));
      let last = 1;
      let saves = 0;
      for (let kill = 0; kill < kills; kill += 1) {
        const told = await saveUntilKilled(path);
        const { config, recovery } = readConfig(path);
        const tag = tagOf(config);
        expect({ recovery, whole: tag !== null }).toEqual({ recovery: null, whole: true });
        // The last save may have been whole and not yet told of.
        const least = told ?? last;
        expect(tag).toBeGreaterThanOrEqual(least);
        expect(tag).toBeLessThanOrEqual(least + 1);
        saves += (tag ?? last) - last;
        last = tag ?? last;
      }
      expect(saves).toBeGreaterThan(0);
      say(`settings, kill -9: ${String(kills)} kills within ${String(saves)} saves, 0 lost, 0 half`);
      remove();
    },
  );

  it(
    `is the change before or the one after over ${String(faults)} faults of the disk and losses of power`,
    { timeout: timeLimit(faults, 50) },
    () => {
      const { path, remove } = tempDir();
      let config = setTag(loadConfig(path), 1);
      saveConfig(path, config);
      let [failed, cut] = [0, 0];
      for (let count = 0; count < faults; count += 1) {
        const before = tagOf(config) ?? 0;
        const next = setTag(config, before + 1);
        const powerCut = randomInt(2) === 0;
        const disk = faultyDisk(powerCut, randomInt(12));
        let told = true;
        try {
          saveConfig(path, next, disk);
        } catch {
          told = false;
        }
        const found = tagOf(loadConfig(path));
        if (told) expect(found).toBe(before + 1);
        // A loss of power tells nobody anything, so that both are right; a fault that was told changes nothing.
        else if (powerCut) expect([before, before + 1]).toContain(found);
        else expect(found).toBe(before);
        if (!told) [failed, cut] = powerCut ? [failed, cut + 1] : [failed + 1, cut];
        if (found === before + 1) config = next;
      }
      expect(Math.min(failed, cut)).toBeGreaterThan(0);
      say(
        `settings, faults: ${String(faults)} saves, ${String(failed)} faults of the disk, ${String(cut)} losses of power, 0 lost, 0 half`,
      );
      remove();
    },
  );
});

/** @returns the last change that it said was saved; null: it said none */
function saveUntilKilled(dataDir: string): Promise<number | null> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'settingsSaver.ts'), dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  started(child);
  let output = '';
  let timer: NodeJS.Timeout | undefined;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    timer ??= setTimeout(() => child.kill('SIGKILL'), randomInt(25));
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (_code, signal) => {
      if (signal !== 'SIGKILL') reject(new Error('The saver ended by itself.'));
      const whole = output.split('\n').slice(0, -1);
      resolve(whole.length === 0 ? null : Number(whole.at(-1)));
    });
  });
}

/** A disk that fails at one of its steps; with the power what was not flushed is gone, and every step after it fails. */
function faultyDisk(powerCut: boolean, step: number): Disk {
  let steps = 0;
  let off = false;
  let opened = '';
  let flushed = true;
  const fails = (): void => {
    steps += 1;
    const hit = steps === step + 1;
    if (!off && !hit) return;
    if (powerCut && !off) {
      off = true;
      if (!flushed) truncateSync(opened);
    }
    throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  };
  return {
    open: (path) => {
      fails();
      [opened, flushed] = [path, false];
      return realDisk.open(path);
    },
    write: (file, bytes, from) => {
      fails();
      // A short write now and then.
      return writeSync(file, bytes, from, Math.max(1, Math.min(bytes.length - from, randomInt(1, 8_192))));
    },
    sync: (file) => {
      fails();
      realDisk.sync(file);
      flushed = true;
    },
    close: (file) => {
      realDisk.close(file);
    },
    link: (path, name) => {
      fails();
      realDisk.link(path, name);
    },
    rename: (from, to) => {
      fails();
      // A name that goes to what was not flushed is what a power cut makes empty files of.
      expect(flushed).toBe(true);
      realDisk.rename(from, to);
    },
    syncFolder: (path) => {
      fails();
      realDisk.syncFolder(path);
    },
  };
}
