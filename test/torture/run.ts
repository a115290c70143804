import { spawn } from 'node:child_process';
import { join } from 'node:path';

// `npm run torture`: every fault in full, which takes hours, and what was counted in the last lines.
// `npm run torture -- appKill model` runs some of the files, BITTEN_TORTURE_SHARE=0.1 does a tenth.

const root = join(import.meta.dirname, '..', '..');
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
const filters = process.argv.slice(2);

const child = spawn(
  process.execPath,
  [
    ...[vitest, 'run', '--testTimeout=0', '--hookTimeout=0'],
    ...(filters.length === 0 ? ['test/torture/', 'model/model.test', 'lifecycleModel.test', 'tornWal.test'] : filters),
  ],
  { cwd: root, env: { ...process.env, BITTEN_TORTURE: 'full' }, stdio: ['inherit', 'pipe', 'inherit'] },
);
let output = '';
child.stdout.setEncoding('utf8').on('data', (text: string) => {
  process.stdout.write(text);
  output += text;
});
const code = await new Promise<number | null>((resolve) => child.once('close', resolve));

const counted = output.split('\n').filter((line) => line.startsWith('torture | '));
process.stdout.write(
  `\n${counted.join('\n')}\n${code === 0 ? 'Every row holds.' : 'Not every row holds: see above.'}\n`,
);
process.exitCode = code ?? 1;
