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
    throw new PortUnavailable(
      whyNot((error as NodeJS.ErrnoException).code, `${address}:${String(port)}`, channel, setting),
    );
  }
  return socket.lastEndpoint ?? `tcp://${address}:${String(port)}`;
}

function whyNot(code: string | undefined, address: string, channel: string, setting: string): string {
  switch (code) {
    case 'EADDRINUSE':
      return `Port ${address} for ${channel} is in use by another program. Stop that program (another controller?) or choose another port with ${setting}.`;
    case 'EACCES':
      return `Port ${address} for ${channel} may not be used by this account. Choose a port above 1023 with ${setting}.`;
    case 'EADDRNOTAVAIL':
    case 'ENODEV':
      return `Address ${address} for ${channel} does not belong to this machine. Choose another with --host.`;
    default:
      return `Port ${address} for ${channel} can't be bound: ${code ?? 'unknown error'}. Choose another port with ${setting}.`;
  }
}
