// What the back office reads, each under one key: server state lives in the query cache alone.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { serverNow } from '../../browser/server-clock.ts';
import { ApiProblem, ask, client } from './client.ts';
import type {
  Agent,
  AuditFilter,
  ConversationFilter,
  FairnessQuery,
  ReportQuery,
  StatusReportQuery,
} from './shapes.ts';
import { chosenWorkspace, keepWorkspace } from './workspace.ts';

const path = (id: string) => ({ params: { path: { id } } });

export const signInQuery = queryOptions({
  queryKey: ['sign-in'],
  queryFn: async () => {
    const workspace = chosenWorkspace();
    const byDefault = () => ask(client.GET('/api/v1/sign-in'));
    if (workspace === undefined) return { ...(await byDefault()), workspace };
    try {
      const query = { workspace };
      return { ...(await ask(client.GET('/api/v1/sign-in', { params: { query } }))), workspace };
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.status !== 404) throw error;
      // Renamed or removed since: whoever comes without its address is not locked out.
      keepWorkspace(null);
      return { ...(await byDefault()), workspace: undefined };
    }
  },
});
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => ask(client.GET('/api/v1/session')),
  staleTime: 5 * 60_000,
  retry: false,
});
export const secondFactorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => ask(client.GET('/api/v1/session/second-factor')),
  retry: false,
});
export const proofQuery = queryOptions({
  queryKey: ['proof'],
  queryFn: () => ask(client.GET('/api/v1/session/proof')),
  staleTime: 0,
});
export const ownSessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: async () => (await ask(client.GET('/api/v1/sessions'))).items,
});
export const ownPushQuery = queryOptions({
  queryKey: ['push'],
  queryFn: () => ask(client.GET('/api/v1/session/push')),
});
export const userSessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['sessions', id],
    queryFn: async () => (await ask(client.GET('/api/v1/users/{id}/sessions', path(id)))).items,
  });
export const countsQuery = queryOptions({
  queryKey: ['counts'],
  queryFn: () => ask(client.GET('/api/v1/inbox/counts')),
});

/** Whether a language model may be asked. */
export const assistanceQuery = queryOptions({
  queryKey: ['assistance'],
  queryFn: () => ask(client.GET('/api/v1/assistance')),
  staleTime: 5 * 60_000,
});

/** What is offered to whoever has signed in. */
export const offersQuery = queryOptions({
  queryKey: ['offers'],
  queryFn: () => ask(client.GET('/api/v1/offers')),
});

export const noticesQuery = queryOptions({
  queryKey: ['notices'],
  queryFn: async () => (await ask(client.GET('/api/v1/notices'))).items,
  // News of it may be lost.
  refetchInterval: 60_000,
});

export const PAGE_SIZE = 100;
export const conversationsQuery = (filter: ConversationFilter) =>
  infiniteQueryOptions({
    queryKey: ['conversations', filter] as const,
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/conversations', {
          params: {
            query: {
              ...filter,
              limit: PAGE_SIZE,
              ...(pageParam === '' ? {} : { cursor: pageParam }),
            },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const conversationQuery = (id: string) =>
  queryOptions({
    queryKey: ['conversation', id],
    queryFn: () => ask(client.GET('/api/v1/conversations/{id}', path(id))),
  });
export const decisionsQuery = (id: string) =>
  queryOptions({
    queryKey: ['decisions', id],
    queryFn: () => ask(client.GET('/api/v1/conversations/{id}/decisions', path(id))),
  });
/** Below the decisions, so that it is asked anew with them. */
export const whyNotQuery = (id: string, agentId: string) =>
  queryOptions({
    queryKey: ['decisions', id, 'why-not', agentId],
    queryFn: () =>
      ask(
        client.GET('/api/v1/conversations/{id}/why-not/{agentId}', {
          params: { path: { id, agentId } },
        }),
      ),
  });
export const eventsQuery = (id: string) =>
  queryOptions({
    queryKey: ['events', id],
    queryFn: async () =>
      (await ask(client.GET('/api/v1/conversations/{id}/events', path(id)))).items,
  });

export const contactQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact', id],
    queryFn: () => ask(client.GET('/api/v1/contacts/{id}', path(id))),
  });
export const contactConversationsQuery = (id: string) =>
  queryOptions({
    queryKey: ['contact-conversations', id],
    queryFn: async () =>
      (await ask(client.GET('/api/v1/contacts/{id}/conversations', path(id)))).items,
  });
export const statisticsQuery = (id: string, window: '24h' | '7d' | 'all') =>
  queryOptions({
    queryKey: ['statistics', id, window],
    queryFn: () =>
      ask(
        client.GET('/api/v1/contacts/{id}/statistics', {
          params: { path: { id }, query: { window } },
        }),
      ),
    staleTime: 30_000,
    retry: false,
  });
export const companyInfoQuery = (id: string, subject: 'contactInfo' | 'additionalInfo') =>
  queryOptions({
    queryKey: ['statistics', id, subject],
    queryFn: () =>
      ask(
        client.GET('/api/v1/contacts/{id}/statistics', {
          params: { path: { id }, query: { subject } },
        }),
      ),
    staleTime: 30_000,
    retry: false,
  });
export const externalMessagesQuery = (id: string) =>
  queryOptions({
    queryKey: ['external-messages', id],
    queryFn: () => ask(client.GET('/api/v1/contacts/{id}/external-messages', path(id))),
    // Deliveries have no hint of their own.
    refetchInterval: ({ state }) =>
      state.data?.items.some((item) => item.state === 'sending') ? 3000 : false,
  });

const all = { params: { query: { limit: 200 } } };
export const agentsQuery = queryOptions({
  queryKey: ['agents'],
  queryFn: async () => (await ask(client.GET('/api/v1/agents', all))).items,
});
/** All of them, page by page, for figures that must be right with a thousand too. */
export const everyAgentQuery = queryOptions({
  queryKey: ['agents', 'every'],
  queryFn: async () => {
    const agents: Agent[] = [];
    let cursor: string | null = null;
    do {
      const query = { limit: 200, ...(cursor === null ? {} : { cursor }) };
      const page: { items: Agent[]; nextCursor: string | null } = await ask(
        client.GET('/api/v1/agents', { params: { query } }),
      );
      agents.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return agents;
  },
});
export const teamsQuery = queryOptions({
  queryKey: ['teams'],
  queryFn: async () => (await ask(client.GET('/api/v1/teams'))).items,
  staleTime: 60_000,
});
export const skillsQuery = queryOptions({
  queryKey: ['skills'],
  queryFn: async () => (await ask(client.GET('/api/v1/skills'))).items,
  staleTime: 60_000,
});
export const planNamesQuery = queryOptions({
  queryKey: ['plan-names'],
  queryFn: async () => (await ask(client.GET('/api/v1/plans'))).items,
  staleTime: 10_000,
});
export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: async () => (await ask(client.GET('/api/v1/users'))).items,
});
export const channelsQuery = queryOptions({
  queryKey: ['channels'],
  queryFn: async () => (await ask(client.GET('/api/v1/channels'))).items,
});
export const queueQuery = queryOptions({
  queryKey: ['queue'],
  // `at`: when it was so. An answer that does not come must not hold up the next question.
  queryFn: async () => {
    const signal = AbortSignal.timeout(10_000);
    return { ...(await ask(client.GET('/api/v1/queue', { signal }))), at: serverNow() };
  },
});
export const settingsQuery = queryOptions({
  queryKey: ['settings'],
  queryFn: () => ask(client.GET('/api/v1/settings')),
});
/** For agents too, who may not read the rest. */
export const closeFormQuery = queryOptions({
  queryKey: ['settings', 'close-form'],
  queryFn: async () => (await ask(client.GET('/api/v1/settings'))).closeForm,
  staleTime: 60_000,
});
export const endpointsQuery = queryOptions({
  queryKey: ['endpoints'],
  queryFn: async () => (await ask(client.GET('/api/v1/endpoints'))).items,
});
export const deliveryHoursQuery = (id: string, hours: number) =>
  queryOptions({
    queryKey: ['deliveries', id, 'hours', hours],
    queryFn: () =>
      ask(
        client.GET('/api/v1/endpoints/{id}/hours', { params: { path: { id }, query: { hours } } }),
      ),
    refetchInterval: 60_000,
  });
export const deliveriesQuery = (id: string, state?: 'failed' | 'pending' | 'done' | 'held') =>
  infiniteQueryOptions({
    queryKey: ['deliveries', id, state ?? 'every'],
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/endpoints/{id}/deliveries', {
          params: {
            path: { id },
            query: { state, limit: 50, ...(pageParam === '' ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: 5000,
  });
export const deliveryQuery = (id: string) =>
  queryOptions({
    queryKey: ['delivery', id],
    queryFn: () => ask(client.GET('/api/v1/deliveries/{id}', path(id))),
  });
export const cannedRepliesQuery = queryOptions({
  queryKey: ['canned-replies'],
  queryFn: async () => (await ask(client.GET('/api/v1/canned-replies'))).items,
  staleTime: 60_000,
});
export const savedViewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await ask(client.GET('/api/v1/saved-views'))).items,
  staleTime: 60_000,
});
export const macrosQuery = queryOptions({
  queryKey: ['macros'],
  queryFn: async () => (await ask(client.GET('/api/v1/macros'))).items,
  staleTime: 60_000,
});
export const tagsQuery = queryOptions({
  queryKey: ['tags'],
  queryFn: async () => (await ask(client.GET('/api/v1/tags'))).items,
  staleTime: 60_000,
});
export const statusesQuery = queryOptions({
  queryKey: ['statuses'],
  queryFn: async () => (await ask(client.GET('/api/v1/statuses'))).items,
  staleTime: 60_000,
});
export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: async () => (await ask(client.GET('/api/v1/tokens'))).items,
});
export const auditQuery = (filter: Omit<AuditFilter, 'cursor' | 'limit'>) =>
  infiniteQueryOptions({
    queryKey: ['audit', filter],
    queryFn: ({ pageParam }) =>
      ask(
        client.GET('/api/v1/audit', {
          params: {
            query: { limit: 50, ...filter, ...(pageParam === '' ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
export const statusReportQuery = (query: StatusReportQuery) =>
  queryOptions({
    queryKey: ['report', 'statuses', query],
    queryFn: () => ask(client.GET('/api/v1/reports/statuses', { params: { query } })),
  });
export const fairnessQuery = (query: FairnessQuery) =>
  queryOptions({
    queryKey: ['report', 'fairness', query],
    queryFn: () => ask(client.GET('/api/v1/reports/fairness', { params: { query } })),
  });
/** null: all teams. */
export const balanceQuery = (teamId: string | null) =>
  queryOptions({
    queryKey: ['balance', teamId],
    queryFn: () => {
      const query = teamId === null ? {} : { teamId };
      return ask(client.GET('/api/v1/balance', { params: { query } }));
    },
  });
export const reportQuery = (query: ReportQuery) =>
  queryOptions({
    queryKey: ['report', query],
    queryFn: () => ask(client.GET('/api/v1/reports', { params: { query } })),
  });
