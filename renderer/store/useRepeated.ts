import { useQuery } from '@tanstack/react-query';
import type { ApiClient } from '../../src/api/rpc/connectApi.ts';
import { useApp } from './hooks.ts';
import { queryClient } from './queryClient.ts';

/**
 * The app's answer to a question that is asked again `everyMs` after each answer, and at once on a new connection.
 * @param question its name and all that `ask` depends on, as JSON
 */
export function useRepeated<Answer>(
  question: readonly unknown[],
  everyMs: number,
  ask: (client: ApiClient) => Promise<Answer>,
): { answer: Answer | null; failure: string | null } {
  const client = useApp((store) => store.client);
  const { data, error } = useQuery(
    {
      queryKey: question,
      queryFn: () => {
        if (client === null) throw new Error('The app is not connected.');
        return ask(client);
      },
      enabled: client !== null,
      refetchInterval: ({ state }) => (state.fetchStatus === 'idle' ? everyMs : false),
    },
    queryClient,
  );
  return { answer: data ?? null, failure: error?.message ?? null };
}
