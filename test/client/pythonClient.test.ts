import { Router } from 'zeromq';
import { afterEach, describe, expect, it } from 'vitest';
import { addEngine } from '../support/engines.ts';
import { run, startServe, type Finished, type Running, type Serving } from '../support/processes.ts';
import { python, startPythonEa, type PeerMode } from '../support/pythonPeer.ts';
import { freePort } from '../support/freePort.ts';
import { until } from '../support/until.ts';

const running: Pick<Running, 'end'>[] = [];
let serving: Serving;
let ea: Running;
let who: { endpoint: string; token: string };

afterEach(async () => {
  await Promise.all(running.splice(0).map((each) => each.end('SIGKILL')));
});

async function start(mode: PeerMode, ...peer: string[]): Promise<void> {
  serving = await startServe(['--armed', '--no-http']);
  ea = startPythonEa(serving.bridge(), mode, ...peer);
  running.push(serving, ea);
  await until(async () => (await serving.cli('status')).stdout.split(' live (').length === 4, 'all lamps are live');
  who = { endpoint: serving.ready.gateway ?? '', token: await addEngine(serving, 'VENOM', '--mode', 'auto') };
}

/** Runs the client's own command line. */
function client(command: 'fire' | 'order' | 'ping', rest: string[] = [], from = who): Running {
  const args = ['clients/python/bitten_desk.py', command, 'VENOM', '--endpoint', from.endpoint, ...rest];
  const env = { BITTEN_TOKEN: from.token, PYTHONDONTWRITEBYTECODE: '1' };
  const started = run(args, { program: python ?? '', env });
  running.push(started);
  return started;
}

async function said(process: Running): Promise<{ code: Finished['code']; answer: unknown }> {
  const { code, stdout, stderr } = await process.finished;
  if (stderr !== '') throw new Error(stderr);
  return { code, answer: JSON.parse(stdout) };
}

const signal = ['signal_id=VENOM_XAU_001', 'action=buy', 'symbol=XAUUSD', 'lot=0.1', 'sl=20', 'tp=40'];

const sentToEa = () => ea.output.stdout.split('\n').filter((line) => line.includes('"type":"signal"'));

describe.skipIf(python === null)('the client in Python', () => {
  it('hears of the fill, and of the same one when it fires again', async () => {
    await start('fill');
    const filled = { code: 0, answer: { type: 'trade_result', signal_id: 'VENOM_XAU_001', ticket: 500001 } };
    expect(await said(client('fire', signal))).toMatchObject(filled);
    expect(await said(client('fire', signal))).toMatchObject(filled);
    expect(await said(client('order', ['VENOM_XAU_001']))).toMatchObject(filled);
    expect(await said(client('order', ['ANOTHER']))).toMatchObject({ answer: { type: 'not_found' } });
    expect(await said(client('ping'))).toEqual({ code: 0, answer: { type: 'pong', engine: 'VENOM' } });
    expect(sentToEa()).toHaveLength(1);
  });

  it('hears that it was refused or rejected, and why', async () => {
    await start('reject');
    expect(await said(client('fire', signal))).toMatchObject({
      code: 3,
      answer: { type: 'error', error: 'Trade is not allowed' },
    });
    expect(await said(client('fire', ['signal_id=OTHER', ...signal.slice(1), 'stop_pips=5']))).toMatchObject({
      code: 2,
      answer: { type: 'refused', signal_id: 'OTHER', code: 'invalid_sl' },
    });
    const wrong = { ...who, token: 'wrong' };
    expect(await said(client('fire', signal, wrong))).toMatchObject({ code: 2, answer: { code: 'unauthorized' } });
    expect(await said(client('ping', [], wrong))).toMatchObject({
      code: 5,
      answer: { type: 'no_answer', code: 'unauthorized' },
    });
    expect(sentToEa()).toHaveLength(1);
  });

  it('waits for positions that agree with a success that proves nothing', async () => {
    await start('vague', '--rises', '1');
    const { code, answer } = await said(client('fire', signal));
    expect({ code, answer }).toMatchObject({ code: 0, answer: { type: 'trade_result', ticket: null } });
    expect(answer).not.toHaveProperty('unverified');
  });

  it('ends with unverified where no positions agree', async () => {
    await start('vague');
    expect(await said(client('fire', [...signal, '--timeout', '1.5']))).toMatchObject({
      code: 4,
      answer: { type: 'unknown', signal_id: 'VENOM_XAU_001', unverified: true },
    });
  });

  it('says that an order is unknown when the time is up, and when the app is killed', async () => {
    await start('silent');
    const waits = client('fire', signal);
    await until(() => sentToEa().length === 1, 'it is sent');
    expect(await said(client('fire', [...signal, '--timeout', '0.5']))).toMatchObject({
      code: 4,
      answer: { type: 'unknown', reason: expect.stringContaining('within 0.5 s') as string },
    });
    await serving.end('SIGKILL');
    expect(await said(waits)).toMatchObject({
      code: 4,
      answer: { type: 'unknown', reason: expect.stringContaining('broke') as string },
    });
    expect(sentToEa()).toHaveLength(1);
  });

  it('is refused at once where nobody listens, and nothing is kept for a gateway that comes later', async () => {
    const endpoint = `tcp://127.0.0.1:${String(await freePort())}`;
    expect(await said(client('fire', signal, { endpoint, token: 'T' }))).toMatchObject({
      code: 2,
      answer: { type: 'refused', signal_id: 'VENOM_XAU_001', code: 'unreachable' },
    });
    const gateway = new Router({ linger: 0, receiveTimeout: 500 });
    await gateway.bind(endpoint);
    await expect(gateway.receive()).rejects.toMatchObject({ code: 'EAGAIN' });
    gateway.close();
  });
});
