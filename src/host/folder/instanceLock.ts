import net from 'node:net';
import { StartFailure } from '../machine/startFailure.ts';
import type { DataFolder } from './dataFolder.ts';
import { openInstanceKey, removeInstanceKey, secretName } from './instanceKey.ts';

/**
 * ARCHITECTURE rule 8: one instance a data folder. The name is held for as long as the process lives.
 * @returns gives the lock back
 * @throws StartFailure when another instance holds it
 */
export async function lockInstance(folder: DataFolder): Promise<() => Promise<void>> {
  const server = net.createServer((socket) => {
    socket.on('error', () => undefined);
    socket.destroy();
  });
  server.unref();
  const key = openInstanceKey(folder.path);
  // On Windows every user sees the same pipes: nobody else can take a name beforehand that they can't know.
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
      // From now on nothing is wrong with the name, and who knocks is sent away.
      server.on('error', () => undefined);
      resolve();
    });
  });
}

/** Where the system has no such names: is somebody at the control socket? */
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
