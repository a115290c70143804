import { parseNumber, parseSeconds } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import { setTimeout as wait } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { ConnectionReport } from '../../api/state/connectionReport.ts';
import { accountTyped, liveWord } from '../../api/queries/trialOrderPlan.ts';
import { proofText } from '../../api/presentation/connectionReportText.ts';
import type { Order } from '../../domain/orders/order.ts';
import { generateSignalId, signalIdRandomBytes } from '../../domain/signalId.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { fireAndWait } from './fire.ts';
import { type Output, withApp } from './withApp.ts';

interface VerifyArguments {
  bridge?: string;
  /** Seconds to wait for layers that are undecided. */
  wait?: number;
  /** The symbol to try an order in. */
  order?: string;
  /** In the bridge's unit. */
  sl?: number;
  /** How many times `--yes-live` was given. */
  yesLive: number;
}

const defaultWaitSeconds = 10;
const lookEveryMs = 500;

/** Checks the connection layer by layer; 0 when everything holds, 2 when something does not, the order's code when one is tried. */
async function verify(client: ApiClient, output: Output, flags: VerifyArguments): Promise<ExitCode> {
  const bridge = flags.bridge ?? (await output.onlyBridge());
  const report = await proveUntilDecided(client, bridge, (flags.wait ?? defaultWaitSeconds) * 1_000);
  if (report.verdict !== 'ok' || flags.order === undefined) {
    output.print(report, proofText(report));
    return report.verdict === 'ok' ? exitCodes.done : exitCodes.refused;
  }
  const { code } = await tryOrder(client, output, bridge, flags.order, flags);
  const proved = await client.call('verify', { bridge, ping: true });
  output.print(proved, proofText(proved));
  return code;
}

async function proveUntilDecided(client: ApiClient, bridge: string, limitMs: number): Promise<ConnectionReport> {
  const giveUpAt = performance.now() + limitMs;
  for (;;) {
    const report = await client.call('verify', { bridge, ping: true });
    if (report.verdict !== 'waiting' || performance.now() > giveUpAt) return report;
    await wait(lookEveryMs);
  }
}

async function tryOrder(
  client: ApiClient,
  output: Output,
  bridge: string,
  symbol: string,
  { sl, yesLive }: VerifyArguments,
): Promise<{ code: ExitCode; order: Order | null }> {
  const { state } = await client.call('snapshot', null);
  const account = state.bridges.find(({ id }) => id === bridge)?.account;
  const name = account === undefined ? null : accountTyped(account);
  const live = yesLive >= 2 && name !== null ? { account: name, word: liveWord } : null;
  const signalId = generateSignalId(symbol, randomBytes(signalIdRandomBytes));
  return fireAndWait(client, output, signalId, () =>
    client.call('fireProof', { bridge, symbol, sl: sl ?? null, signalId, live }),
  );
}

/** `verify` */
export const register: Register = (program, options) => {
  program
    .command('verify')
    .description(
      'check the connection to the EA layer by layer; exit code 0 it works, 2 a layer fails, 5 app not reached; with --order also 3 rejected, 4 unknown',
    )
    .option('--bridge <id>', 'which bridge; the only one when left out')
    .option('--wait <seconds>', 'how long to wait for layers that are not decided yet (10)', parseSeconds)
    .option(
      '--order <symbol>',
      'buy the smallest lot of this symbol as the last layer; it stays open until you close it',
    )
    .option('--sl <stop>', "its stop loss in the bridge's unit; one is chosen when left out", parseNumber)
    .option(
      '--yes-live',
      'give it twice to try the order on an account that is not known to be a demo account',
      (_: unknown, count: number) => count + 1,
      0,
    )
    .action((flags: VerifyArguments) => withApp(options(), (client, output) => verify(client, output, flags)));
};
