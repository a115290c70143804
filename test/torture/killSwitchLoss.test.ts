import { randomInt } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { hasSignals } from '../support/processes.ts';
import { startApp, Undos } from './appHarness.ts';
import { say, timeLimit, times } from './faults.ts';
import { leftBehind } from './started.ts';

afterAll(() => {
  expect(leftBehind()).toEqual([]);
});

const rounds = times(6, 600);

describe.skipIf(!hasSignals)('the kill switch', () => {
  it(
    `is as a person left it over ${String(rounds)} kills, in every third with the journal lost`,
    { timeout: timeLimit(rounds, 15_000) },
    async ({ onTestFinished }) => {
      const undos = new Undos();
      onTestFinished(() => undos.all());
      const home = undos.folder();
      const dataDir = join(home, 'desk');
      const env = { XDG_STATE_HOME: join(home, 'state'), LOCALAPPDATA: join(home, 'state') };
      let on = false;
      let [lost, cut] = [0, 0];
      for (let round = 0; round < rounds; round += 1) {
        const app = startApp({ dataDir, env });
        undos.add(() => app.end('SIGKILL'));
        await app.ready;
        const client = await app.connect();
        expect((await client.call('snapshot', null)).state.killSwitch !== null).toBe(on);
        const call = client.call(on ? 'release' : 'kill', null).then(
          () => true,
          () => false,
        );
        if (randomInt(2) === 0) await call;
        else await pause(randomInt(4));
        await app.end('SIGKILL');
        const answered = await call;
        client.close();
        if (answered) on = !on;
        else {
          // Nobody was told: either is right, and the next start says which.
          cut += 1;
          const look = startApp({ dataDir, env });
          await look.ready;
          const eyes = await look.connect();
          on = (await eyes.call('snapshot', null)).state.killSwitch !== null;
          eyes.close();
          await look.end('SIGKILL');
        }
        if (round % 3 !== 2) continue;
        lost += 1;
        for (const name of readdirSync(dataDir)) if (name.startsWith('journal.db')) rmSync(join(dataDir, name));
      }
      say(
        `kill switch: ${String(rounds)} kills, ${String(cut)} amid a change, ${String(lost)} journals lost, 0 released by it`,
      );
    },
  );
});
