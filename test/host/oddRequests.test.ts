import { renameSync } from 'node:fs';
import net from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { WebSession } from '../../src/host/servers/webSession.ts';
import { openWebServer, type WebServer } from '../../src/host/servers/webServer.ts';
import { makeWebPages } from '../support/webPages.ts';
import { until } from '../support/until.ts';

// ARCHITECTURE rule 7a: what strangers send to the dashboard's port is answered, and ends nothing.

const undos: (() => unknown)[] = [];
afterEach(async () => {
  for (const undo of undos.splice(0).reverse()) await undo();
});

async function open(): Promise<{ server: WebServer; pages: string; loggedErrors: string[] }> {
  const { path, remove } = makeWebPages();
  const loggedErrors: string[] = [];
  const server = await openWebServer({
    port: 0,
    rendererDir: path,
    session: new WebSession('test', () => 0),
    serve: () => undefined,
    onRefused: () => undefined,
    logError: (sentence) => loggedErrors.push(sentence),
  });
  undos.push(remove, () => server.close());
  return { server, pages: path, loggedErrors };
}

/** The first line of what a raw request is answered with. */
function ask(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      answer += chunk;
      if (answer.includes('\r\n')) socket.destroy();
    });
    socket.on('close', () => {
      resolve(answer.split('\r\n')[0] ?? '');
    });
    socket.on('error', reject);
    socket.write(text, 'latin1');
  });
}

const upgrade =
  'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';

describe('an odd address', () => {
  it.each([
    '//',
    'http://[',
    '///',
    '//[',
    '/\\evil.example/',
    'http://',
    'http://evil.example/',
    'ws://[::',
    '//evil.example/ws',
    '*',
  ])('is answered 400: %s', async (address) => {
    const { server, loggedErrors } = await open();
    const host = `Host: 127.0.0.1:${String(server.port)}\r\nOrigin: ${server.url}\r\n`;
    expect(await ask(server.port, `GET ${address} HTTP/1.1\r\n${host}\r\n`)).toBe('HTTP/1.1 400 Bad Request');
    expect(await ask(server.port, `GET ${address} HTTP/1.1\r\n${host}${upgrade}\r\n`)).toBe('HTTP/1.1 400 Bad Request');
    expect((await fetch(server.url)).status).toBe(200);
    expect(loggedErrors).toEqual([]);
  });

  it('may name this server in full, as HTTP allows', async () => {
    const { server } = await open();
    const request = `GET ${server.url}/ HTTP/1.1\r\nHost: 127.0.0.1:${String(server.port)}\r\n\r\n`;
    expect(await ask(server.port, request)).toBe('HTTP/1.1 200 OK');
  });
});

it('a range that ends before it begins gets the whole page', async () => {
  const { server, loggedErrors } = await open();
  const response = await fetch(server.url, { headers: { range: 'bytes=5-2' } });
  expect([response.status, await response.text()]).toEqual([200, '<h1>desk</h1>']);
  expect(loggedErrors).toEqual([]);
});

it('a page that is gone from the disk costs its own answer alone', async () => {
  const { server, pages } = await open();
  renameSync(`${pages}/index.html`, `${pages}/elsewhere.html`);
  await expect(fetch(server.url).then((response) => response.text())).rejects.toThrow();
  expect((await fetch(`${server.url}/icon.svg`)).status).toBe(200);
});

it('a session that throws is answered, told, and ends neither requests nor upgrades', async () => {
  const { path, remove } = makeWebPages();
  const loggedErrors: string[] = [];
  const session = new WebSession('test', () => 0);
  let broken = true;
  session.admits = () => {
    if (broken) throw new Error('a bug');
    return true;
  };
  const server = await openWebServer({
    port: 0,
    rendererDir: path,
    session,
    serve: () => {
      throw new Error('a bug behind the upgrade');
    },
    onRefused: () => undefined,
    logError: (sentence) => loggedErrors.push(sentence),
  });
  undos.push(remove, () => server.close());
  expect((await fetch(`${server.url}/session`)).status).toBe(500);
  const knock = (): Promise<unknown> => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/ws`, { headers: { origin: server.url } });
    undos.push(() => {
      socket.terminate();
    });
    return new Promise((resolve) => socket.once('open', resolve).once('error', resolve));
  };
  await knock();
  expect(loggedErrors).toEqual([expect.stringContaining('A web request'), expect.stringContaining('that connected')]);
  broken = false;
  await knock();
  await until(() => loggedErrors.length === 3, 'the third error is logged');
  expect((await fetch(`${server.url}/session`)).status).toBe(204);
});
