import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { tempDir } from '../support/tempDir.ts';
import { until } from '../support/until.ts';
import { type EaPeer, EaStage } from './eaPeer.ts';
import { compileEa } from './deskEa.ts';
import { skipsWithoutCompiler } from './gpp.ts';
import { dealsIn } from './tradeShell.ts';

// What a terminal does to an EA in its life (E8): inputs with carriage returns, a double start, changes of the chart and of the account.

const stage = new EaStage();
afterEach(() => stage.close());

/** Waits for the next hello, and welcomes the EA. */
async function welcomeAgain(backend: EaPeer, from: number): Promise<Record<string, unknown>> {
  const hello = await backend.heard(({ type }) => type === 'hello', from, 'the EA says hello again');
  await backend.welcome();
  return hello;
}

describe.skipIf(skipsWithoutCompiler())('the EA lives on', { timeout: 120_000 }, () => {
  beforeAll(compileEa, 600_000);

  it.each([{ DOUBLE_INIT: 'plain' }, { DOUBLE_INIT: 'deinit' }, { INPUT_CR: 1 }])('with %j', async (switches) => {
    const { backend, ea } = await stage.start({ switches });
    expect(backend.said.find(({ type }) => type === 'hello')).toMatchObject({ uuid: 'EA-1' });
    expect(await backend.fire(backend.order('ONE'))).toMatchObject({ type: 'trade_result' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
    await backend.heard(({ type, symbol }) => type === 'tick' && symbol === 'XAUUSD', 0, 'prices of gold come');
  });

  it('tells a desk that welcomes it the present prices, where the market stands still', async () => {
    const { backend } = await stage.start({ switches: { TICKS_MS: 0 } });
    const ofGold = ({ type, symbol }: Record<string, unknown>): boolean => type === 'tick' && symbol === 'XAUUSD';
    await backend.heard(ofGold, 0, 'prices of gold come');
    const from = backend.said.length;
    await backend.welcome();
    await backend.heard(ofGold, from, 'the prices of now come again');
  });

  it.each(['chartchange', 'parameters', 'template'])('over a %s while an order is on its way', async (event) => {
    const { backend, ea } = await stage.start({ switches: { ORDER_MS: 400 }, inputs: { MissingS: 3 } });
    await backend.send(backend.order('AWAY'));
    await until(
      () => ea.lines().length > 0 && backend.said.some(({ type }) => type === 'telemetry'),
      'telemetry comes',
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    const from = backend.said.length;
    await ea.control(`event ${event}`);
    await welcomeAgain(backend, from);
    expect(await backend.report('AWAY', from)).toMatchObject({ type: 'trade_result', status: 'success' });
    expect(await backend.fire(backend.order('NEXT'))).toMatchObject({ type: 'trade_result' });
    expect(dealsIn(ea.folder).map(({ comment }) => comment)).toEqual(['AWAY', 'NEXT']);
  });

  it('changes accounts, with a store for each, and settles nothing of one by the other', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, inputs: { MissingS: 2 } });
    expect(await backend.fire(backend.order('FIRST'))).toMatchObject({ type: 'trade_result' });
    const from = backend.said.length;
    await ea.control('set ACCOUNT_LOGIN 777', 'event account');
    expect(await welcomeAgain(backend, from)).toMatchObject({ login: '777', store: 'new' });
    expect(await backend.fire(backend.order('FIRST'))).toMatchObject({ type: 'trade_result' });
    expect(dealsIn(folder, 777)).toHaveLength(1);
    const back = backend.said.length;
    await ea.control('set ACCOUNT_LOGIN 555111', 'event account');
    expect(await welcomeAgain(backend, back)).toMatchObject({ login: '555111', store: 'intact' });
    expect(await backend.fire(backend.order('FIRST'))).toMatchObject({ repeat: true });
    expect(dealsIn(folder)).toHaveLength(1);
  });

  it('changes accounts while an order is on its way, which the other account says nothing of', async () => {
    const folder = tempDir().path;
    const { backend, ea } = await stage.start({ folder, switches: { ORDER_MS: 500 }, inputs: { MissingS: 1 } });
    await backend.send(backend.order('AWAY'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const from = backend.said.length;
    await ea.control('set ACCOUNT_LOGIN 777', 'event account');
    await welcomeAgain(backend, from);
    await new Promise((resolve) => setTimeout(resolve, 2_500));
    expect(backend.said.slice(from).filter(({ signal_id }) => signal_id === 'AWAY')).toEqual([]);
    const back = backend.said.length;
    await ea.control('set ACCOUNT_LOGIN 555111', 'event account');
    await welcomeAgain(backend, back);
    expect(await backend.report('AWAY', back)).toMatchObject({ type: 'trade_result', status: 'success' });
    expect(dealsIn(folder)).toHaveLength(1);
    expect(dealsIn(folder, 777)).toEqual([]);
  });

  it("without the terminal's connection, which proves nothing of an order", async () => {
    const { backend, ea } = await stage.start({ switches: { ORDER_MS: 300 }, inputs: { MissingS: 1 } });
    await backend.send(backend.order('CUT'));
    await until(() => backend.said.some(({ type }) => type === 'telemetry'), 'telemetry comes');
    await new Promise((resolve) => setTimeout(resolve, 100));
    await ea.control('set CONNECTED 0');
    await new Promise((resolve) => setTimeout(resolve, 1_800));
    expect(backend.said.filter(({ signal_id }) => signal_id === 'CUT')).toEqual([]);
    expect(await backend.fire(backend.order('OFF'))).toMatchObject({ type: 'error' });
    await ea.control('set CONNECTED 1');
    expect(await backend.report('CUT')).toMatchObject({ type: 'trade_result', status: 'success' });
    expect(dealsIn(ea.folder)).toHaveLength(1);
  });

  it("after a step of the PC's clock it takes no entry until a ping has come, and no old one", async () => {
    const { backend, ea } = await stage.start();
    await ea.control('set CLOCK_OFFSET_MS 3600000');
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(await backend.fire(backend.order('STEP'))).toMatchObject({ code: 'expired' });
    await backend.ping();
    expect(await backend.fire(backend.order('LATE', { sent_at: Date.now() - 5_000 }))).toMatchObject({
      code: 'expired',
    });
    expect(await backend.fire(backend.order('FUTURE', { sent_at: Date.now() + 60_000 }))).toMatchObject({
      code: 'expired',
    });
    expect(await backend.fire(backend.order('NOW'))).toBeDefined();
  });
});
