import { once } from 'node:events';
import { existsSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../src/api/rpc/transport.ts';
import { connectControlSocket, openControlSocket } from '../../src/host/servers/controlSocket.ts';
import { comparablePath, dataFolder, type DataFolder } from '../../src/host/folder/dataFolder.ts';
import { findCopy } from '../../src/host/folder/folderMark.ts';
import { lockInstance } from '../../src/host/folder/instanceLock.ts';
import { openInstanceKey, proofOf } from '../../src/host/folder/instanceKey.ts';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

function newFolder(): DataFolder {
  const { path, remove } = tempDir();
  undos.push(remove);
  return dataFolder(path, { create: true });
}

async function serve(folder: DataFolder): Promise<Transport[]> {
  const served: Transport[] = [];
  undos.push(await openControlSocket(folder, (transport) => served.push(transport)));
  return served;
}

/** Speaks to the socket as it is. */
async function raw(folder: DataFolder): Promise<{ socket: net.Socket; received: () => string }> {
  const socket = net.connect(folder.controlPath);
  undos.push(() => socket.destroy());
  let received = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return { socket, received: () => received };
}

const call = `${JSON.stringify({ type: 'call', id: 1, name: 'arm', input: { bridge: 'main' } })}\n`;

// A pipe's name on Windows has the key in it, so that a raw connection is made otherwise there.
describe.skipIf(process.platform === 'win32')('the control socket', () => {
  it('serves who has the key, and answers what comes right behind the proof', async () => {
    const folder = newFolder();
    const received: unknown[] = [];
    undos.push(
      await openControlSocket(folder, (transport) => {
        transport.onMessage((message) => received.push(message));
      }),
    );
    const client = await connectControlSocket(folder);
    client.post({ hello: 1 });
    await until(() => received.length === 1, 'the message is there');
    expect(received).toEqual([{ hello: 1 }]);
    client.close();
  });

  it.each([
    ['a call without a proof', () => call],
    ['a wrong proof', () => `{"nonce":"abc"}\n{"proof":"${'A'.repeat(43)}"}\n${call}`],
    ['a proof that is the nonce', () => `{"nonce":"abc"}\n{"proof":"abc"}\n${call}`],
    ['a proof by an empty key', () => `{"nonce":"abc"}\n{"proof":"${proofOf('', 'client', ['abc', ''])}"}\n${call}`],
    ['bytes without end', () => 'x'.repeat(100_000)],
    ['no nonce', () => `{"nonce":""}\n${call}`],
  ])('lets nobody in with %s', async (_, words) => {
    const folder = newFolder();
    const served = await serve(folder);
    const { socket } = await raw(folder);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(words());
    await closed;
    expect(served).toEqual([]);
    (await connectControlSocket(folder)).close();
  });

  it("lets nobody in with the server's own proof sent back", async () => {
    const folder = newFolder();
    const served = await serve(folder);
    const { socket, received } = await raw(folder);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write('{"nonce":"abc"}\n');
    await until(() => received().includes('\n'), 'the server has answered');
    const { proof } = JSON.parse(received()) as { proof: string };
    socket.write(`${JSON.stringify({ proof })}\n${call}`);
    await closed;
    expect(served).toEqual([]);
  });

  it('tells a false server nothing but a number that is used once', async () => {
    const folder = newFolder();
    const key = openInstanceKey(folder.path);
    let received = '';
    const thief = net.createServer((socket) => {
      socket.on('error', () => undefined);
      socket.setEncoding('utf8').on('data', (chunk: string) => {
        received += chunk;
        socket.write('{"nonce":"abc","proof":"abc"}\n');
      });
    });
    thief.listen(folder.controlPath);
    await once(thief, 'listening');
    undos.push(() => thief.close());
    await expect(connectControlSocket(folder)).rejects.toThrow('it was told nothing');
    expect(received).toMatch(/^\{"nonce":"[\w-]{32}"\}\n$/);
    expect(received).not.toContain(key);
  });
});

describe('the key of a data folder', () => {
  it.skipIf(process.platform === 'win32')('is for its owner alone', () => {
    const folder = newFolder();
    openInstanceKey(folder.path);
    expect(statSync(join(folder.path, 'instance.key')).mode & 0o777).toBe(0o600);
  });

  it('is new at each start, and one that a crash left is used again', async () => {
    const folder = newFolder();
    const unlock = await lockInstance(folder);
    const first = openInstanceKey(folder.path);
    expect(openInstanceKey(folder.path)).toBe(first);
    await unlock();
    expect(existsSync(join(folder.path, 'instance.key'))).toBe(false);
    expect(openInstanceKey(folder.path)).not.toBe(first);
  });

  it('is refused in words when it is damaged', () => {
    const folder = newFolder();
    writeFileSync(join(folder.path, 'instance.key'), 'short');
    expect(() => openInstanceKey(folder.path)).toThrow('delete it while BITTEN Desk is not running');
  });
});

describe("a data folder's path", () => {
  it('is the same on Windows whatever its case', () => {
    expect(comparablePath('C:\\Users\\Me\\Desk', 'win32')).toBe(comparablePath('c:\\users\\me\\desk', 'win32'));
    expect(comparablePath('/home/Me', 'linux')).not.toBe(comparablePath('/home/me', 'linux'));
  });

  it('makes no copy of one that was written otherwise there', () => {
    const mark = { path: 'C:\\Desk', generation: 1, seq: 5, epoch: 1 };
    const identity = { instance: 'a', generation: 1, seq: 5 };
    expect(findCopy('c:\\desk', identity, mark, 'win32')).toBeNull();
    expect(findCopy('c:\\desk', identity, mark, 'linux')).toContain('it is a copy');
  });
});
