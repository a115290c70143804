import type { ApiClient } from '../../api/rpc/connectApi.ts';
import type { EngineSettings, EngineState } from '../../api/state/engines.ts';
import { exitCodes, type ExitCode } from './exitCodes.ts';
import type { Output } from './withApp.ts';

/** Limits as the command line has them: `none` switches one off. */
export interface LimitFlags {
  mode?: EngineSettings['mode'];
  bridge?: string[] | 'none';
  symbol?: string[] | 'none';
  maxLot?: number | 'none';
  perMinute?: number | 'none';
  perDay?: number | 'none';
  haltAfter?: number | 'none';
  expiry?: number;
  risk?: number | 'none';
  citadel?: boolean;
  citadelBy?: EngineSettings['citadelBy'];
  citadelFactors?: EngineSettings['citadelFactors'];
}

export async function addEngine(client: ApiClient, output: Output, name: string, flags: LimitFlags): Promise<ExitCode> {
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

export async function listEngines(client: ApiClient, output: Output): Promise<ExitCode> {
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

export async function limitEngine(
  client: ApiClient,
  output: Output,
  name: string,
  flags: LimitFlags,
): Promise<ExitCode> {
  const changes = settingsOf(flags);
  if (Object.keys(changes).length === 0) return output.fail('Say which limit to change; see "engines limit --help".');
  await client.call('updateEngine', { name, changes });
  return show(client, output, name);
}

export async function switchEngine(
  client: ApiClient,
  output: Output,
  call: 'pauseEngine' | 'resumeEngine',
  name: string,
): Promise<ExitCode> {
  await client.call(call, { name });
  return show(client, output, name);
}

export async function removeEngine(client: ApiClient, output: Output, name: string): Promise<ExitCode> {
  await client.call('removeEngine', { name });
  output.print({ name, removed: true }, `Engine ${name} is removed; its token is worth nothing any more.`);
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
    `risk ${engine.riskPercent === null ? 'none: lots must be said' : `${String(engine.riskPercent)} %`}`,
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
