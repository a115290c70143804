import { expect, it } from 'vitest';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import type { SettlementRequest } from '../../src/api/contract.ts';
import { settle, type SettleArguments } from '../../src/host/cli/settle.ts';
import { anOrder } from '../renderer/anOrder.ts';

const orders = [
  anOrder({ bridge: 'main', number: 1, signalId: 'SAME', state: 'unknown' }),
  anOrder({ bridge: 'paper', number: 1, signalId: 'SAME', state: 'unknown' }),
  anOrder({ bridge: 'paper', number: 2, signalId: 'ALONE', state: 'unknown' }),
];

/** What the command asks of the app, and what it says instead. */
async function run(signalId: string, flags: Partial<SettleArguments>): Promise<SettlementRequest | string> {
  let asked: SettlementRequest | string = 'nothing';
  const client = {
    call: (name: string, input: SettlementRequest) => {
      if (name === 'settle') asked = input;
      return Promise.resolve(name === 'settle' ? orders[0] : { state: { orders } });
    },
  } as unknown as ApiClient;
  const fail = (sentence: string): 2 => {
    asked = sentence;
    return 2;
  };
  const output = { print: () => undefined, fail, onlyBridge: () => Promise.resolve('main') };
  await settle(client, output, signalId, { notInMt5: true, note: '', ...flags });
  return asked;
}

it('the settle command names the bridge of its order, and asks which one where several have the ID', async () => {
  expect(await run('ALONE', {})).toMatchObject({ order: 2, bridge: 'paper' });
  expect(await run('SAME', {})).toBe('Several orders SAME are unknown: say which with --bridge, main or paper.');
  expect(await run('SAME', { bridge: 'paper' })).toMatchObject({ order: 1, bridge: 'paper' });
  expect(await run('ALONE', { bridge: 'main' })).toBe('No order ALONE is unknown on bridge main.');
});
