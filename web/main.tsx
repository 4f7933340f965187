// Starts the back office in the page.
import '@mantine/core/styles.layer.css';
import './app.css';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/client.ts';
import { watchParts } from './components/answers/part-missing.ts';
import { startI18n } from './i18n/start-i18n.ts';
import { paths } from './paths.ts';
import { makeRouter } from './routes.tsx';
import { sayNotStarted } from './say-not-started.ts';
import { resolveVariables, theme } from './theme.ts';
import { Tips } from './ui/tips.tsx';
import { Toasts } from './ui/toasts.tsx';

const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: leaveWhenSignedOut }),
  defaultOptions: {
    queries: {
      // Hints tell what has changed; this only spares a request for what was just looked at.
      staleTime: 10_000,
      retry: (failures, error) => !(error instanceof ApiProblem) && failures < 2,
    },
  },
});
const router = makeRouter(queries);

function leaveWhenSignedOut(error: Error): void {
  const out = error instanceof ApiProblem && error.status === 401;
  const { pathname, href } = router.state.location;
  if (!out || pathname.startsWith(paths.signIn) || pathname === paths.firstRun) return;
  queries.removeQueries({ queryKey: ['session'] });
  void router.navigate({ to: paths.signIn, search: { to: href } as never });
}

watchParts();
const place = document.getElementById('root');
if (place === null) throw new Error('The page has no place for the application.');
await startI18n().catch((error: unknown) => {
  sayNotStarted(place);
  throw error;
});
// What was pushed is opened by a click on its notification, in the tab that is there.
navigator.serviceWorker?.addEventListener('message', ({ data }) => {
  const { open } = (data ?? {}) as { open?: unknown };
  if (typeof open === 'string' && open.startsWith('/')) void router.navigate({ to: open });
});
createRoot(place).render(
  <DirectionProvider>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={resolveVariables}
      defaultColorScheme="auto"
    >
      <QueryClientProvider client={queries}>
        <Toasts />
        <RouterProvider router={router} />
        <Tips />
      </QueryClientProvider>
    </MantineProvider>
  </DirectionProvider>,
);
