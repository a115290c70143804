import { resolve } from 'node:path';
import { ContractFailure } from '../../api/contractFailure.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { InstalledEa } from '../../api/queries/eaInstallation.ts';
import {
  installationSteps,
  installedText,
  noTerminalText,
  otherPortsText,
} from '../../api/presentation/eaInstallationText.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Register } from './register.ts';
import { type Output, withApp } from './withApp.ts';

interface InstallFlags {
  bridge?: string;
  /** Folder of a terminal's data, or of a portable one. */
  terminal?: string;
  setEa?: boolean;
}

async function install(client: ApiClient, output: Output, flags: InstallFlags): Promise<ExitCode> {
  const bridge = flags.bridge ?? (await output.onlyBridge());
  const found = flags.terminal === undefined ? await client.call('eaTerminals', null) : null;
  const none = found === null || found.terminals.length > 0 ? null : noTerminalText(found);
  if (none !== null) return output.fail(`${none} The flag is --terminal.`);
  const folders = found?.terminals.map(({ data }) => data) ?? [resolve(flags.terminal ?? '')];
  const installed: InstalledEa[] = [];
  let refused: ContractFailure | null = null;
  for (const terminal of folders) {
    const done = await client.call('installEa', { bridge, terminal }).catch(asRefusal);
    if (done instanceof ContractFailure) refused ??= done;
    else installed.push(done);
  }
  const { state } = await client.call('snapshot', null);
  const otherPorts = state.bridges.filter(({ id }) => id === bridge).map(otherPortsText);
  const usable = installed.filter(({ compiled }) => compiled !== 'failed');
  const lines = [...installed.map(describe), ...otherPorts, ...usable.slice(-1).map(nextSteps)];
  if (installed.length > 0) output.print(installed, lines.filter((line) => line !== null).join('\n'));
  if (refused !== null) throw refused;
  if (usable.length < installed.length) return exitCodes.refused;
  if (flags.setEa === true) await client.call('setOwnEa', { bridge });
  return exitCodes.done;
}

/** What was done in the other terminals is told all the same. @throws other errors */
function asRefusal(error: unknown): ContractFailure {
  if (error instanceof ContractFailure && error.code !== 'connection_lost') return error;
  throw error;
}

function describe(installed: InstalledEa): string {
  return [`${installed.terminal}: ${installedText(installed)}`, ...installed.messages.map((line) => `  ${line}`)].join(
    '\n',
  );
}

function nextSteps(installed: InstalledEa): string {
  return [
    'In MT5 you do the rest:',
    ...installationSteps(installed).map((step, at) => `${String(at + 1)}. ${step}`),
  ].join('\n');
}

/** `install-ea` */
export const register: Register = (program, options) => {
  program
    .command('install-ea')
    .description("copy the desk's own EA into MetaTrader 5, compile it there, and write its inputs for a bridge")
    .option('--bridge <id>', 'the bridge that it connects to')
    .option(
      '--terminal <folder>',
      "folder of a terminal's data; without it all terminals of the user that runs the desk",
    )
    .option('--set-ea', "set the bridge to the desk's own EA afterwards", false)
    .action((flags: InstallFlags) => withApp(options(), (client, output) => install(client, output, flags)));
};
