import { rmSync } from 'node:fs';
import net from 'node:net';
import type { Transport } from '../api/transport.ts';
import type { DataFolder } from './dataFolder.ts';
import { ndjsonTransport } from './ndjsonTransport.ts';

/** Serves the contract to the command line. The socket's file has mode 0600; call it while the instance's lock is held. */
export async function openControlSocket(
  folder: DataFolder,
  serve: (transport: Transport) => void,
): Promise<() => Promise<void>> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serve(ndjsonTransport(socket));
  });
  if (process.platform !== 'win32') rmSync(folder.controlPath, { force: true });
  await listenPrivately(server, folder.controlPath);
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
      resolve(ndjsonTransport(socket));
    });
  });
}
