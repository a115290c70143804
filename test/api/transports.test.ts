import { EventEmitter } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket as ServerSocket } from 'ws';
import { describe, expect, it, vi } from 'vitest';
import { memoryTransport } from '../../src/api/rpc/memoryTransport.ts';
import type { ElectronBridge } from '../../src/api/rpc/electronBridge.ts';
import type { Transport } from '../../src/api/rpc/transport.ts';
import { connectControlSocket, openControlSocket } from '../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../src/host/folder/dataFolder.ts';
import { ndjsonTransport } from '../../src/host/servers/ndjsonTransport.ts';
import { webSocketTransport } from '../../src/host/servers/webSocketTransport.ts';
import { electronTransport } from '../../renderer/transport/electronTransport.ts';
import { openWebSocketTransport } from '../../renderer/transport/webSocketTransport.ts';
import { tempDir } from '../support/tempDir.ts';
import { transportSuite, type TransportPair } from './transportSuite.ts';

describe('the memory transport', () => {
  transportSuite(
    () => {
      const [client, server] = memoryTransport();
      return Promise.resolve({ client, server, dispose: () => undefined });
    },
    { canBreak: false },
  );
});

describe('the WebSocket transport', () => {
  transportSuite(
    async () => {
      const http = createServer();
      const sockets = new WebSocketServer({ server: http });
      const accepted = new Promise<ServerSocket>((resolve) => sockets.once('connection', resolve));
      await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
      const client = await openWebSocketTransport(`ws://127.0.0.1:${String((http.address() as AddressInfo).port)}/ws`);
      const socket = await accepted;
      return {
        client,
        server: webSocketTransport(socket),
        cut: () => {
          socket.terminate();
        },
        dispose: () => {
          socket.terminate();
          sockets.close();
          http.close();
        },
      };
    },
    { canBreak: true },
  );
});

describe('the control socket', () => {
  transportSuite(
    async () => {
      const { path, remove } = tempDir();
      const folder = dataFolder(path, { create: true });
      const { promise, resolve } = Promise.withResolvers<Transport>();
      const close = await openControlSocket(folder, resolve);
      const client = await connectControlSocket(folder);
      return {
        client,
        server: await promise,
        cut: () => void close(),
        dispose: async () => {
          await close();
          remove();
        },
      };
    },
    { canBreak: true },
  );
});

describe('a client that reads nothing', () => {
  it('is cut off from the control socket before what it is sent fills the memory', () => {
    const deaf = new Duplex({ read: () => undefined, write: () => undefined });
    const server = ndjsonTransport(deaf);
    const message = { type: 'event', event: 'x'.repeat(1024 * 1024) };
    for (let sent = 0; sent < 40; sent += 1) server.post(message);
    expect(deaf.writableLength).toBeLessThan(20 * 1024 * 1024);
    expect(deaf.destroyed).toBe(true);
  });
});

// Our own code on both sides of Electron's IPC: preload and window transport, and the main process's listener. What
// Electron does in between, copying values and naming the sender, is done by the two emitters here.
interface CarrierState {
  main: EventEmitter | null;
  preload: EventEmitter | null;
  world: Record<string, unknown>;
}
const electron = vi.hoisted<CarrierState>(() => ({ main: null, preload: null, world: {} }));

vi.mock('electron', () => ({
  get ipcMain() {
    return electron.main;
  },
  get ipcRenderer() {
    return {
      send: (channel: string, message: unknown) => electron.preload?.emit('send', channel, structuredClone(message)),
      on: (channel: string, listener: (...args: unknown[]) => void) => electron.preload?.on(channel, listener),
    };
  },
  contextBridge: {
    exposeInMainWorld: (name: string, value: unknown) => {
      electron.world[name] = value;
    },
  },
  protocol: {},
}));

interface IpcPair extends TransportPair {
  contents: EventEmitter & { mainFrame: { url: string } };
  /** A message as if from a frame of any kind. */
  sendAs: (senderFrame: { url: string }, message: unknown) => void;
  refused: string[];
}

async function openIpcPair(): Promise<IpcPair> {
  vi.resetModules();
  const main = new EventEmitter();
  const preload = new EventEmitter();
  Object.assign(electron, { main, preload, world: {} });
  const frame = { url: 'bitten://desk/index.html' };
  const contents = Object.assign(new EventEmitter(), {
    mainFrame: frame,
    isDestroyed: () => false,
    send: (channel: string, message: unknown) => {
      const copy: unknown = structuredClone(message);
      setImmediate(() => preload.emit(channel, {}, copy));
    },
  });
  preload.on('send', (channel: string, message: unknown) => {
    setImmediate(() => main.emit(channel, { sender: contents, senderFrame: frame }, message));
  });
  const { listenToPages } = await import('../../electron/ipcTransport.ts');
  const { promise, resolve } = Promise.withResolvers<Transport>();
  const refused: string[] = [];
  listenToPages(contents as never, resolve, (sentence) => refused.push(sentence));
  await import('../../electron/preload.ts');
  return {
    server: await promise,
    client: electronTransport(electron.world['bittenDesk'] as ElectronBridge),
    dispose: () => undefined,
    contents,
    sendAs: (senderFrame, message) => main.emit('bitten:message', { sender: contents, senderFrame }, message),
    refused,
  };
}

describe('the Electron IPC transport', () => {
  transportSuite(openIpcPair, { canBreak: false });

  it("takes messages from the window's own page alone", async () => {
    const { server, contents, sendAs, refused } = await openIpcPair();
    const received: unknown[] = [];
    server.onMessage((message) => received.push(message));
    sendAs({ url: 'bitten://desk/index.html' }, 'from a frame inside the page');
    contents.mainFrame.url = 'https://evil.example/';
    sendAs(contents.mainFrame, 'from a page that the window was led to');
    contents.mainFrame.url = 'bitten://evil/index.html';
    sendAs(contents.mainFrame, 'from another host of the scheme');
    contents.mainFrame.url = 'bitten://desk/index.html';
    sendAs(contents.mainFrame, 'from the page');
    expect(received).toEqual(['from the page']);
    expect(refused).toEqual([
      'An IPC message from bitten://desk/index.html was turned away.',
      'An IPC message from https://evil.example/ was turned away.',
      'An IPC message from bitten://evil/index.html was turned away.',
    ]);
  });

  it('ends when the page crashes', async () => {
    const { server, contents } = await openIpcPair();
    let closes = 0;
    server.onClose(() => (closes += 1));
    contents.emit('render-process-gone');
    expect(closes).toBe(1);
  });
});
