import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const left = new Set<string>();
process.once('exit', () => {
  for (const path of left) {
    try {
      rmSync(path, { recursive: true, force: true });
    } catch {
      // A process that is still there writes to it.
    }
  }
});

/** A folder of a test's own; it is gone with this process at the latest. */
export function tempDir(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'bitten-test-'));
  left.add(path);
  return {
    path,
    remove: () => {
      rmSync(path, { recursive: true, force: true });
      left.delete(path);
    },
  };
}
