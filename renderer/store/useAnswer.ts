import { useQuery } from '@tanstack/react-query';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import { appStore } from './appStore.ts';
import { useApp } from './hooks.ts';
import { queryClient } from './queryClient.ts';

/** Time after which an answer is requested again even without a change of orders, ms: equity changes too. */
const idleMs = 30_000;

/**
 * The app's answer to a question about its orders; null until the first one. Asked at once, again when orders change,
 * at most every `everyMs`. A failure keeps the last answer: a lost connection or a removed bridge is shown elsewhere.
 * @param question its name and all that `ask` depends on, as JSON
 * @param unfinished whether an answer is provisional, so that it is requested again without a change
 */
export function useAnswer<Answer>(
  question: readonly unknown[],
  ask: (client: ApiClient) => Promise<Answer>,
  everyMs: number,
  unfinished: (answer: Answer) => boolean = () => false,
): Answer | null {
  const client = useApp((store) => store.client);
  // Drawn again with each change of the orders, the hook sets the time of the next question anew.
  useApp(({ app }) => app?.orders);
  const { data } = useQuery(
    {
      queryKey: question,
      queryFn: async () => {
        if (client === null) throw new Error('The app is not connected.');
        const orders = appStore.getState().app?.orders;
        return { answer: await ask(client), orders };
      },
      enabled: client !== null,
      refetchInterval: ({ state: { data: last, fetchStatus, dataUpdatedAt, errorUpdatedAt } }) => {
        if (fetchStatus !== 'idle') return false;
        const isCurrent = last?.orders === appStore.getState().app?.orders;
        if (isCurrent && !(last !== undefined && unfinished(last.answer))) return idleMs;
        return Math.max(1, Math.max(dataUpdatedAt, errorUpdatedAt) + everyMs - Date.now());
      },
    },
    queryClient,
  );
  return data?.answer ?? null;
}
