import { forbiddenWords, usualHolder } from '../base/portWords.ts';
import type { Socket } from 'zeromq';
import type { PortFacts, PortReason } from '../api/queries/portTrouble.ts';

/** A port that can't be bound. The message names the port and the next step; `facts` say the same without words. */
export class PortUnavailable extends Error {
  readonly facts: Omit<PortFacts, 'bridge'>;

  constructor(message: string, facts: Omit<PortFacts, 'bridge'>) {
    super(message);
    this.name = 'PortUnavailable';
    this.facts = facts;
  }
}

/**
 * Binds to `host:port`.
 * @param setting flag or field that sets the port, for the message
 * @returns the endpoint, with the real port in place of 0
 * @throws PortUnavailable
 */
export async function bindSocket(
  socket: Socket,
  host: string,
  port: number,
  channel: PortFacts['channel'],
  setting = `--${channel}-port`,
): Promise<string> {
  const address = host.includes(':') ? `[${host}]` : host;
  try {
    await socket.bind(`tcp://${address}:${port === 0 ? '*' : String(port)}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const facts = { channel, host, port, reason: reasons[code ?? ''] ?? 'other' };
    throw new PortUnavailable(whyNot(code, address, port, channel, setting), facts);
  }
  return socket.lastEndpoint ?? `tcp://${address}:${String(port)}`;
}

const reasons: Readonly<Record<string, PortReason>> = {
  EADDRINUSE: 'in_use',
  EACCES: 'forbidden',
  EADDRNOTAVAIL: 'no_address',
  ENODEV: 'no_address',
};

function whyNot(code: string | undefined, host: string, port: number, channel: string, setting: string): string {
  const address = `${host}:${String(port)}`;
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${address} for ${channel} is in use by another program. Stop that program (another controller?) or choose another port with ${setting}.${usualHolder(port)}`;
    case 'EACCES':
      return `Port ${address} for ${channel} ${forbiddenWords(process.platform, port)} Choose another port with ${setting}.`;
    case 'EADDRNOTAVAIL':
    case 'ENODEV':
      return `Address ${address} for ${channel} does not belong to this machine. Choose another with --host.`;
    default:
      return `Port ${address} for ${channel} can't be bound: ${code ?? 'unknown error'}. Choose another port with ${setting}.`;
  }
}
