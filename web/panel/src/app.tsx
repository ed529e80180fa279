import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { WracamProvider } from '@wracam/ui';
import { statusOf } from './api/client.ts';
import { LanguageChoice } from './language.tsx';
import { router } from './router.tsx';

const queries = new QueryClient({
  defaultOptions: {
    // The client repeats what may be repeated; a refusal is an answer and is not asked for again.
    queries: { staleTime: 5_000, retry: false, refetchOnWindowFocus: true },
    // Without a network an act fails at once with a sentence, instead of turning on the button until there is one.
    mutations: {
      networkMode: 'always',
      onError: (error) => {
        if (statusOf(error) === 401) void queries.invalidateQueries({ queryKey: ['me'] });
        // Somebody else changed it: what is shown is old, and trying again with it would be refused again.
        if (statusOf(error) === 412) void queries.invalidateQueries();
      },
    },
  },
});

queries.getQueryCache().subscribe((event) => {
  const signedOut = event.type === 'updated' && event.action.type === 'error' && statusOf(event.action.error) === 401;
  if (signedOut && event.query.queryKey[0] !== 'me') void queries.invalidateQueries({ queryKey: ['me'] });
});

export const App = () => (
  <QueryClientProvider client={queries}>
    <LanguageChoice>
      {(lang) => (
        <WracamProvider lang={lang}>
          <Notifications position="bottom-right" className="panel-toasts" />
          <RouterProvider router={router} />
        </WracamProvider>
      )}
    </LanguageChoice>
  </QueryClientProvider>
);
