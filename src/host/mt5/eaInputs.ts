import type { EaInputs } from '../../api/queries/eaInstallation.ts';
import type { BridgeState } from '../../api/state/state.ts';

/** Loopback of a desk that listens on all interfaces: the EA is on the same machine. */
const loopbackOf: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** The EA's inputs for a bridge as it listens now. */
export function eaInputsOf({ endpoints, running: patterns }: Pick<BridgeState, 'endpoints' | 'running'>): EaInputs {
  const portOf = (endpoint: string): number => Number(endpoint.slice(endpoint.lastIndexOf(':') + 1));
  const host = endpoints.command.replace(/^tcp:\/\/\[?(.*?)\]?:\d+$/, '$1');
  return {
    host: loopbackOf[host] ?? host,
    commandPort: portOf(endpoints.command),
    telemetryPort: portOf(endpoints.telemetry),
    feedbackPort: endpoints.feedback === endpoints.telemetry ? null : portOf(endpoints.feedback),
    isPublished: patterns.command === 'pub',
    isRequest: patterns.feedback === 'req',
  };
}
