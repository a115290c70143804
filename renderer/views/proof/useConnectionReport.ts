import { useEffect, useEffectEvent, useState } from 'react';
import type { ConnectionHistory } from '../../../src/api/state/connectionHistory.ts';
import type { ConnectionReport } from '../../../src/api/state/connectionReport.ts';
import type { ApiClient } from '../../../src/api/rpc/connectApi.ts';
import { useApp } from '../../store/hooks.ts';
import { unwaited } from '../../store/unwaited.ts';

/** The check follows what a person mends: so long after an answer it is asked again, in ms. */
const checkEveryMs = 1_500;
const historyEveryMs = 10_000;

function useRepeated<Answer>(
  key: string,
  everyMs: number,
  ask: (client: ApiClient) => Promise<Answer>,
): { answer: Answer | null; failure: string | null } {
  const client = useApp((store) => store.client);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const askNow = useEffectEvent(ask);
  useEffect(() => {
    let stopped = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = async (): Promise<void> => {
      if (client === null) return;
      try {
        const answered = await askNow(client);
        if (stopped) return;
        setAnswer(answered);
        setFailure(null);
      } catch (error) {
        if (!stopped) setFailure(error instanceof Error ? error.message : String(error));
      }
      if (!stopped)
        timer = setTimeout(() => {
          unwaited(look());
        }, everyMs);
    };
    unwaited(look());
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [client, key, everyMs]);
  return { answer, failure };
}

/** The connection proof of a bridge, again and again; each time the EA is pinged. @param round another one asks at once */
export function useConnectionReport(
  bridge: string,
  round: number,
): { answer: ConnectionReport | null; failure: string | null } {
  return useRepeated(`${bridge} ${String(round)}`, checkEveryMs, (client) =>
    client.call('verify', { bridge, ping: true }),
  );
}

export function useConnectionHistory(bridge: string): ConnectionHistory | null {
  return useRepeated(bridge, historyEveryMs, (client) => client.call('connectionHistory', { bridge })).answer;
}
