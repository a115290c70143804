import { connectApi, type ApiClient } from '../../api/rpc/connectApi.ts';
import { ContractFailure } from '../../api/contractFailure.ts';
import { connectControlSocket } from '../servers/controlSocket.ts';
import { dataFolder, type DataFolder } from '../folder/dataFolder.ts';
import { visibleLines } from '../../base/visibleText.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';

export interface AppOptions {
  dataDir: string;
  json: boolean;
}

export interface Output {
  /** One JSON line with --json, else the text. */
  print: (value: unknown, text: string) => void;
  /** Says why nothing was done. */
  fail: (sentence: string) => ExitCode;
  /** @throws ContractFailure when there are several */
  onlyBridge: () => Promise<string>;
}

/**
 * Runs one command on the app that runs on the data folder, and sets the exit code.
 * @param alone what the command does where no app runs; null: it can't do without
 */
export async function withApp(
  options: AppOptions,
  run: (client: ApiClient, output: Output) => Promise<ExitCode>,
  alone: (folder: DataFolder, output: Pick<Output, 'print'>) => Promise<ExitCode | null> = () => Promise.resolve(null),
): Promise<void> {
  const folder = dataFolder(options.dataDir, { create: false });
  // Control characters are made visible, so that text from outside can't steer the terminal.
  const print: Output['print'] = (value, text) =>
    process.stdout.write(visibleLines(`${options.json ? JSON.stringify(value) : text}\n`));
  const fail = (sentence: string, code: ExitCode = exitCodes.refused): ExitCode => {
    if (options.json) process.stdout.write(visibleLines(`${JSON.stringify({ error: sentence })}\n`));
    else process.stderr.write(visibleLines(`${sentence}\n`));
    return code;
  };
  const { transport, why } = await connectControlSocket(folder).then(
    (transport) => ({ transport, why: null }),
    (error: unknown) => ({ transport: null, why: (error as NodeJS.ErrnoException).code ?? '' }),
  );
  if (why === 'EACCES' || why === 'EPERM') {
    process.exitCode = fail(
      `The data folder ${folder.path} is not yours to read, so that nobody can say whether BITTEN Desk runs on it. Ask as the user that runs it.`,
      exitCodes.unreachable,
    );
    return;
  }
  if (transport === null) {
    process.exitCode =
      (await failing(fail, () => alone(folder, { print }))) ??
      fail(
        `No BITTEN Desk runs on the data folder ${folder.path}. Start it with "npm start" or "npm run serve", or name its folder with --data-dir.`,
        exitCodes.unreachable,
      );
    return;
  }
  const client = connectApi(transport);
  const output: Output = {
    print,
    fail,
    onlyBridge: async () => {
      const { state } = await client.call('snapshot', null);
      const [first, second] = state.bridges;
      if (first !== undefined && second === undefined) return first.id;
      const ids = state.bridges.map(({ id }) => id).join(', ');
      throw new ContractFailure({ code: 'invalid_input', message: `Say which bridge with --bridge: there is ${ids}.` });
    },
  };
  try {
    process.exitCode = await failing(fail, () => run(client, output));
  } finally {
    client.close();
  }
}

/** Runs a command; an expected failure is printed. */
async function failing<Answer>(
  fail: (sentence: string, code: ExitCode) => ExitCode,
  act: () => Promise<Answer>,
): Promise<Answer | ExitCode> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof ContractFailure)) throw error;
    return fail(error.message, error.code === 'connection_lost' ? exitCodes.unreachable : exitCodes.refused);
  }
}
