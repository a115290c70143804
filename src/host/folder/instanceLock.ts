import net from 'node:net';
import { StartFailure } from '../machine/startFailure.ts';
import type { DataFolder } from './dataFolder.ts';
import { openInstanceKey, removeInstanceKey, secretName } from './instanceKey.ts';

/**
 * ARCHITECTURE rule 8: one instance a data folder. The name is held for as long as the process lives.
 * @returns releases the lock
 * @throws StartFailure when another instance holds it
 */
export async function lockInstance(folder: DataFolder): Promise<() => Promise<void>> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.destroy();
  });
  server.unref();
  const key = openInstanceKey(folder.path);
  // On Windows all users share the names of pipes: another user can't take a name that they can't predict.
  const suffix = process.platform === 'win32' ? `-${secretName(key)}` : '';
  if (folder.lockPath !== null) await listen(server, `${folder.lockPath}${suffix}`, folder);
  else await refuseIfAnswering(folder);
  return () => {
    removeInstanceKey(folder.path);
    return new Promise((done) =>
      server.close(() => {
        done();
      }),
    );
  };
}

function listen(server: net.Server, path: string, folder: DataFolder): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? alreadyRunning(folder) : error);
    });
    server.listen(path, () => {
      // The name is held from now on; connection attempts are closed at once.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Without such names: refuses when an instance answers at the control socket. @throws StartFailure */
function refuseIfAnswering(folder: DataFolder): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(folder.controlPath);
    socket.once('connect', () => {
      socket.destroy();
      reject(alreadyRunning(folder));
    });
    socket.once('error', () => {
      resolve();
    });
  });
}

function alreadyRunning(folder: DataFolder): StartFailure {
  return new StartFailure(
    `BITTEN Desk already runs on the data folder ${folder.path}. Get its window with "npx bitten-desk open", or choose another folder with --data-dir.`,
  );
}
