import { z } from 'zod';
import { commandPatterns, feedbackPatterns, needsFeedbackPort } from './socketPatterns.ts';

/**
 * What EA a bridge is of. `bitten`: the desk's own, which does all on one thread (E7), so that a terminal that stands still
 * for seconds must not be cut off. The others answer from threads of their own.
 */
export const eaKinds = ['bitten', 'v7', 'other'] as const;
export type EaKind = (typeof eaKinds)[number];

const port = z.number().int().min(0).max(65_535);
const address = z.union([z.ipv4(), z.ipv6()]);

/** Addresses and ports of a bridge's EA sockets. A change takes effect at the next start. */
export const portSettingsSchema = z.object({
  /** IP address of the interface, for the EA's sockets alone. */
  host: address,
  /** IP addresses of terminals that may connect besides this machine. */
  allowPeers: z.array(address).max(32),
  /** TCP ports; 0 takes a free one at each start. */
  commandPort: port,
  telemetryPort: port,
  /** Null: feedback shares the telemetry port. */
  feedbackPort: port.nullable(),
  eaKind: z.enum(eaKinds),
  commandPattern: z.enum(commandPatterns),
  feedbackPattern: z.enum(feedbackPatterns),
  /** Most EAs on the telemetry and feedback ports (S3). */
  telemetryPeers: z.number().int().min(1).max(32),
});
export type PortSettings = z.infer<typeof portSettingsSchema>;
export type PortField = keyof PortSettings;

/** The documented ports; one EA, on this machine. */
export const defaultPorts: PortSettings = {
  host: '127.0.0.1',
  allowPeers: [],
  commandPort: 5555,
  telemetryPort: 5556,
  feedbackPort: null,
  eaKind: 'v7',
  commandPattern: 'push',
  feedbackPattern: 'push',
  telemetryPeers: 1,
};

const names = { commandPort: 'Commands', telemetryPort: 'Telemetry', feedbackPort: 'Feedback' } as const;
export const portFields = ['commandPort', 'telemetryPort', 'feedbackPort'] as const;

/** Contradiction between these settings: the field to change, and a sentence. Null: none. */
export function portProblem(
  settings: Pick<PortSettings, 'host' | 'allowPeers' | 'feedbackPattern' | (typeof portFields)[number]>,
): { field: PortField; sentence: string } | null {
  if (needsFeedbackPort(settings)) {
    return {
      field: 'feedbackPort',
      sentence: 'Feedback by REQ and REP needs a port of its own: set the port for feedback.',
    };
  }
  for (const [index, field] of portFields.entries()) {
    const other = portFields.slice(0, index).find((each) => settings[each] === settings[field]);
    if (other === undefined || settings[field] === null || settings[field] === 0) continue;
    return {
      field,
      sentence: `${names[other]} and ${names[field].toLowerCase()} can't both be on port ${String(settings[field])}: change one of them.`,
    };
  }
  if (isLoopback(settings.host) || settings.allowPeers.length > 0) return null;
  return {
    field: 'allowPeers',
    sentence: `${settings.host} can be reached from other machines: name the terminals that may connect.`,
  };
}

function isLoopback(host: string): boolean {
  return host === '::1' || host.startsWith('127.');
}
