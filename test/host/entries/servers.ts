import { WebSocket } from 'ws';
import { expect } from 'vitest';
import { connectApi } from '../../../src/api/rpc/connectApi.ts';
import { faultsOf } from '../../../src/base/guard.ts';
import { memoryTransport } from '../../../src/api/rpc/memoryTransport.ts';
import type { Transport } from '../../../src/api/rpc/transport.ts';
import { connectControlSocket, openControlSocket } from '../../../src/host/servers/controlSocket.ts';
import { dataFolder } from '../../../src/host/folder/dataFolder.ts';
import { WebSession } from '../../../src/host/servers/webSession.ts';
import { openWebServer, type WebServer } from '../../../src/host/servers/webServer.ts';
import { tempDir } from '../../support/tempDir.ts';
import { makeWebPages } from '../../support/webPages.ts';
import type { Walk, Walker } from './walk.ts';

async function webServer(
  { faults, undo }: Walker,
  session: Partial<WebSession>,
  serve: (transport: Transport) => void = () => undefined,
): Promise<WebServer> {
  const { path, remove } = makeWebPages();
  undo(remove);
  const server = await openWebServer({
    port: 0,
    rendererDir: path,
    session: Object.assign(new WebSession('test', () => 0), session),
    serve,
    onRefused: () => undefined,
    logError: faults.take,
  });
  undo(() => server.close());
  return server;
}

/** How a client's knock ended: it was let in, or is cut off. */
function knock({ url }: WebServer, undo: Walker['undo']): { ended: Promise<void>; opened: Promise<WebSocket> } {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/ws`, { headers: { origin: url } });
  undo(() => {
    socket.terminate();
  });
  socket.on('error', () => undefined);
  return {
    ended: new Promise((resolve) => {
      socket.once('close', () => {
        resolve();
      });
    }),
    opened: new Promise((resolve) => {
      socket.once('open', () => {
        resolve(socket);
      });
    }),
  };
}

export const webRequests: Walk = async (walker) => {
  const server = await webServer(walker, { admits: walker.bug, redeem: walker.bug });
  const session = `${server.url}/session`;
  expect((await fetch(session)).status).toBe(500);
  const launch = { method: 'POST', body: 'token', headers: { origin: server.url } };
  expect((await fetch(session, launch)).status).toBe(500);
  expect((await fetch(server.url)).status).toBe(200);
};

export const upgrades: Walk = async (walker) => {
  let broken = true;
  const server = await webServer(
    walker,
    { admits: () => (broken ? walker.bug() : true) },
    // What is served throws after the upgrade, and the client is not left with nobody.
    walker.bug,
  );
  await knock(server, walker.undo).ended;
  expect(walker.faults.total('upgrade')).toBe(1);
  broken = false;
  await knock(server, walker.undo).ended;
  expect(walker.faults.total('upgrade')).toBe(2);
};

export const webMessages: Walk = async (walker) => {
  const server = await webServer(walker, { admits: () => true }, (transport) => {
    transport.onMessage(walker.bug);
    transport.onClose(walker.bug);
  });
  const socket = await knock(server, walker.undo).opened;
  for (const text of ['{}', 'no JSON', '{}']) socket.send(text);
  await walker.counted('web message', 3);
  expect(socket.readyState).toBe(WebSocket.OPEN);
  socket.close();
  await walker.counted('web message', 4);
};

async function controlSocket({ faults, undo }: Walker, serve: (transport: Transport) => void) {
  const { path, remove } = tempDir();
  const folder = dataFolder(path, { create: true });
  undo(remove);
  undo(await openControlSocket(folder, serve, faults.take));
  return async (): Promise<Transport> => {
    const transport = await connectControlSocket(folder);
    undo(() => {
      transport.close();
    });
    return transport;
  };
}

export const controlMessages: Walk = async (walker) => {
  const connect = await controlSocket(walker, (transport) => {
    transport.onMessage(walker.bug);
    transport.onClose(walker.bug);
  });
  const client = await connect();
  for (const message of [{}, 'a text', {}]) client.post(message);
  await walker.counted('control message', 3);
  client.close();
  await walker.counted('control message', 4);
};

/** Who can't be served is cut off, so that it knows. */
export const connections: Walk = async (walker) => {
  const connect = await controlSocket(walker, walker.bug);
  for (let time = 0; time < 2; time += 1) {
    const client = connectApi(await connect());
    await expect(client.call('snapshot', null)).rejects.toThrow(/connection to the app was lost/);
  }
};

export const windowMessages: Walk = async ({ bug, counted, faults }) => {
  const [one, other] = memoryTransport(faultsOf('window message', faults.take));
  other.onMessage(bug);
  one.post({});
  one.post({});
  await counted('window message');
};
