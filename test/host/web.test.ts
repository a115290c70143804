import { readFileSync } from 'node:fs';
import http from 'node:http';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startServe, type Serving } from '../support/processes.ts';
import { until } from '../support/until.ts';

let serving: Serving;
let origin: string;
let authority: string;

beforeAll(async () => {
  serving = await startServe();
  const url = new URL(serving.ready.dashboard ?? '');
  ({ origin } = url);
  authority = url.host;
});

afterAll(async () => {
  await serving.end();
});

async function launchToken(): Promise<string> {
  const { stdout } = await serving.cli('open');
  return new URL(stdout.trim()).searchParams.get('launch') ?? '';
}

const redeem = (token: string, headers: Record<string, string> = { origin }) =>
  fetch(`${origin}/session`, { method: 'POST', body: token, headers });

/** `bitten_…=…`, as a browser would send it back. */
async function cookie(): Promise<string> {
  const response = await redeem(await launchToken());
  expect(response.status).toBe(204);
  return response.headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** The HTTP status that a WebSocket client is answered with. */
function upgradeStatus(headers: Record<string, string>, path = '/ws'): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://${authority}${path}`, { headers });
    socket.once('open', () => {
      socket.close();
      resolve(101);
    });
    socket.once('unexpected-response', (_request, response) => {
      resolve(response.statusCode ?? 0);
    });
    socket.on('error', (error) => {
      if (!error.message.includes('Unexpected server response')) reject(error);
    });
  });
}

function get(path: string, headers: Record<string, string>, method = 'GET'): Promise<http.IncomingMessage> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    http
      .request({ hostname, port, path, method, headers }, (response) => {
        response.resume();
        resolve(response);
      })
      .on('error', reject)
      .end();
  });
}

const log = () => readFileSync(join(serving.dataDir, 'logs', 'bitten-desk.log'), 'utf8');
const logged = (sentence: string) => until(() => log().includes(sentence), `the log says "${sentence}"`);

describe('the session', () => {
  it('is opened once by a launch token, with a cookie named after the instance', async () => {
    const token = await launchToken();
    const response = await redeem(token);
    expect(response.headers.get('set-cookie')).toMatch(
      /^bitten_[0-9a-f]{8}=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/$/,
    );
    expect((await redeem(token)).status).toBe(401);
  });

  it('is not opened by a wrong token, nor for another origin', async () => {
    expect((await redeem('wrong')).status).toBe(401);
    expect((await redeem(await launchToken(), { origin: 'http://evil.example' })).status).toBe(403);
    await logged('was turned away for a launch token that is wrong, used or too old.');
    await logged('A web request from 127.0.0.1 was turned away for a wrong Origin.');
  });

  it('is not changed by a GET of the link', async () => {
    const token = await launchToken();
    const response = await fetch(`${origin}/?launch=${token}`);
    expect([response.status, response.headers.get('set-cookie')]).toEqual([200, null]);
    expect((await redeem(token)).status).toBe(204);
  });

  it('ends with the app: a cookie that a stranger was shown meanwhile opens nothing afterwards', async () => {
    const shown = await cookie();
    const port = new URL(origin).port;
    await serving.end();
    serving = await startServe(['--http-port', port], serving.dataDir);
    expect(await upgradeStatus({ origin, cookie: shown })).toBe(401);
    expect((await fetch(`${origin}/session`, { headers: { cookie: shown } })).status).toBe(401);
    expect(await upgradeStatus({ origin, cookie: await cookie() })).toBe(101);
  });
});

describe('a session that is ended', () => {
  it('is cut off, opens nothing any more, and a fresh link lets the browser in again', async () => {
    const kept = await cookie();
    const unused = await launchToken();
    const socket = new WebSocket(`ws://${authority}/ws`, { headers: { origin, cookie: kept } });
    await new Promise((resolve) => socket.once('open', resolve));
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    const answer = new Promise<string>((resolve) =>
      socket.once('message', (data: Buffer) => {
        resolve(data.toString());
      }),
    );
    socket.send(JSON.stringify({ type: 'call', id: 1, name: 'endSessions', input: null }));
    expect(JSON.parse(await answer)).toEqual({ type: 'reply', id: 1, output: null });
    expect(await closed).toBe(4001);
    expect(await upgradeStatus({ origin, cookie: kept })).toBe(401);
    expect((await redeem(unused)).status).toBe(401);
    expect(await upgradeStatus({ origin, cookie: await cookie() })).toBe(101);
  });
});

describe('the WebSocket', () => {
  let good: Record<string, string>;
  beforeEach(async () => {
    good = { origin, cookie: await cookie() };
  });

  it('is opened with the exact Host and Origin and the cookie', async () => {
    expect(await upgradeStatus(good)).toBe(101);
  });

  it.each([
    ['a wrong Origin', 403, { origin: 'http://evil.example' }],
    ['a wrong Origin', 403, { origin: 'null' }],
    ['a wrong Host', 421, { host: 'evil.example' }],
    ['a wrong Host', 421, { host: 'localhost' }],
    ['no valid cookie', 401, { cookie: '' }],
    ['no valid cookie', 401, { cookie: 'bitten_00000000=x' }],
  ] as const)('is refused for %s, and the log says so', async (why, status, headers) => {
    expect(await upgradeStatus({ ...good, ...headers })).toBe(status);
    await logged(`A WebSocket client from 127.0.0.1 was turned away for ${why}.`);
  });

  it('is refused for a cookie of the right name and a wrong value', async () => {
    const name = good['cookie']?.split('=')[0] ?? '';
    expect(await upgradeStatus({ ...good, cookie: `${name}=${'A'.repeat(43)}` })).toBe(401);
  });

  it('is refused without an Origin', async () => {
    expect(await upgradeStatus({ cookie: good['cookie'] ?? '' })).toBe(403);
  });

  it('is refused elsewhere', async () => {
    expect(await upgradeStatus(good, '/other')).toBe(404);
  });

  /** A client that keeps what it is told. */
  const open = async (): Promise<{ socket: WebSocket; answers: unknown[]; call: (input: object) => string }> => {
    const socket = new WebSocket(`ws://${authority}/ws`, { headers: good });
    await new Promise((resolve) => socket.once('open', resolve));
    const answers: unknown[] = [];
    socket.on('message', (data: Buffer) => answers.push(JSON.parse(data.toString())));
    const call = (input: object): string => {
      const text = JSON.stringify({ type: 'call', id: 1, name: 'updateBridge', input });
      socket.send(text);
      return text;
    };
    return { socket, answers, call };
  };

  it('takes the longest table of symbols that the contract allows', async () => {
    const { socket, answers, call } = await open();
    const symbols = Array.from({ length: 1_000 }, (_, index) => ({
      symbol: `${String(index).padStart(5, 'S')}${'#'.repeat(26)}`,
      alias: `${String(index).padStart(5, 'A')}${'&'.repeat(26)}`,
      point: 0.000_01,
      pip: 0.0001,
      digits: 5,
      contractSize: 1_234_567.123,
      lots: { min: 0.01, max: 999_999, step: 0.01 },
      quoteCurrency: 'USD',
    }));
    const text = call({ bridge: 'main', changes: { symbols } });
    expect(text.length).toBeGreaterThan(200_000);
    await until(() => answers.length > 0, 'an answer');
    expect(answers).toMatchObject([{ type: 'reply', id: 1 }]);
    socket.close();
  });

  it('refuses a message that is too large in words, and keeps the connection', async () => {
    const { socket, answers, call } = await open();
    call({ bridge: 'main', changes: { name: 'x'.repeat(5 * 1024 * 1024) } });
    await until(() => answers.length > 0, 'an answer');
    expect(answers).toMatchObject([
      {
        type: 'error',
        id: 1,
        error: { code: 'invalid_input', message: expect.stringContaining('too large') as string },
      },
    ]);
    socket.send(JSON.stringify({ type: 'call', id: 2, name: 'dashboardLink', input: null }));
    await until(() => answers.length > 1, 'the next answer');
    expect(answers[1]).toMatchObject({ type: 'reply', id: 2 });
    socket.close();
  });

  it('answers nonsense in words and goes on', async () => {
    const socket = new WebSocket(`ws://${authority}/ws`, { headers: good });
    await new Promise((resolve) => socket.once('open', resolve));
    const messages: unknown[] = [];
    socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString())));
    socket.send('{broken');
    socket.send(Buffer.from([1, 2, 3]), { binary: true });
    socket.send(JSON.stringify({ type: 'call', id: 7, name: 'nope', input: null }));
    await until(() => messages.length === 3, 'three answers');
    expect(messages).toMatchObject([
      { type: 'error', id: null, error: { code: 'invalid_input' } },
      { type: 'error', id: null, error: { code: 'invalid_input' } },
      { type: 'error', id: 7, error: { code: 'unknown_call' } },
    ]);
    socket.close();
  });
});

describe('the pages', () => {
  it('carry a policy that allows nothing but the app itself', async () => {
    const { headers } = await get('/', { host: authority });
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data:; connect-src 'self' ws://${authority}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  });

  it.each([
    ['a wrong Host', 421, { host: 'rebound.example' }, '/', 'GET'],
    ['a way out of the folder', 404, {}, '/../package.json', 'GET'],
    ['an encoded way out', 404, {}, '/%2e%2e/%2e%2e/package.json', 'GET'],
    ['a file that is not there', 404, {}, '/nothing.js', 'GET'],
    ['a PUT', 405, {}, '/', 'PUT'],
    ['a broken address', 404, {}, '/%', 'GET'],
  ] as const)('answer %s with %i', async (_, status, headers, path, method) => {
    expect((await get(path, { host: authority, ...headers }, method)).statusCode).toBe(status);
  });
});
