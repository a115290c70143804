import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tempDir } from './tempDir.ts';

/** A folder with two pages, in place of the built window. */
export function makeWebPages(): { path: string; remove: () => void } {
  const { path, remove } = tempDir();
  writeFileSync(join(path, 'index.html'), '<h1>desk</h1>');
  writeFileSync(join(path, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  return { path, remove };
}
