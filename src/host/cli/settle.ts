import { InvalidArgumentError } from 'commander';
import { parseNumber } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';

export interface SettleArguments {
  ticket?: string;
  price?: number;
  notInMt5?: boolean;
  note: string;
  bridge?: string;
}

/** Settles an unknown order with a person's finding in MT5. */
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

/** `settle <id>` */
export const register: Register = (program, options) => {
  program
    .command('settle')
    .description('settle an unknown order by what you found in MT5')
    .argument('<id>', 'its signal ID')
    .option('--ticket <ticket>', 'it is in MT5 under this ticket: it becomes filled', parseTicket)
    .option('--price <price>', 'and its price', parseNumber)
    .option('--not-in-mt5', 'it is not in MT5: it becomes rejected')
    .option('--bridge <id>', 'its bridge, where several have an unknown order of this ID')
    .option('--note <text>', 'how you know', '')
    .action((id: string, flags: SettleArguments) =>
      withApp(options(), (client, output) => settle(client, output, id, flags)),
    );
};

/** Text, since MT5's tickets have 64 bits. */
function parseTicket(text: string): string {
  if (!/^[1-9]\d{0,18}$/.test(text)) throw new InvalidArgumentError('Give the ticket as MT5 shows it: digits alone.');
  return text;
}
