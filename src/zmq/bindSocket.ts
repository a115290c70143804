import { forbiddenWords, usualHolder } from '../base/portWords.ts';
import type { Socket } from 'zeromq';

/** A port that can't be bound. The message names the port and the next step. */
export class PortUnavailable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PortUnavailable';
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
  channel: string,
  setting = `--${channel}-port`,
): Promise<string> {
  const address = host.includes(':') ? `[${host}]` : host;
  try {
    await socket.bind(`tcp://${address}:${port === 0 ? '*' : String(port)}`);
  } catch (error) {
    throw new PortUnavailable(whyNot((error as NodeJS.ErrnoException).code, address, port, channel, setting));
  }
  return socket.lastEndpoint ?? `tcp://${address}:${String(port)}`;
}

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
