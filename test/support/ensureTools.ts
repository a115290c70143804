import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { debianChromium } from './chromium.ts';
import { hasCompiler } from '../mt5/gpp.ts';
import { findPython } from './pythonPeer.ts';

/** Installs what the tests need and this machine lacks: a Chromium, pyzmq for the Python peers, g++ for the EA. */
export function ensureTools(): void {
  const packages: string[] = [];
  if (
    !existsSync(debianChromium) &&
    !existsSync(chromium.executablePath()) &&
    process.env['BITTEN_CHROMIUM'] === undefined
  )
    packages.push('chromium');
  if (findPython() === null) packages.push('python3', 'python3-zmq');
  if (!hasCompiler()) packages.push('g++');
  if (packages.length === 0) return;
  if (!canInstall()) {
    if (packages.includes('chromium')) {
      throw new Error(
        'The tests need a Chromium. Run "npx playwright install chromium", or set BITTEN_CHROMIUM to its path.',
      );
    }
    if (packages.includes('python3')) {
      process.stderr.write(
        'The tests with Python peers are skipped: there is no Python with pyzmq (pip install pyzmq).\n',
      );
    }
    if (packages.includes('g++')) process.stderr.write('The tests of the EA are skipped: there is no g++ on Linux.\n');
    return;
  }
  process.stderr.write(`Installing for the tests: ${packages.join(', ')}\n`);
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
}

function canInstall(): boolean {
  return existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
}

function apt(...args: string[]): void {
  const { status } = spawnSync('apt-get', ['-q', ...args], {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  if (status !== 0) throw new Error(`apt-get ${args[0] ?? ''} failed with exit code ${String(status)}.`);
}
