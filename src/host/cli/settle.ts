import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Output } from './withApp.ts';

export interface SettleArguments {
  ticket?: string;
  price?: number;
  notInMt5?: boolean;
  note: string;
  bridge?: string;
}

/** Settles an unknown order by what a person found in MT5. */
export async function settle(
  client: ApiClient,
  output: Output,
  signalId: string,
  { ticket, price, notInMt5, note, bridge }: SettleArguments,
): Promise<ExitCode> {
  if ((ticket === undefined) === (notInMt5 !== true)) {
    return output.fail('Say either --ticket with its number, or --not-in-mt5.');
  }
  const { state } = await client.call('snapshot', null);
  const [order, ...others] = state.orders.filter(
    (one) => one.signalId === signalId && one.state === 'unknown' && (bridge === undefined || one.bridge === bridge),
  );
  if (order === undefined) {
    return output.fail(`No order ${signalId} is unknown${bridge === undefined ? '' : ` on bridge ${bridge}`}.`);
  }
  if (others.length > 0) {
    const ids = [order, ...others].map((one) => one.bridge).join(' or ');
    return output.fail(`Several orders ${signalId} are unknown: say which with --bridge, ${ids}.`);
  }
  const settled = await client.call('settle', {
    order: order.number,
    bridge: order.bridge,
    found: ticket === undefined ? null : { ticket, price: price ?? null },
    note,
  });
  output.print(settled, `Order ${signalId} is ${settled.state} now.`);
  return exitCodes.done;
}
