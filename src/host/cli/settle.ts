import type { ApiClient } from '../../api/connectApi.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Output } from './withApp.ts';

export interface SettleArguments {
  ticket?: string;
  price?: number;
  notInMt5?: boolean;
  note: string;
}

/** Settles an unknown order by what a person found in MT5. */
export async function settle(
  client: ApiClient,
  output: Output,
  signalId: string,
  { ticket, price, notInMt5, note }: SettleArguments,
): Promise<ExitCode> {
  if ((ticket === undefined) === (notInMt5 !== true)) {
    return output.fail('Say either --ticket with its number, or --not-in-mt5.');
  }
  const { state } = await client.call('snapshot', null);
  const order = state.orders.find((one) => one.signalId === signalId && one.state === 'unknown');
  if (order === undefined) return output.fail(`No order ${signalId} is unknown.`);
  const settled = await client.call('settle', {
    order: order.number,
    found: ticket === undefined ? null : { ticket, price: price ?? null },
    note,
  });
  output.print(settled, `Order ${signalId} is ${settled.state} now.`);
  return exitCodes.done;
}
