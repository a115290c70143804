import { useEffect, useEffectEvent, useState } from 'react';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import { appStore } from './appStore.ts';
import { unwaited } from './unwaited.ts';

/** What changes without an order, such as equity, is asked for this often. */
const idleMs = 30_000;

/**
 * What the app answers to a question about its orders: asked at once, again when orders change, at most every `everyMs`.
 * @param question what `ask` depends on: another one is asked at once, and the answer of the last one stays until then
 * @param unfinished an answer that will soon be another one is asked for again without a change
 */
export function useAnswer<Answer>(
  question: string,
  ask: (client: ApiClient) => Promise<Answer>,
  everyMs: number,
  unfinished: (answer: Answer) => boolean = () => false,
): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = useEffectEvent(ask);
  const isUnfinished = useEffectEvent(unfinished);
  useEffect(() => {
    let stopped = false;
    let askedAt = 0;
    let asking = false;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const askNow = async (): Promise<void> => {
      const { client } = appStore.getState();
      if (client === null) return;
      asking = true;
      askedAt = performance.now();
      try {
        const answered = await asked(client);
        if (stopped) return;
        setAnswer(answered);
        if (isUnfinished(answered)) askSoon();
      } catch {
        // The bridge is gone or the connection is lost: either is shown elsewhere, and a new connection asks again.
      } finally {
        asking = false;
      }
    };
    const askSoon = (): void => {
      waiting ??= setTimeout(
        () => {
          waiting = undefined;
          if (asking) askSoon();
          else unwaited(askNow());
        },
        Math.max(0, askedAt + everyMs - performance.now()),
      );
    };
    unwaited(askNow());
    const unfollow = appStore.subscribe((now, before) => {
      if (now.app?.orders !== before.app?.orders || now.client !== before.client) askSoon();
    });
    const idle = setInterval(askSoon, idleMs);
    return () => {
      stopped = true;
      clearTimeout(waiting);
      clearInterval(idle);
      unfollow();
    };
  }, [question, everyMs]);
  return answer;
}
