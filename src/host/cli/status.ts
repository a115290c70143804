import type { Register } from './register.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { eaVersionGap } from '../../api/presentation/eaVersionText.ts';
import { accountDifferences, symbolDifferences } from '../../api/presentation/termDifferences.ts';
import { orphansOf } from '../../api/state/orphans.ts';
import { channelNames, type AppState, type BridgeState } from '../../api/state/state.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';

/** Prints the kill switch, the bridges, orders to be settled and the latest orders. */
async function status(client: ApiClient, output: Output): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  output.print(
    {
      app: state.app,
      killSwitch: state.killSwitch,
      bridges: state.bridges,
      lastOrders: state.orders.slice(0, 10),
      orphanedOrders: orphansOf(state),
      alarms: state.alarms.slice(0, 10),
    },
    describe(state),
  );
  return exitCodes.done;
}

function describe(state: AppState): string {
  const lines = [`BITTEN Desk ${state.app.version} on ${state.app.dataDir}`];
  if (state.killSwitch !== null) lines.push('THE KILL SWITCH IS ON: nothing is bought or sold until it is released.');
  lines.push(...state.bridges.flatMap((bridge) => describeBridge(bridge, state.app.shippedEaVersion)));
  for (const { bridge, signalId } of orphansOf(state)) {
    lines.push(
      `  ${signalId} of bridge ${bridge}, which is not there any more, is unknown. Look in MT5, then: npx bitten-desk settle ${signalId} --bridge ${bridge}`,
    );
  }
  for (const order of state.orders.slice(0, 5)) {
    lines.push(
      `  ${new Date(order.at).toISOString()} ${order.bridge} ${order.signalId} ${order.action} ${String(order.lot)} ${order.symbol}: ${order.state}`,
    );
  }
  return lines.join('\n');
}

function describeBridge(bridge: BridgeState, shippedEaVersion: string | null): string[] {
  const { account, channels } = bridge;
  const gap = eaVersionGap(shippedEaVersion, bridge);
  const lamps = channelNames.map((name) => `${name} ${channels[name].state} (${bridge.endpoints[name]})`).join(', ');
  const name =
    account.uuid ?? (account.login === null ? 'not named yet' : `${account.login} @ ${account.server ?? '?'}`);
  const roundTrip = bridge.roundTripMs === null ? '' : `, round trip ${bridge.roundTripMs.toFixed(0)} ms`;
  return [
    `${bridge.id}${bridge.kind === 'paper' ? ' (PAPER)' : ''}: ${bridge.armed ? 'armed' : 'disarmed'}, stops in ${bridge.stopUnit ?? 'no unit set'}${roundTrip}`,
    `  ${lamps}`,
    `  account ${name}: equity ${String(account.equity ?? '–')}, balance ${String(account.balance ?? '–')}, margin ${String(account.margin ?? '–')}`,
    ...(bridge.eaCloseOnly?.trouble === 'not_closed' ? ['  The EA has not confirmed the kill switch.'] : []),
    ...[
      ...accountDifferences(bridge),
      ...symbolDifferences(bridge.symbols, bridge.symbolSuffix, bridge.toldSymbols),
    ].map((sentence) => `  ${sentence}`),
    ...(gap === null ? [] : [`  ${gap.reason} ${gap.nextStep}`]),
    ...(bridge.obstacle === null ? [] : [`  ${bridge.obstacle.reason} ${bridge.obstacle.nextStep}`]),
  ];
}

/** `status` */
export const register: Register = (program, options) => {
  program
    .command('status')
    .description('show bridges, channels and accounts')
    .action(() => withApp(options(), status));
};
