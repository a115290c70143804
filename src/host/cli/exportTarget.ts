import { once } from 'node:events';
import { createWriteStream, renameSync, rmSync } from 'node:fs';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';

/** Destination of an export. */
export interface ExportTarget {
  /** Resolves when there is room for more. */
  write: (text: string) => Promise<void>;
  /** Completes the export; a file gets its name. */
  finish: () => Promise<void>;
  /** Discards the export; nothing remains. */
  discard: () => void;
}

/** A file that gets its name only when it is complete, replacing an older one. */
export async function fileTarget(path: string): Promise<ExportTarget> {
  const partPath = `${path}.${String(process.pid)}.part`;
  const stream = createWriteStream(partPath, { flags: 'wx', mode: 0o600 });
  await once(stream, 'open');
  const ended = finished(stream);
  // A failure is thrown by the next write, or at the end.
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
