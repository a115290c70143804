import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { ensureBuild } from '../../scripts/ensureBuild.ts';
import { run } from '../support/processes.ts';

beforeAll(ensureBuild, 120_000);

it('is imported from the package as JavaScript, fires, and leaves nothing that keeps its process alive', async () => {
  const script = `
    import { executeZmqFire } from 'bitten-desk/client';
    const signal = { signal_id: 'A', action: 'buy', symbol: 'XAUUSD', lot: 0.1, sl: 20, tp: 40 };
    const outcome = await executeZmqFire(signal, { engine: 'VENOM', token: 'T', endpoint: 'tcp://127.0.0.1:1' });
    console.log(import.meta.resolve('bitten-desk/client'));
    console.log(JSON.stringify(outcome));`;
  const plain = ['--no-experimental-strip-types', '--input-type=module', '--eval', script];
  const { code, stdout, stderr } = await run(plain).finished;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const [file, outcome] = stdout.split('\n');
  expect(file).toMatch(/out\/lib\/client\/client\.js$/);
  expect(JSON.parse(outcome ?? '')).toMatchObject({ state: 'refused', code: 'unreachable' });
});

it('brings its types', () => {
  const types = readFileSync(join(import.meta.dirname, '../../out/lib/client/client.d.ts'), 'utf8');
  expect(types).toContain('executeZmqFire');
});
