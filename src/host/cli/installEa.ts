import { resolve } from 'node:path';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { InstalledEa } from '../../api/queries/eaInstallation.ts';
import { installationSteps, installedText, noTerminalText } from '../../api/presentation/eaInstallationText.ts';
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
  const installed: InstalledEa[] = [];
  const found = flags.terminal === undefined ? await client.call('eaTerminals', null) : null;
  const none = found === null || found.terminals.length > 0 ? null : noTerminalText(found);
  if (none !== null) return output.fail(`${none} The flag is --terminal.`);
  const folders = found?.terminals.map(({ data }) => data) ?? [resolve(flags.terminal ?? '')];
  for (const terminal of folders) installed.push(await client.call('installEa', { bridge, terminal }));
  const failed = installed.some(({ compiled }) => compiled === 'failed');
  const sets = flags.setEa === true && !failed;
  output.print(
    installed,
    [
      ...installed.map(describe),
      ...installed
        .filter(({ compiled }) => compiled !== 'failed')
        .slice(-1)
        .map(nextSteps),
    ].join('\n'),
  );
  if (failed) return exitCodes.refused;
  if (!sets) return exitCodes.done;
  await client.call('setOwnEa', { bridge });
  return exitCodes.done;
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
    .option('--set-ea', "set the bridge to the desk's own EA afterwards, from the desk's next start on", false)
    .action((flags: InstallFlags) => withApp(options(), (client, output) => install(client, output, flags)));
};
