import { isIP } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import {
  commandPatterns,
  feedbackPatterns,
  type CommandPattern,
  type FeedbackPattern,
} from '../../protocol/ea/socketPatterns.ts';
import { defaultDataDir } from '../folder/dataFolder.ts';
import { parseFolder } from './readTyped.ts';
import { readSwitches } from './switchFlags.ts';
import { version } from '../machine/version.ts';

/** Options of a start, from flags or from `BITTEN_<NAME>` in the environment. */
export interface StartOptions {
  dataDir: string;
  /** Address of the EA's sockets; the dashboard stays on loopback. Null, here and below: the bridge's setting. */
  host: string | null;
  allowPeers: string[] | null;
  commandPort: number | null;
  telemetryPort: number | null;
  feedbackPort: number | null;
  commandPattern: CommandPattern | null;
  feedbackPattern: FeedbackPattern | null;
  /** Null, here and below: the app's setting. */
  gatewayPort: number | null;
  publishPort: number | null;
  /** Whether gateway and republication run. */
  gateway: boolean;
  httpPort: number | null;
  /** Whether the web server runs. */
  http: boolean;
  armed: boolean;
  paper: boolean;
}

interface Flags {
  dataDir: string;
  host?: string;
  allowPeer?: string[];
  commandPort?: number;
  telemetryPort?: number;
  feedbackPort?: number;
  commandPattern?: CommandPattern;
  feedbackPattern?: FeedbackPattern;
  gatewayPort?: number;
  publishPort?: number;
  httpPort?: number;
  http: boolean;
  gateway: boolean;
  armed: boolean;
  paper: boolean;
}

function flag(flags: string, description: string, environment: string): Option {
  return new Option(flags, description).env(`BITTEN_${environment}`);
}

function command(): Command {
  return new Command('bitten-desk')
    .description('The controller of a BITTEN EA, with its dashboard in the browser')
    .version(version)
    .addOption(
      flag('--data-dir <folder>', 'where settings, journal and logs are kept', 'DATA_DIR')
        .argParser(parseFolder)
        .default(defaultDataDir()),
    )
    .addOption(flag('--host <ip>', "interface for the EA's sockets", 'HOST').argParser(parseIp))
    .addOption(
      flag('--allow-peer <ip>', 'a terminal on another machine; may be given again', 'ALLOW_PEER').argParser(
        collectIps,
      ),
    )
    .addOption(portFlag('--command-port <port>', 'commands to the EA, 5555 unless set otherwise', 'COMMAND_PORT'))
    .addOption(
      portFlag('--telemetry-port <port>', 'telemetry and feedback, 5556 unless set otherwise', 'TELEMETRY_PORT'),
    )
    .addOption(portFlag('--feedback-port <port>', 'feedback on a port of its own', 'FEEDBACK_PORT'))
    .addOption(
      flag('--command-pattern <pattern>', 'PUSH → PULL or PUB → SUB', 'COMMAND_PATTERN').choices(commandPatterns),
    )
    .addOption(
      flag('--feedback-pattern <pattern>', 'PUSH → PULL or REQ → REP', 'FEEDBACK_PATTERN').choices(feedbackPatterns),
    )
    .addOption(portFlag('--gateway-port <port>', 'engines fire here, 5559 unless set otherwise', 'GATEWAY_PORT'))
    .addOption(
      portFlag('--publish-port <port>', 'what EAs send is published here, 5560 unless set otherwise', 'PUBLISH_PORT'),
    )
    .addOption(portFlag('--http-port <port>', 'the dashboard, 8765 unless set otherwise', 'HTTP_PORT'))
    .addOption(flag('--no-http', 'serve no dashboard', 'NO_HTTP'))
    .addOption(flag('--no-gateway', 'open no gateway for engines, and publish nothing', 'NO_GATEWAY'))
    .addOption(flag('--armed', 'start armed', 'ARMED').default(false))
    .addOption(flag('--paper', 'add a bridge with the paper EA', 'PAPER').default(false))
    .configureOutput({ writeOut: (text) => process.stderr.write(text) });
}

/**
 * Reads flags and environment; ends the process with a sentence and exit code 1 when they can't be used.
 * @param unknownFlags Electron's command line also carries Chromium's switches
 */
export function parseStartOptions(
  argv: readonly string[],
  unknownFlags: 'refused' | 'ignored' = 'refused',
): StartOptions {
  const ignored = unknownFlags === 'ignored';
  const parsed = command().allowUnknownOption(ignored).allowExcessArguments(ignored).parse(argv, { from: 'user' });
  readSwitches(parsed);
  const flags = parsed.opts<Flags>();
  return {
    dataDir: flags.dataDir,
    host: flags.host ?? null,
    allowPeers: flags.allowPeer ?? null,
    commandPort: flags.commandPort ?? null,
    telemetryPort: flags.telemetryPort ?? null,
    feedbackPort: flags.feedbackPort ?? null,
    commandPattern: flags.commandPattern ?? null,
    feedbackPattern: flags.feedbackPattern ?? null,
    gatewayPort: flags.gatewayPort ?? null,
    publishPort: flags.publishPort ?? null,
    gateway: flags.gateway,
    httpPort: flags.httpPort ?? null,
    http: flags.http,
    armed: flags.armed,
    paper: flags.paper,
  };
}

function portFlag(flags: string, description: string, environment: string): Option {
  return flag(flags, `${description}; 0 takes a free one`, environment).argParser(parsePort);
}

function parsePort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError('A port is a whole number from 0 to 65535.');
  return port;
}

function parseIp(text: string): string {
  if (isIP(text) === 0) throw new InvalidArgumentError('Give an IP address, such as 127.0.0.1.');
  return text;
}

function collectIps(text: string, before: string[] | undefined): string[] {
  return [...(before ?? []), ...text.split(',').map((address) => parseIp(address.trim()))];
}
