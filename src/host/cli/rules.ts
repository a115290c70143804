import { readFileSync } from 'node:fs';
import { readRulesFile, rulesFile } from '../../api/presentation/rulesFile.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { BridgeState } from '../../api/state/state.ts';
import type { RuleRow } from '../../domain/accountRules/ruleReport.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Register } from './register.ts';
import { type Output, withApp } from './withApp.ts';

/** The bridge of an ID, or the only one; a sentence: there is none, or more than one. */
async function bridgeOf(client: ApiClient, id: string | undefined): Promise<BridgeState | string> {
  const { bridges } = (await client.call('snapshot', null)).state;
  const found = id === undefined && bridges.length === 1 ? bridges[0] : bridges.find((bridge) => bridge.id === id);
  const names = bridges.map((bridge) => bridge.id).join(', ');
  return (
    found ??
    (id === undefined ? `Say which bridge with --bridge: ${names}.` : `There is no bridge ${id}. There are: ${names}.`)
  );
}

/** Prints the account rules with how far each is, and the lock. */
async function printRules(client: ApiClient, output: Output, id: string | undefined): Promise<ExitCode> {
  const bridge = await bridgeOf(client, id);
  if (typeof bridge === 'string') return output.fail(bridge);
  const { lock, rules } = bridge;
  const until = lock?.until ?? null;
  const locked =
    lock === null
      ? []
      : [
          `LOCKED by ${lock.rule} (${lock.name}) ${until === null ? 'until a person unlocks it' : `until ${new Date(until).toISOString()}`}`,
        ];
  const lines = [...locked, ...(rules.length === 0 ? [`${bridge.id}: no account rules`] : rules.map(ruleLine))];
  output.print({ bridge: bridge.id, lock, rules, set: bridge.limits.accountRules }, lines.join('\n'));
  return exitCodes.done;
}

function ruleLine({ id, name, action, state, left, floor, allowed, gap, at }: RuleRow): string {
  const told = [
    `${id} (${name}), ${action.replace('_', ' ')}: ${state}`,
    left === null ? '' : `${left.toFixed(2)} left`,
    floor === null ? '' : `floor ${floor.toFixed(2)}`,
    floor !== null || allowed === null ? '' : `of ${String(allowed)}`,
    at === null ? '' : `${state === 'beyond' ? 'until' : 'from'} ${new Date(at).toISOString()}`,
    gap === null ? '' : `${gap.missing}. ${gap.nextStep}`,
  ];
  return told.filter((part) => part !== '').join(', ');
}

/** Sets the account rules of a file. */
async function setRules(client: ApiClient, output: Output, file: string, id: string | undefined): Promise<ExitCode> {
  const bridge = await bridgeOf(client, id);
  if (typeof bridge === 'string') return output.fail(bridge);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return output.fail(`${file} can't be read: ${(error as Error).message}`);
  }
  const accountRules = readRulesFile(text);
  if (typeof accountRules === 'string') return output.fail(accountRules);
  const changes = { limits: { ...bridge.limits, accountRules } };
  await client.call('updateBridge', { bridge: bridge.id, changes });
  output.print(
    { bridge: bridge.id, set: accountRules },
    `${bridge.id} has ${String(accountRules.rules.length)} account rules.`,
  );
  return exitCodes.done;
}

/** `rules`, `set-rules` and `unlock` */
export const register: Register = (program, options) => {
  program
    .command('rules')
    .description('show the account rules, how far each is, and the lock of one that closed everything')
    .option('--bridge <id>', 'of this bridge, where there are several')
    .option('--file', 'print them as a file of account rules')
    .action((flags: { bridge?: string; file?: true }) =>
      withApp(options(), async (client, output) => {
        if (flags.file === undefined) return printRules(client, output, flags.bridge);
        const bridge = await bridgeOf(client, flags.bridge);
        if (typeof bridge === 'string') return output.fail(bridge);
        const { accountRules } = bridge.limits;
        output.print(accountRules, rulesFile(accountRules).trimEnd());
        return exitCodes.done;
      }),
    );
  program
    .command('set-rules <file>')
    .description('set the account rules to those of a file, in place of all that there are')
    .option('--bridge <id>', 'of this bridge, where there are several')
    .action((file: string, flags: { bridge?: string }) =>
      withApp(options(), (client, output) => setRules(client, output, file, flags.bridge)),
    );
  program
    .command('unlock <rule>')
    .description('end the lock of an account rule that has closed everything')
    .option('--bridge <id>', 'of this bridge, where there are several')
    .option('--note <text>', 'why, for the journal', '')
    .action((rule: string, flags: { bridge?: string; note: string }) =>
      withApp(options(), async (client, output) => {
        const bridge = await bridgeOf(client, flags.bridge);
        if (typeof bridge === 'string') return output.fail(bridge);
        await client.call('unlockAccount', { bridge: bridge.id, rule, note: flags.note });
        output.print({ bridge: bridge.id, unlocked: rule }, `${bridge.id} is unlocked.`);
        return exitCodes.done;
      }),
    );
};
