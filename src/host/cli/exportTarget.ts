import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Where an export goes. */
export interface ExportTarget {
  /** Resolves when there is room for more. */
  write: (text: string) => Promise<void>;
  /** All of it is there: a file gets its name. */
  finish: () => Promise<void>;
  /** Nothing of it stays. */
  discard: () => void;
}

/** A file that has its name only once it is whole. An older one of this name is replaced then. */
export async function fileTarget(path: string): Promise<ExportTarget> {
  const partPath = `${path}.${String(process.pid)}.part`;
  const stream = createWriteStream(partPath, { flags: 'wx', mode: 0o600 });
  await once(stream, 'open');
  const ended = finished(stream);
  // Looked at by whoever writes next, or at the end.
  ended.catch(() => undefined);
  return {
    write: (text) => Promise.race([writeTo(stream, text), ended]),
    finish: async () => {
      stream.end();
      await ended;
      renameSync(partPath, path);
    },
    discard: () => {
      stream.destroy();
      rmSync(partPath, { force: true });
    },
  };
}

export function standardOutput(): ExportTarget {
  return {
    write: (text) => writeTo(process.stdout, text),
    finish: () => Promise.resolve(),
    discard: () => undefined,
  };
}

async function writeTo(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
