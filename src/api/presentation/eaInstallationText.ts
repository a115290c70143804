import type { EaInputs, EaTerminal, EaTerminals, InstalledEa } from '../queries/eaInstallation.ts';
import type { BridgeState } from '../state/state.ts';

/** Why there is no terminal to choose; null: there is one. */
export function noTerminalText({ machine, searched, terminals }: EaTerminals): string | null {
  if (!searched)
    return `The desk runs on ${machine}, which is not Windows, so MetaTrader 5 is not looked for: name the folder of a terminal there.`;
  if (terminals.length > 0) return null;
  return `No MetaTrader 5 was found on ${machine}, where the desk runs, for the user that runs it: name the folder of a terminal there.`;
}

/** What a terminal has of the desk's own EA. */
export function terminalText({ version, compiled }: Pick<EaTerminal, 'version' | 'compiled'>): string {
  if (version === null) return 'no EA of the desk yet';
  return compiled ? `EA ${version}` : `EA ${version}, not compiled`;
}

/** What was done, without MetaEditor's lines. */
export function installedText({ version, compiled, preset }: InstalledEa): string {
  if (compiled === 'failed') return `BITTEN Desk EA ${version} was not compiled, so it can't run there.`;
  const words = {
    ok: 'copied and compiled without errors',
    missing: 'copied and not compiled, because MetaEditor was not found: open it in MetaEditor (F4) and press F7',
  };
  return `BITTEN Desk EA ${version}: ${words[compiled]}. Its inputs for this bridge are in ${preset}.`;
}

/** Warns where the inputs would hold for this start alone; null: they hold for the next one too. */
export function otherPortsText(bridge: BridgeState): string | null {
  const { endpoints, startFlags, commandPort, telemetryPort, feedbackPort } = bridge;
  const ports = { command: commandPort, telemetry: telemetryPort, feedback: feedbackPort ?? telemetryPort };
  const isSame = Object.entries(ports).every(([name, port]) =>
    endpoints[name as keyof typeof ports].endsWith(`:${String(port)}`),
  );
  if (isSame || startFlags.length > 0) return null;
  return 'The ports of this bridge are other ones from the next start of the desk on: install the EA after that start.';
}

/** Entries for MetaTrader's list of allowed URLs. */
export function allowedUrls({ host, commandPort, telemetryPort, feedbackPort }: EaInputs): string[] {
  const ports = [commandPort, telemetryPort, ...(feedbackPort === null ? [] : [feedbackPort])];
  const name = host.includes(':') ? `[${host}]` : host;
  return [name, ...ports.map((port) => `${name}:${String(port)}`)];
}

/** The three steps in MetaTrader that only a person can do. */
export function installationSteps({ inputs, preset }: Pick<InstalledEa, 'inputs' | 'preset'>): string[] {
  const [host = '', ...others] = allowedUrls(inputs);
  const file = preset.slice(Math.max(preset.lastIndexOf('/'), preset.lastIndexOf('\\')) + 1);
  return [
    `Tools, Options, Expert Advisors: tick "Allow WebRequest for listed URL", and add ${host}, then ${others.join(' and ')}, with Enter after each.`,
    'Switch Algo Trading on.',
    `Drag BittenDesk from the Navigator onto a chart, and load ${file} (Inputs, Load). One that is on a chart already is dragged there anew, unless it starts in the new version by itself.`,
  ];
}
