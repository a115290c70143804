import { isIP } from 'node:net';
import type { PortFacts } from '../../api/queries/portTrouble.ts';
import { portProblem } from '../../protocol/ea/portSettings.ts';
import { checkPort } from '../machine/checkPort.ts';
import { type Config, mainBridgeId } from './configSchema.ts';
import { bridgesOf, deskPorts } from './deskPorts.ts';
import type { StartOptions } from './serveFlags.ts';

/** A typed port or interface that can be had now, or why it is not taken, as one sentence. */
export type TypedPort = { value: string | number } | { refused: string };

/** Reads what a person typed in place of a port, or of an interface, that could not be had. */
export async function readTypedPort(
  typed: string,
  facts: PortFacts,
  config: Config,
  options: StartOptions,
): Promise<TypedPort> {
  const text = typed.trim();
  return facts.reason === 'no_address'
    ? readAddress(text, facts, config, options)
    : readPort(text, facts, config, options);
}

async function readPort(text: string, facts: PortFacts, config: Config, options: StartOptions): Promise<TypedPort> {
  const port = Number(text);
  if (!/^\d{1,5}$/.test(text) || port < 1 || port > 65_535)
    return { refused: 'A port is a whole number from 1 to 65535.' };
  const other = deskPorts(config, options).find((each) => each.port === port && !isSame(each, facts));
  if (other !== undefined) return { refused: `Port ${text} is set for ${other.name}. Choose another.` };
  const { reason } = await checkPort(facts.host, port, []);
  return reason === null ? { value: port } : { refused: reason };
}

async function readAddress(text: string, facts: PortFacts, config: Config, options: StartOptions): Promise<TypedPort> {
  if (isIP(text) === 0) return { refused: 'An address is written like 127.0.0.1.' };
  const stored = bridgesOf(config).find(({ id }) => id === facts.bridge)?.stored ?? config.bridge;
  const allowPeers = (facts.bridge === mainBridgeId ? options.allowPeers : null) ?? stored.allowPeers;
  const problem = portProblem({ ...stored, host: text, allowPeers });
  if (problem?.field === 'allowPeers') return { refused: problem.sentence };
  // Port 0: the address alone is looked at.
  const { reason } = await checkPort(text, 0, []);
  return reason === null ? { value: text } : { refused: reason };
}

/** How many ports above the one that can't be had are tried. */
const near = 40;

/** The nearest port above that can be had and that no other connection of the desk is set to; null: there is none. */
export async function freePortNear(facts: PortFacts, config: Config, options: StartOptions): Promise<number | null> {
  const own = new Set(deskPorts(config, options).map(({ port }) => port));
  for (let port = facts.port + 1; port <= Math.min(facts.port + near, 65_535); port += 1) {
    if (own.has(port)) continue;
    const { state } = await checkPort(facts.host, port, []);
    if (state === 'free') return port;
  }
  return null;
}

/** Whether two facts are about the same connection. */
export function isSame(one: { bridge: string | null; channel: string }, other: PortFacts): boolean {
  return one.bridge === other.bridge && one.channel === other.channel;
}
