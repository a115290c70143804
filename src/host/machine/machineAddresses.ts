import { networkInterfaces } from 'node:os';
import type { ConnectionCheckResult, ConnectionReport, MachineAddress } from '../../api/state/connectionReport.ts';

/** IPv4 addresses by which other machines may reach this one. */
function machineAddresses(): MachineAddress[] {
  return Object.entries(networkInterfaces()).flatMap(([network, addresses = []]) =>
    addresses
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => ({ network, address })),
  );
}

/** Adds this machine's addresses to the result of a connection check. */
export function withAddresses(proof: ConnectionCheckResult): ConnectionReport {
  const host = /^tcp:\/\/(.+):\d+$/.exec(proof.lines[0]?.endpoint ?? '')?.[1] ?? '127.0.0.1';
  const loopback = host === '127.0.0.1' || host === '[::1]';
  return { ...proof, addresses: machineAddresses(), openTo: loopback ? null : host };
}
