import { join } from 'node:path';
import type { BridgeState } from '../../api/state/state.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import { type EaInputs, type InstalledEa, installEa } from '../mt5/installEa.ts';
import { findTerminals, type Mt5Terminal, portableTerminal } from '../mt5/terminals.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Register } from './register.ts';
import { type Output, withApp } from './withApp.ts';

interface InstallFlags {
  bridge?: string;
  /** Folder of a portable terminal. */
  terminal?: string;
}

const source = join(import.meta.dirname, '..', '..', '..', 'mt5');

async function install(client: ApiClient, output: Output, flags: InstallFlags): Promise<ExitCode> {
  const id = flags.bridge ?? (await output.onlyBridge());
  const { state } = await client.call('snapshot', null);
  const bridge = state.bridges.find((each) => each.id === id);
  if (bridge === undefined) return output.fail(`There is no bridge ${id}.`);
  const terminals = terminalsOf(flags);
  if (terminals.length === 0)
    return output.fail(
      flags.terminal === undefined
        ? 'No MetaTrader 5 was found for this user. Name the folder of a portable one with --terminal.'
        : `There is no MQL5 folder in ${flags.terminal}. Name the folder of the terminal's data: File, Open Data Folder in MT5.`,
    );
  const installed: InstalledEa[] = [];
  for (const terminal of terminals) installed.push(await installEa(source, terminal, bridge.id, inputsOf(bridge)));
  output.print(installed, [...installed.map(describe), nextSteps(inputsOf(bridge))].join('\n'));
  return installed.some(({ compiled }) => compiled === 'failed') ? exitCodes.refused : exitCodes.done;
}

function terminalsOf({ terminal }: InstallFlags): Mt5Terminal[] {
  if (terminal === undefined) {
    const appData = process.env['APPDATA'] ?? '';
    return appData === '' ? [] : findTerminals(appData);
  }
  const portable = portableTerminal(terminal);
  return portable === null ? [] : [portable];
}

/** An EA on this machine reaches a desk that listens on all interfaces by loopback. */
function inputsOf({ endpoints, running: patterns }: BridgeState): EaInputs {
  const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
  const host = endpoints.command.replace(/^tcp:\/\/(.*):\d+$/, '$1');
  return {
    host: host === '0.0.0.0' ? '127.0.0.1' : host,
    commandPort: portOf(endpoints.command),
    telemetryPort: portOf(endpoints.telemetry),
    feedbackPort: endpoints.feedback === endpoints.telemetry ? null : portOf(endpoints.feedback),
    isPublished: patterns.command === 'pub',
    isRequest: patterns.feedback === 'req',
  };
}

function describe({ terminal, preset, compiled, messages }: InstalledEa): string {
  const words = {
    ok: 'compiled without errors',
    failed: `not compiled:\n  ${messages.join('\n  ')}`,
    missing: 'not compiled, because MetaEditor was not found: open it in MetaEditor (F4) and press F7',
  };
  return `${terminal}: copied, ${words[compiled]}. Its inputs for this bridge are in ${preset}.`;
}

function nextSteps({ host, commandPort, telemetryPort }: EaInputs): string {
  return [
    'In MT5 you do the rest:',
    `1. Tools, Options, Expert Advisors: tick "Allow WebRequest for listed URL", and add ${host}, then ${host}:${String(commandPort)} and ${host}:${String(telemetryPort)}, with Enter after each.`,
    '2. Switch Algo Trading on.',
    '3. Drag BittenDesk from the Navigator onto a chart, and load the inputs from the preset (Inputs, Load).',
  ].join('\n');
}

/** `install-ea` */
export const register: Register = (program, options) => {
  program
    .command('install-ea')
    .description("copy the desk's own EA into MetaTrader 5, compile it there, and write its inputs for a bridge")
    .option('--bridge <id>', 'the bridge that it connects to')
    .option('--terminal <folder>', 'a portable terminal; without it all terminals of this user')
    .action((flags: InstallFlags) => withApp(options(), (client, output) => install(client, output, flags)));
};
