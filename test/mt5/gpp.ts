import { spawnSync } from 'node:child_process';

/** g++, or what CXX names. */
export const compiler = process.env['CXX'] ?? 'g++';

/** What the compiler says of itself, or null where there is none. The shim needs Linux: its share modes are open file description locks. */
export function compilerVersion(): string | null {
  if (process.platform !== 'linux') return null;
  const { status, stdout } = spawnSync(compiler, ['--version'], { encoding: 'utf8' });
  return status === 0 ? stdout : null;
}

export function hasCompiler(): boolean {
  return compilerVersion() !== null;
}

/** For tests that need it; says why they are skipped. */
export function skipsWithoutCompiler(): boolean {
  if (hasCompiler()) return false;
  process.stderr.write('skipped: no C++ compiler on Linux (apt-get install g++)\n');
  return true;
}
