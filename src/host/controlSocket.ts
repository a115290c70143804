import { rmSync } from 'node:fs';
import net from 'node:net';
import { faultsOf, guarded, toLastGuard, troubleToLastGuard, type OnTrouble } from '../api/guard.ts';
import type { Transport } from '../api/transport.ts';
import type { DataFolder } from './dataFolder.ts';
import { messageBytes } from './messageBytes.ts';
import { ndjsonTransport } from './ndjsonTransport.ts';

/** Serves the contract to the command line. The socket's file has mode 0600; call it while the instance's lock is held. */
export async function openControlSocket(
  folder: DataFolder,
  serve: (transport: Transport) => void,
  onTrouble: OnTrouble = troubleToLastGuard,
): Promise<() => Promise<void>> {
  const onFault = faultsOf('connection', onTrouble);
  const onMessageFault = faultsOf('control message', onTrouble);
  const open = new Set<net.Socket>();
  const server = net.createServer(
    guarded(onFault, (socket: net.Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      serve(ndjsonTransport(socket, onMessageFault));
    }),
  );
  if (process.platform !== 'win32') rmSync(folder.controlPath, { force: true });
  await listenPrivately(server, folder.controlPath);
  // Too many open files, for example: the next one that knocks is let in all the same.
  server.on('error', onFault);
  return () =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
      for (const socket of open) socket.destroy();
    });
}

function listenPrivately(server: net.Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    // The file is made within this call, so no other mode is ever seen.
    const before = process.umask(0o177);
    server.listen(path, resolve);
    process.umask(before);
  });
}

/** @throws when nobody answers there */
export function connectControlSocket(folder: DataFolder): Promise<Transport> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(folder.controlPath);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      // What the app answers can be longer than what it is asked.
      resolve(ndjsonTransport(socket, toLastGuard, messageBytes.cutOff));
    });
  });
}
