import { QueryClient } from '@tanstack/react-query';

/**
 * Holds the answers of the app to questions that are asked again and again. The app runs without a network and its figures
 * count in a hidden window too, so neither stops a question. Nothing outlives the view that asked for it: a report that
 * is shown again is a new one. The last answer stays until that to a changed question has come.
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
