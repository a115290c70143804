import type { ConnectionHistory } from '../../../src/api/state/connectionHistory.ts';
import type { ConnectionReport } from '../../../src/api/state/connectionReport.ts';
import { useRepeated } from '../../store/useRepeated.ts';

/** Time from an answer to the next request, ms: short enough to follow a person's repairs. */
const checkEveryMs = 1_500;
const historyEveryMs = 10_000;

/**
 * The connection check of a bridge, repeated. Each one pings the EA.
 * @param round a changed number checks at once
 */
export function useConnectionReport(
  bridge: string,
  round: number,
): { answer: ConnectionReport | null; failure: string | null } {
  return useRepeated(['verify', bridge, round], checkEveryMs, (client) =>
    client.call('verify', { bridge, ping: true }),
  );
}

export function useConnectionHistory(bridge: string): ConnectionHistory | null {
  return useRepeated(['connectionHistory', bridge], historyEveryMs, (client) =>
    client.call('connectionHistory', { bridge }),
  ).answer;
}
