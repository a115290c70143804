import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ensureBuild } from '../../scripts/ensureBuild.ts';

const renderer = join(import.meta.dirname, '..', '..', 'out', 'renderer');

/** Bytes, gzip, of the scripts that the page names: those are read before the first paint. */
export async function firstPaintBundle(): Promise<number> {
  await ensureBuild();
  const page = readFileSync(join(renderer, 'index.html'), 'utf8');
  const scripts = [...page.matchAll(/(?:src|href)="\.?\/?(assets\/[^"]+\.js)"/g)].map(([, path = '']) => path);
  if (scripts.length === 0) throw new Error('The built page names no script.');
  return scripts.reduce((sum, path) => sum + gzipSync(readFileSync(join(renderer, path))).length, 0);
}
