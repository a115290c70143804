import { QueryClient } from '@tanstack/react-query';

/**
 * Holds answers to repeated questions. The app runs without a network and its figures count in a hidden window too, so
 * neither stops a question. An answer ends with the view that asked for it: a reopened report asks anew. The last
 * answer stays until the answer to a changed question has come.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      refetchIntervalInBackground: true,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
      retry: false,
      staleTime: 0,
      gcTime: 0,
      structuralSharing: false,
      placeholderData: (last: unknown) => last,
    },
  },
});
