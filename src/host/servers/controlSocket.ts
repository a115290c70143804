import { rmSync } from 'node:fs';
import net from 'node:net';
import { attempt, faultsOf, guarded, toLastGuard, logToLastGuard, type LogError } from '../../base/guard.ts';
import type { Transport } from '../../api/rpc/transport.ts';
import { proveToClient, proveToServer } from './controlProof.ts';
import type { DataFolder } from '../folder/dataFolder.ts';
import { openInstanceKey, readInstanceKey, secretName } from '../folder/instanceKey.ts';
import { messageBytes } from './messageBytes.ts';
import { ndjsonTransport } from './ndjsonTransport.ts';

/**
 * Serves the contract to command-line clients that prove to have the data folder's key. The socket's file has mode 0600.
 * Call it while the instance's lock is held.
 */
export async function openControlSocket(
  folder: DataFolder,
  serve: (transport: Transport) => void,
  logError: LogError = logToLastGuard,
): Promise<() => Promise<void>> {
  const onFault = faultsOf('connection', logError);
  const onMessageFault = faultsOf('control message', logError);
  const key = openInstanceKey(folder.path);
  const open = new Set<net.Socket>();
  const welcome = async (socket: net.Socket): Promise<void> => {
    try {
      if (await proveToClient(socket, key)) serve(ndjsonTransport(socket, onMessageFault));
      else socket.destroy();
    } catch (error) {
      socket.destroy();
      throw error;
    }
  };
  const server = net.createServer(
    guarded(onFault, (socket: net.Socket) => {
      open.add(socket);
      socket.on('close', () => open.delete(socket));
      socket.on('error', () => socket.destroy());
      attempt(onFault, () => welcome(socket));
    }),
  );
  const path = controlPath(folder, key);
  if (process.platform !== 'win32') rmSync(path, { force: true });
  await listenPrivately(server, path);
  // For example too many open files: later connections are accepted all the same.
  server.on('error', onFault);
  return () =>
    new Promise((done) => {
      server.close(() => {
        done();
      });
      for (const socket of open) socket.destroy();
    });
}

/** On Windows all users share the names of pipes: another user can't take a name that they can't predict. */
function controlPath(folder: DataFolder, key: string): string {
  return process.platform === 'win32' ? `${folder.controlPath}-${secretName(key)}` : folder.controlPath;
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

/** @throws when nothing answers there, or the peer can't prove to have the data folder's key */
export async function connectControlSocket(folder: DataFolder): Promise<Transport> {
  const key = readInstanceKey(folder.path);
  const socket = await connect(controlPath(folder, key));
  if (!(await proveToServer(socket, key))) {
    socket.destroy();
    throw new Error(`Who answers for the data folder ${folder.path} is not its BITTEN Desk, so it was told nothing.`);
  }
  // Replies can be longer than calls.
  return ndjsonTransport(socket, toLastGuard, messageBytes.cutOff);
}

function connect(path: string): Promise<net.Socket> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(path);
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      socket.on('error', () => socket.destroy());
      resolve(socket);
    });
  });
}
