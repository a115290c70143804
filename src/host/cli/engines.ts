import { type Command, InvalidArgumentError, Option } from 'commander';
import { engineModes } from '../../api/state/engines.ts';
import { citadelSources } from '../../protocol/gateway/citadel.ts';
import { parseNumber } from '../config/readTyped.ts';
import type { Register } from './register.ts';
import { parseLimit } from './parseLimit.ts';
import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { EngineSettings, EngineState } from '../../api/state/engines.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import { type Output, withApp } from './withApp.ts';

/** Limits as flags; `none` switches one off. */
interface LimitFlags {
  mode?: EngineSettings['mode'];
  bridge?: string[] | 'none';
  symbol?: string[] | 'none';
  maxLot?: number | 'none';
  perMinute?: number | 'none';
  perDay?: number | 'none';
  haltAfter?: number | 'none';
  withoutStop?: boolean;
  changeOthers?: boolean;
  expiry?: number;
  risk?: number | 'none';
  citadel?: boolean;
  citadelBy?: EngineSettings['citadelBy'];
  citadelFactors?: EngineSettings['citadelFactors'];
}

async function addEngine(client: ApiClient, output: Output, name: string, flags: LimitFlags): Promise<ExitCode> {
  const { token } = await client.call('addEngine', { name, settings: settingsOf(flags) });
  const engine = await find(client, name);
  output.print(
    { name, token, engine },
    [
      `Engine ${name} may fire at the gateway, in mode ${engine?.mode ?? 'ask'}. Its token, shown this once:`,
      token,
      'Keep it where the engine reads it, and nowhere else. Lost: remove the engine and add it again.',
    ].join('\n'),
  );
  return exitCodes.done;
}

async function listEngines(client: ApiClient, output: Output): Promise<ExitCode> {
  const { state } = await client.call('snapshot', null);
  const { gateway, publish } = state.app;
  const where =
    gateway === null
      ? 'The app was started with --no-gateway: no engine can reach it.'
      : `Gateway ${gateway}, re-publication ${publish ?? 'none'}`;
  const lines = state.engines.length === 0 ? ['There are no engines yet.'] : state.engines.map(describe);
  output.print({ gateway, publish, engines: state.engines }, [where, ...lines].join('\n'));
  return exitCodes.done;
}

async function limitEngine(client: ApiClient, output: Output, name: string, flags: LimitFlags): Promise<ExitCode> {
  const changes = settingsOf(flags);
  if (Object.keys(changes).length === 0) return output.fail('Say which limit to change; see "engines limit --help".');
  await client.call('updateEngine', { name, changes });
  return show(client, output, name);
}

async function switchEngine(
  client: ApiClient,
  output: Output,
  call: 'pauseEngine' | 'resumeEngine',
  name: string,
): Promise<ExitCode> {
  await client.call(call, { name });
  return show(client, output, name);
}

async function removeEngine(client: ApiClient, output: Output, name: string): Promise<ExitCode> {
  await client.call('removeEngine', { name });
  output.print({ name, removed: true }, `Engine ${name} is removed; its token becomes invalid.`);
  return exitCodes.done;
}

async function show(client: ApiClient, output: Output, name: string): Promise<ExitCode> {
  const engine = await find(client, name);
  output.print(engine, engine === null ? `There is no engine ${name}.` : describe(engine));
  return exitCodes.done;
}

async function find(client: ApiClient, name: string): Promise<EngineState | null> {
  const { state } = await client.call('snapshot', null);
  return state.engines.find((engine) => engine.name === name) ?? null;
}

function settingsOf(flags: LimitFlags): Partial<EngineSettings> {
  const named = {
    mode: flags.mode,
    bridges: flags.bridge,
    symbols: flags.symbol,
    maxLot: flags.maxLot,
    tradesPerMinute: flags.perMinute,
    tradesPerDay: flags.perDay,
    haltAfter: flags.haltAfter,
    withoutStop: flags.withoutStop,
    changeOthers: flags.changeOthers,
    expiryS: flags.expiry,
    riskPercent: flags.risk,
    citadelScaling: flags.citadel,
    citadelBy: flags.citadelBy,
    citadelFactors: flags.citadelFactors,
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, value]) => {
      if (value === undefined) return [];
      return [[name, value === 'none' ? null : value]];
    }),
  );
}

function describe(engine: EngineState): string {
  const { name, mode, halted, counts, fillRate, lastSignal } = engine;
  const limits = [
    `bridges ${engine.bridges?.join(', ') ?? 'all'}`,
    `symbols ${engine.symbols?.join(', ') ?? 'all'}`,
    `at most ${limit(engine.maxLot)} lots`,
    `${limit(engine.tradesPerMinute)} orders a minute`,
    `${limit(engine.tradesPerDay)} trades a day`,
    `halted after ${limit(engine.haltAfter)} failures in a row`,
    engine.withoutStop ? 'fires without a stop loss too' : 'needs a stop loss in mode auto',
    engine.changeOthers ? 'may change positions that it did not open' : 'changes only what it opened',
    `risk ${engine.riskPercent === null ? 'none: lots are required' : `${String(engine.riskPercent)} %`}`,
    `CITADEL ${engine.citadelScaling ? `scales the risk by its ${engine.citadelBy}, times ${engine.citadelFactors.join(', ')}` : 'is not asked'}`,
  ];
  const rate = fillRate === null ? '' : `, fill rate ${(fillRate * 100).toFixed(0)} %`;
  const lines = [
    `${name}: ${halted === null ? mode : `HALTED (${halted.why})`}, ${String(counts.signals)} signals since the start${rate}`,
    `  ${limits.join(', ')}`,
  ];
  if (lastSignal !== null) {
    const why = lastSignal.reason === null ? '' : ` (${lastSignal.reason})`;
    lines.push(`  last ${lastSignal.signalId}: ${lastSignal.state}${why}`);
  }
  return lines.join('\n');
}

function limit(value: number | null): string {
  return value === null ? 'any number of' : String(value);
}

/** `engines` */
export const register: Register = (program, options) => {
  const engines = program.command('engines').description('the programs that may fire through the gateway');

  withLimits(engines.command('add').description('add an engine; prints its token, this once'))
    .argument('<name>', 'its name')
    .action((name: string, flags: LimitFlags) =>
      withApp(options(), (client, output) => addEngine(client, output, name, flags)),
    );

  engines
    .command('list')
    .description('show engines, their limits and what they did')
    .action(() => withApp(options(), listEngines));

  withLimits(engines.command('limit').description('change what an engine may do'))
    .argument('<name>', 'its name')
    .action((name: string, flags: LimitFlags) =>
      withApp(options(), (client, output) => limitEngine(client, output, name, flags)),
    );

  for (const [name, call, description] of [
    ['pause', 'pauseEngine', 'refuse everything that an engine asks for'],
    ['resume', 'resumeEngine', 'let an engine go on that was paused, or halted by itself'],
  ] as const) {
    engines
      .command(name)
      .description(description)
      .argument('<name>', 'its name')
      .action((engine: string) => withApp(options(), (client, output) => switchEngine(client, output, call, engine)));
  }

  engines
    .command('remove')
    .description('remove an engine; its token becomes invalid')
    .argument('<name>', 'its name')
    .action((name: string) => withApp(options(), (client, output) => removeEngine(client, output, name)));
};

function withLimits(command: Command): Command {
  return command
    .addOption(new Option('--mode <mode>', 'auto fires, ask waits for a person').choices(engineModes))
    .option('--bridge <id...>', 'bridges that it may fire on; none: all', parseNames)
    .option('--symbol <symbol...>', 'symbols that it may trade; none: all', parseNames)
    .option('--max-lot <lots>', 'lots of one order; none: no limit of its own', parseLimit)
    .option('--per-minute <count>', 'orders within 60 s', parseLimit)
    .option('--per-day <count>', 'trades in a trading day', parseLimit)
    .option('--halt-after <count>', 'refusals and rejections in a row that halt it', parseLimit)
    .option('--without-stop', 'fire buys and sells without a stop loss too, in mode auto')
    .option('--no-without-stop', "don't")
    .option('--change-others', 'see, close and change positions and pending orders that it did not open')
    .option('--no-change-others', "don't")
    .option('--expiry <seconds>', 'how long a signal waits for a person', parseNumber)
    .option('--risk <percent>', '% of equity that a signal without lots may risk; none: lots are required', parseLimit)
    .option('--citadel', 'let CITADEL scale the risk')
    .addOption(new Option('--citadel-by <figure>', "CITADEL's figure that scales it").choices(citadelSources))
    .option(
      '--citadel-factors <factors>',
      'factors for a score from 8, 6 and 4 on, and below: 1.5,1,0.5,0.25',
      parseFactors,
    )
    .option('--no-citadel', "don't");
}

/** Risk factors by CITADEL score; the contract checks the numbers. */
function parseFactors(text: string): [number, number, number, number] {
  const [from8, from6, from4, below, ...more] = text.split(',').map(parseNumber);
  if (from8 === undefined || from6 === undefined || from4 === undefined || below === undefined || more.length > 0)
    throw new InvalidArgumentError('Give four numbers with commas between them, such as 1.5,1,0.5,0.25.');
  return [from8, from6, from4, below];
}

function parseNames(text: string, before: string[] | 'none' | undefined): string[] | 'none' {
  return text === 'none'
    ? text
    : [...(before === 'none' ? [] : (before ?? [])), ...text.split(',').map((name) => name.trim())];
}
