// Lists every page of the back office and its address.
import type { QueryClient } from '@tanstack/react-query';
import {
  createRootRouteWithContext,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { ApiProblem } from './api/client.ts';
import {
  agentsQuery,
  conversationsQuery,
  countsQuery,
  sessionQuery,
  signInQuery,
} from './api/queries.ts';
import { readSearch, toFilter } from './components/inbox/inbox-filter.ts';
import { AppShell } from './components/shell/app-shell.tsx';
import { Broken, NotFound } from './components/shell/broken.tsx';
import { settingsActions } from './components/shell/settings-access.ts';
import { withWords } from './i18n/start-i18n.ts';
import ConversationPage from './pages/conversation.tsx';
import InboxPage from './pages/inbox.tsx';
import NoConversationPage from './pages/no-conversation.tsx';
import SignInPage from './pages/sign-in.tsx';
import {
  type InboxView,
  inboxViews,
  paths,
  type RoutingSection,
  routingSections,
  type SettingsPage,
  settingsPages,
} from './paths.ts';

const root = createRootRouteWithContext<{ queries: QueryClient }>()({ component: Outlet });

const signedOut = (path: string, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => root, path, component: lazyRouteComponent(load) });

const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: AppShell,
  beforeLoad: async ({ context: { queries }, location }) => {
    try {
      await queries.ensureQueryData(sessionQuery);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 401) throw error;
      const search = location.href === '/' ? {} : { to: location.href };
      if (error.code.startsWith('second-factor.')) {
        throw redirect({ to: paths.secondFactor, search: search as never });
      }
      const { firstRun } = await queries.ensureQueryData(signInQuery);
      if (firstRun) throw redirect({ to: paths.firstRun });
      throw redirect({ to: paths.signIn, search: search as never });
    }
  },
});
const page = (path: string, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => shell, path, component: lazyRouteComponent(load) });

const contacts = () => withWords(import('./pages/contacts.tsx'), 'contacts');

const inbox = createRoute({
  getParentRoute: () => shell,
  path: '/inbox/$view',
  validateSearch: readSearch,
  component: InboxPage,
  beforeLoad: ({ params, search, context: { queries } }) => {
    if (!isView(params.view)) throw redirect({ to: paths.inbox('mine') });
    // Asked for while the page is still being put together.
    void queries.prefetchInfiniteQuery(conversationsQuery(toFilter(params.view, search)));
    void queries.prefetchQuery(countsQuery);
    void queries.prefetchQuery(agentsQuery);
  },
});

const isView = (name: string): name is InboxView =>
  (inboxViews as readonly string[]).includes(name);

const settings = createRoute({
  getParentRoute: () => shell,
  path: '/settings',
  component: lazyRouteComponent(() => withWords(import('./pages/settings/layout.tsx'), 'settings')),
});
const settingsLoads: Record<
  Exclude<SettingsPage, 'routing'>,
  () => Promise<{ default: () => React.ReactNode }>
> = {
  people: () => import('./pages/settings/people.tsx'),
  teams: () => import('./pages/settings/teams.tsx'),
  channels: () => import('./pages/settings/channels.tsx'),
  widget: () => import('./pages/settings/widget.tsx'),
  integration: () => withWords(import('./pages/settings/integration.tsx'), 'assistance', 'inbox'),
  automations: () => withWords(import('./pages/settings/automations.tsx'), 'routing'),
  macros: () => withWords(import('./pages/settings/macros.tsx'), 'routing'),
  replies: () => import('./pages/settings/replies.tsx'),
  tags: () => import('./pages/settings/tags.tsx'),
  statuses: () => import('./pages/settings/statuses.tsx'),
  'close-form': () => import('./pages/settings/close-form.tsx'),
  security: () => import('./pages/settings/security.tsx'),
  health: () => import('./pages/settings/health.tsx'),
  alarms: () => import('./pages/settings/alarms.tsx'),
  tokens: () => import('./pages/settings/tokens.tsx'),
  audit: () => import('./pages/settings/audit.tsx'),
  data: () => import('./pages/settings/data.tsx'),
};
const mayOpen =
  (name: SettingsPage) =>
  async ({ context: { queries } }: { context: { queries: QueryClient } }) => {
    const { can } = await queries.ensureQueryData(sessionQuery);
    if (!(can as string[]).includes(settingsActions[name])) throw redirect({ to: '/settings' });
  };
const settingsPage = (
  path: string,
  name: SettingsPage,
  load: () => Promise<{ default: () => React.ReactNode }>,
) =>
  createRoute({
    getParentRoute: () => settings,
    path,
    component: lazyRouteComponent(load),
    beforeLoad: mayOpen(name),
  });

const routing = settingsPage('routing', 'routing', () =>
  withWords(import('./pages/settings/routing.tsx'), 'routing'),
);
const routingLoads: Record<RoutingSection, () => Promise<{ default: () => React.ReactNode }>> = {
  rules: () => import('./pages/settings/routing/rules.tsx'),
  plans: () => import('./pages/settings/routing/plans.tsx'),
  calendars: () => import('./pages/settings/routing/calendars.tsx'),
  defaults: () => import('./pages/settings/routing/defaults.tsx'),
  versions: () => import('./pages/settings/routing/versions.tsx'),
};

const tree = root.addChildren([
  createRoute({ getParentRoute: () => root, path: paths.signIn, component: SignInPage }),
  signedOut(paths.forgot, () => withWords(import('./pages/forgot.tsx'), 'settings')),
  signedOut(paths.secondFactor, () => withWords(import('./pages/second-factor.tsx'), 'settings')),
  signedOut(paths.firstRun, () => withWords(import('./pages/first-run.tsx'), 'settings')),
  signedOut('/invite/$code', () => import('./pages/invite.tsx')),
  shell.addChildren([
    createRoute({
      getParentRoute: () => shell,
      path: paths.home,
      beforeLoad: () => {
        throw redirect({ to: paths.inbox('mine') });
      },
    }),
    page(paths.welcome, () => withWords(import('./pages/welcome.tsx'), 'settings')),
    page(paths.tryOut, () => withWords(import('./pages/try.tsx'), 'settings')),
    inbox.addChildren([
      createRoute({ getParentRoute: () => inbox, path: '/', component: NoConversationPage }),
      createRoute({
        getParentRoute: () => inbox,
        path: '$conversationId',
        // The agent about whom the panel answers why it is not with them.
        validateSearch: ({ whyNot }: Record<string, unknown>): { whyNot?: string } =>
          typeof whyNot === 'string' ? { whyNot } : {},
        component: ConversationPage,
      }),
    ]),
    page(paths.mentions, () => withWords(import('./pages/mentions.tsx'), 'inbox')),
    page(paths.live, () => withWords(import('./pages/live.tsx'), 'balance', 'together', 'inbox')),
    page(paths.balance, () =>
      withWords(import('./pages/balance.tsx'), 'balance', 'whyNot', 'routing'),
    ),
    page(paths.reports, () => withWords(import('./pages/reports.tsx'), 'balance', 'reports')),
    page(paths.lab, () => withWords(import('./pages/lab.tsx'), 'lab')),
    page(paths.labReplay, () =>
      withWords(import('./pages/lab-replay.tsx'), 'lab', 'reports', 'routing'),
    ),
    page(paths.contacts, contacts),
    page('/contacts/$contactId', contacts),
    page(paths.day, () => withWords(import('./pages/day.tsx'), 'reports')),
    page(paths.profile, () => withWords(import('./pages/profile.tsx'), 'settings', 'reports')),
    settings.addChildren([
      createRoute({
        getParentRoute: () => settings,
        path: '/',
        component: lazyRouteComponent(() => import('./pages/settings/first.tsx')),
      }),
      routing.addChildren([
        createRoute({
          getParentRoute: () => routing,
          path: '/',
          beforeLoad: () => {
            throw redirect({ to: paths.routing('rules') });
          },
        }),
        ...routingSections.map((section) =>
          createRoute({
            getParentRoute: () => routing,
            path: section,
            component: lazyRouteComponent(routingLoads[section]),
          }),
        ),
      ]),
      ...settingsPages.flatMap((name) =>
        name === 'routing' ? [] : [settingsPage(name, name, settingsLoads[name])],
      ),
      settingsPage('channels/$id', 'channels', () =>
        withWords(import('./pages/settings/channel.tsx'), 'inbox'),
      ),
      settingsPage('integration/$id', 'integration', () =>
        withWords(import('./pages/settings/endpoint.tsx'), 'inbox'),
      ),
    ]),
  ]),
]);

export function makeRouter(queries: QueryClient) {
  return createRouter({
    routeTree: tree,
    context: { queries },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: Broken,
    defaultNotFoundComponent: NotFound,
    defaultPendingMs: 400,
  });
}
