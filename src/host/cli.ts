#!/usr/bin/env node
import { Command, InvalidArgumentError, Option } from 'commander';
import { engineModes } from '../api/state/engines.ts';
import { citadelSources } from '../protocol/gateway/citadel.ts';
import { exportKinds } from '../api/queries/statistics.ts';
import { runPaperEa } from '../paper/runPaperEa.ts';
import { backup } from './cli/backup.ts';
import { addEngine, limitEngine, type LimitFlags, listEngines, removeEngine, switchEngine } from './cli/engines.ts';
import { exitCodes } from './cli/exitCodes.ts';
import { type ExportArguments, exportFormats, exportJournal } from './cli/export.ts';
import { addFeed, type FeedFlags, listFeeds, removeFeed } from './cli/feeds.ts';
import { fire, type FireArguments } from './cli/fire.ts';
import { dismissWaiting, fireWaiting, listInbox } from './cli/inbox.ts';
import { onceEach } from './cli/onceEach.ts';
import { parseFolder, parseNumber, parseSeconds } from './config/readTyped.ts';
import { settle, type SettleArguments } from './cli/settle.ts';
import { status } from './cli/status.ts';
import { verify, type VerifyArguments } from './cli/verify.ts';
import { type AppOptions, withApp } from './cli/withApp.ts';
import { defaultDataDir } from './folder/dataFolder.ts';
import { version } from './machine/version.ts';
import { signalActions } from '../domain/tradeTerms.ts';

const program = new Command('bitten-desk')
  .description('Steers a running BITTEN Desk')
  .version(version)
  .addOption(
    new Option('--data-dir <folder>', 'data folder of the running app')
      .env('BITTEN_DATA_DIR')
      .argParser(parseFolder)
      .default(defaultDataDir()),
  )
  .option('--json', 'print JSON', false);

const options = (): AppOptions => program.opts<AppOptions>();

program
  .command('status')
  .description('show bridges, channels and accounts')
  .action(() => withApp(options(), status));

for (const [name, description] of [
  ['arm', 'let orders out on a bridge'],
  ['disarm', 'refuse orders on a bridge'],
] as const) {
  program
    .command(name)
    .description(description)
    .option('--bridge <id>', 'which bridge; the only one when left out')
    .action((flags: { bridge?: string }) =>
      withApp(options(), async (client, { print, onlyBridge }) => {
        const bridge = flags.bridge ?? (await onlyBridge());
        await client.call(name, { bridge });
        print({ bridge, armed: name === 'arm' }, `Bridge ${bridge} is ${name}ed.`);
        return exitCodes.done;
      }),
    );
}

for (const [name, description, said] of [
  ['kill', 'kill switch: stop every buy and sell at once, on all bridges, until it is released', 'on'],
  ['release', 'release the kill switch; bridges are armed by themselves', 'released'],
] as const) {
  program
    .command(name)
    .description(description)
    .action(() =>
      withApp(options(), async (client, { print }) => {
        await client.call(name, null);
        print({ killSwitch: name === 'kill' }, `The kill switch is ${said}.`);
        return exitCodes.done;
      }),
    );
}

program
  .command('settle')
  .description('say what you found in MT5 about an order that is unknown')
  .argument('<id>', 'its signal ID')
  .option('--ticket <ticket>', 'it is in MT5 under this ticket: it becomes filled', parseTicket)
  .option('--price <price>', 'and its price', parseNumber)
  .option('--not-in-mt5', 'it is not in MT5: it becomes rejected')
  .option('--bridge <id>', 'its bridge, where several have an unknown order of this ID')
  .option('--note <text>', 'how you know', '')
  .action((id: string, flags: SettleArguments) =>
    withApp(options(), (client, output) => settle(client, output, id, flags)),
  );

program
  .command('open')
  .description('print a fresh link to the dashboard, good once')
  .action(() =>
    withApp(options(), async (client, { print, fail }) => {
      const { url } = await client.call('dashboardLink', null);
      if (url === null) return fail('The app was started with --no-http, so it has no dashboard for the browser.');
      print({ url }, url);
      return exitCodes.done;
    }),
  );

const fireCommand = program
  .command('fire')
  .description('fire an order; exit code 0 filled, 2 refused, 3 rejected, 4 unknown, 5 app not reached')
  .option('--symbol <symbol>', 'as Market Watch shows it (not needed for close_all)')
  .addOption(new Option('--action <action>', 'what to do').choices(signalActions).makeOptionMandatory())
  .option('--lot <lots>', 'lots (not needed to close)', parseNumber, 0.01)
  .option('--sl <stop>', "stop loss in the bridge's unit; a buy or sell says this or --no-sl", parseNumber)
  .option('--no-sl', 'no stop loss')
  .option('--tp <stop>', "take profit in the bridge's unit, 0 for none", parseNumber, 0)
  .option('--bridge <id>', 'which bridge; the only one when left out')
  .option('--id <id>', 'signal ID; one is made when left out')
  .option('--wait <seconds>', 'how long to wait for the result', parseSeconds)
  .option('--confirm <id...>', 'unknown orders in the symbol that you know of and want to trade beside')
  .action((flags: FireArguments) => withApp(options(), (client, output) => fire(client, output, flags)));
// The last of two would hold; which of two amounts or stops was meant nobody knows.
onceEach(fireCommand, ['confirm']);

program
  .command('verify')
  .description(
    'check the connection to the EA layer by layer; exit code 0 it works, 2 a layer fails, 5 app not reached; with --order also 3 rejected, 4 unknown',
  )
  .option('--bridge <id>', 'which bridge; the only one when left out')
  .option('--wait <seconds>', 'how long to wait for what is not decided yet (10)', parseSeconds)
  .option('--order <symbol>', 'buy the smallest lot of this symbol as the last layer; it stays open until you close it')
  .option('--sl <stop>', "its stop loss in the bridge's unit; one is chosen when left out", parseNumber)
  .option(
    '--yes-live',
    'give it twice to try the order on an account that is not known to be a demo account',
    (_: unknown, count: number) => count + 1,
    0,
  )
  .action((flags: VerifyArguments) => withApp(options(), (client, output) => verify(client, output, flags)));

program
  .command('export')
  .description('write what the journal has as CSV or NDJSON, to a file or to standard output')
  .addOption(new Option('--kind <kind>', 'what to write').choices(exportKinds).default('orders'))
  .addOption(new Option('--format <format>', 'how to write it').choices(exportFormats).default('csv'))
  .option('--bom', 'begin a CSV with a byte-order mark, so that Excel reads it as UTF-8')
  .option('--out <file>', 'write to this file; it has its name once it is whole')
  .option('--bridge <id>', 'which bridge; the only one when left out')
  .option('--from <day>', 'first trading day, YYYY-MM-DD', parseDay)
  .option('--to <day>', 'last trading day, YYYY-MM-DD', parseDay)
  .action((flags: ExportArguments) => withApp(options(), (client, output) => exportJournal(client, output, flags)));

program
  .command('backup')
  .description('copy journal, settings and marks into an empty folder, while trading goes on or while no app runs')
  .argument('<dir>', 'the folder; it is made where there is none')
  .action((dir: string) => backup(options(), dir));

program
  .command('paper')
  .description('run a paper EA that connects to --command and --telemetry; stop it with Ctrl+C')
  .allowUnknownOption()
  .allowExcessArguments()
  .helpOption(false)
  .action((_flags: unknown, command: Command) => runPaperEa(command.args));

const engines = program.command('engines').description('the programs that may fire through the gateway');

function withLimits(command: Command): Command {
  return command
    .addOption(new Option('--mode <mode>', 'auto fires, ask waits for a person').choices(engineModes))
    .option('--bridge <id...>', 'bridges that it may fire on; none: all', parseNames)
    .option('--symbol <symbol...>', 'symbols that it may trade; none: all', parseNames)
    .option('--max-lot <lots>', 'lots of one order; none: no limit of its own', parseLimit)
    .option('--per-minute <count>', 'orders within 60 s', parseLimit)
    .option('--per-day <count>', 'trades in a trading day', parseLimit)
    .option('--halt-after <count>', 'refusals and rejections in a row that halt it', parseLimit)
    .option('--expiry <seconds>', 'how long a signal waits for a person', parseNumber)
    .option('--risk <percent>', '% of equity that a signal without lots may risk; none: lots must be said', parseLimit)
    .option('--citadel', 'let CITADEL scale the risk')
    .addOption(new Option('--citadel-by <figure>', 'which of its figures does').choices(citadelSources))
    .option(
      '--citadel-factors <factors>',
      'by how much: from a score of 8, 6 and 4 on, and below: 1.5,1,0.5,0.25',
      parseFactors,
    )
    .option('--no-citadel', "don't");
}

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
  .description('remove an engine; its token is worth nothing any more')
  .argument('<name>', 'its name')
  .action((name: string) => withApp(options(), (client, output) => removeEngine(client, output, name)));

const feeds = program.command('feeds').description('programs that publish signals, which wait for a person');

feeds
  .command('add')
  .description('listen to a feed')
  .argument('<name>', 'its name')
  .option('--endpoint <address>', 'where it publishes (tcp://127.0.0.1:5557)')
  .option('--topic <topic...>', 'what its messages begin with; all when left out')
  .option('--bridge <id>', 'the bridge of its signals')
  .option('--max-age <seconds>', 'how old a signal may become (120)', parseNumber)
  .option('--risk <percent>', '% of equity that a signal without lots may risk (2)', parseNumber)
  .option('--max-lot <lots>', 'lots of one order (1); none: no limit of its own', parseLimit)
  .action((name: string, flags: FeedFlags) =>
    withApp(options(), (client, output) => addFeed(client, output, name, flags)),
  );

feeds
  .command('list')
  .description('show feeds and what came of them')
  .action(() => withApp(options(), listFeeds));

feeds
  .command('remove')
  .description('listen to a feed no more')
  .argument('<name>', 'its name')
  .action((name: string) => withApp(options(), (client, output) => removeFeed(client, output, name)));

const inbox = program.command('inbox').description('signals that wait for a person');

inbox
  .command('list')
  .description('show them, each with its number')
  .action(() => withApp(options(), listInbox));

inbox
  .command('fire')
  .description('fire one; exit codes as of "fire"')
  .argument('<number>', 'its number', parseNumber)
  .option('--bridge <id>', 'which bridge, where the signal names none')
  .option('--wait <seconds>', 'how long to wait for the result', parseSeconds)
  .option('--yes', 'fire what the list shows at this moment, without a question at a terminal')
  .action((number: number, flags: { bridge?: string; wait?: number; yes?: boolean }) =>
    withApp(options(), (client, output) => fireWaiting(client, output, number, flags)),
  );

inbox
  .command('dismiss')
  .description('dismiss one')
  .argument('<number>', 'its number', parseNumber)
  .action((number: number) => withApp(options(), (client, output) => dismissWaiting(client, output, number)));

await program.parseAsync();

/** Text, since MT5's tickets have 64 bits. */
function parseTicket(text: string): string {
  if (!/^[1-9]\d{0,18}$/.test(text)) throw new InvalidArgumentError('Give the ticket as MT5 shows it: digits alone.');
  return text;
}

/** What a score of CITADEL does to the risk; the contract says what is wrong with a number. */
function parseFactors(text: string): [number, number, number, number] {
  const [from8, from6, from4, below, ...more] = text.split(',').map(parseNumber);
  if (from8 === undefined || from6 === undefined || from4 === undefined || below === undefined || more.length > 0)
    throw new InvalidArgumentError('Give four numbers with commas between them, such as 1.5,1,0.5,0.25.');
  return [from8, from6, from4, below];
}

/** A limit, or none. */
function parseLimit(text: string): number | 'none' {
  return text === 'none' ? text : parseNumber(text);
}

function parseNames(text: string, before: string[] | 'none' | undefined): string[] | 'none' {
  return text === 'none'
    ? text
    : [...(before === 'none' ? [] : (before ?? [])), ...text.split(',').map((name) => name.trim())];
}

function parseDay(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : Number.NaN;
  // Date.parse takes 2026-02-31 for a day in March.
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('Give a day as YYYY-MM-DD.');
  return text;
}
