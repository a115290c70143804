import { afterEach, expect, it } from 'vitest';
import { startServe, type Serving } from '../support/processes.ts';

let serving: Serving | null = null;
afterEach(() => serving?.end('SIGKILL'));

it('whose reader of stdout and stderr goes away works on, and ends cleanly', { timeout: 60_000 }, async () => {
  const app = await startServe();
  serving = app;
  app.child.stdout?.destroy();
  app.child.stderr?.destroy();
  for (let time = 0; time < 3; time += 1) {
    expect((await app.cli('kill')).code).toBe(0);
    expect((await app.cli('release')).code).toBe(0);
  }
  expect((await app.cli('status')).code).toBe(0);
  expect((await app.end()).code).toBe(0);
});
