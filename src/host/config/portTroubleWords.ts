import { forbiddenWords, usualHolder } from '../../base/portWords.ts';
import type { PortChannel, PortFacts, PortTrouble } from '../../api/queries/portTrouble.ts';
import type { Config } from './configSchema.ts';
import { bridgesOf, deskPorts } from './deskPorts.ts';
import { flagFor, placeOf } from './portPlace.ts';
import type { StartOptions } from './serveFlags.ts';
import { isSame } from './typedPort.ts';

type Words = Omit<PortTrouble, 'suggestion' | 'refused' | 'notes' | 'theme' | 'textSize'>;

/** Name of each connection and its use, within a sentence, and the label of its port's field. */
const connections: Record<PortChannel, { name: string; use: string; label: string }> = {
  command: { name: 'its command connection', use: 'orders go to the EA', label: 'Port for commands' },
  telemetry: {
    name: 'its telemetry connection',
    use: 'account figures, prices and results come from the EA',
    label: 'Port for telemetry',
  },
  feedback: {
    name: 'its feedback connection',
    use: 'the results of orders come from the EA',
    label: 'Port for feedback',
  },
  gateway: { name: 'its gateway', use: 'signals of your engines come in', label: 'Port of the gateway' },
  publish: {
    name: 'its re-publication',
    use: 'other programs read what EAs send',
    label: 'Port of the re-publication',
  },
};

/** The line of EA v7's source that names the connection. */
const sourceLines: Partial<Record<PortChannel, string>> = {
  command: 'BACKEND_ENDPOINT',
  telemetry: 'HEARTBEAT_ENDPOINT',
};

/**
 * What the window says of a port that a start could not have.
 * @param suggestion a port that would do
 * @param platform of Node.js
 */
export function portTroubleWords(
  facts: PortFacts,
  config: Config,
  options: StartOptions,
  suggestion: number | null,
  platform: string,
): Omit<PortTrouble, 'refused'> {
  const { theme, textSize } = config.settings;
  const words =
    facts.reason === 'no_address' ? addressWords(facts, config) : portWords(facts, config, options, platform);
  return {
    ...words,
    suggestion: suggestion === null ? null : String(suggestion),
    notes: notesOn(facts, options),
    theme,
    textSize,
  };
}

function portWords(facts: PortFacts, config: Config, options: StartOptions, platform: string): Words {
  const port = String(facts.port);
  const { name, use, label } = connections[facts.channel];
  const own = deskPorts(config, options).find((each) => each.port === facts.port && !isSame(each, facts));
  const another = 'type another port below';
  const [title, why] =
    own !== undefined
      ? [`Port ${port} is set twice`, `${capital(own.name)} has port ${port}, too: ${another}.`]
      : facts.reason === 'forbidden'
        ? [
            `Port ${port} can't be used`,
            `Port ${port} ${forbiddenWords(platform, facts.port)} Type another port below.`,
          ]
        : [
            `Port ${port} is taken`,
            `Another program on this computer has the port, such as a BITTEN Desk that still runs.${usualHolder(facts.port)} End that program and press “Try again”, or ${another}.`,
          ];
  return {
    title,
    sentences: [
      `${capital(whose(facts, config))} needs port ${port} for ${name}: by it ${use}. Until it has a port, the desk does not start. Positions in MT5 are not touched.`,
      why,
    ],
    field: { label, value: port, decimal: true },
    button: 'Start with this port',
    peer: portPeer(facts),
  };
}

function addressWords(facts: PortFacts, config: Config): Words {
  return {
    title: `${facts.host} is not an address of this computer`,
    sentences: [
      `${capital(whose(facts, config))} waits for its EA at this address. A computer's address can change with its network. Until it has one, the desk does not start. Positions in MT5 are not touched.`,
      'Type 127.0.0.1 if MT5 runs on this computer, else the address that this computer has now.',
    ],
    field: { label: 'Address of this computer', value: facts.host, decimal: false },
    button: 'Start with this address',
    peer: { sentence: 'Give the EA the same address: it looks for the desk nowhere else.', line: null },
  };
}

function portPeer({ channel, host }: PortFacts): Words['peer'] {
  const address = `tcp://${host.includes(':') ? `[${host}]` : host}:`;
  if (channel === 'gateway')
    return { sentence: 'Give your engines the same port:', line: { before: address, after: '' } };
  if (channel === 'publish')
    return { sentence: 'Give the programs that read there the same port:', line: { before: address, after: '' } };
  const name = sourceLines[channel];
  if (name === undefined)
    return { sentence: 'Give the EA the same port for its results:', line: { before: address, after: '' } };
  return {
    sentence: 'Give the EA the same port. In the source of EA v7 it is this line; compile it again (F7):',
    line: { before: `#define ${name} "${address}`, after: '"' },
  };
}

function notesOn(facts: PortFacts, options: StartOptions): string[] {
  const flag = flagFor(placeOf(facts), options);
  return [
    ...(flag === null
      ? ['What you type is saved in the settings.']
      : [
          `The desk was started with ${flag}, which counts instead of the settings. What you type holds for this start alone; change the flag to keep it.`,
        ]),
    ...(options.armed ? ['The desk starts disarmed: arm it once the EA is connected again.'] : []),
  ];
}

function whose({ bridge }: PortFacts, config: Config): string {
  if (bridge === null) return 'the desk';
  const stored = bridgesOf(config).find(({ id }) => id === bridge)?.stored;
  return `bridge ${stored?.name ?? bridge}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
