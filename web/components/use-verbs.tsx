// What can be done with a conversation: shown at once, put back when refused, undone where that is possible.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem, ask, client } from '../api/client.ts';
import { agentsQuery, conversationQuery } from '../api/queries.ts';
import type { Agent, CloseBody, Conversation } from '../api/shapes.ts';
import { makeFormat } from '../i18n/use-format.ts';
import { placeInLists } from '../live/apply-hints.ts';
import { problemText } from './problem-text.ts';
import { useSession } from './use-session.ts';

const UNDO_MS = 30_000;
const at = (id: string) => ({ params: { path: { id } } });

export type Verb =
  | { name: 'assign'; agentId: string; force?: boolean }
  | { name: 'transfer'; agentId: string; force?: boolean }
  | { name: 'transferToTeam'; teamId: string }
  | { name: 'requeue' }
  | { name: 'close'; body: CloseBody }
  | { name: 'reopen' }
  | { name: 'tags'; tags: string[] }
  | { name: 'priority'; priority: Conversation['priority'] };

function send(id: string, verb: Verb): Promise<unknown> {
  switch (verb.name) {
    case 'assign': {
      const body = { agentId: verb.agentId, ...(verb.force ? { force: true } : {}) };
      return ask(client.POST('/api/v1/conversations/{id}/assign', { ...at(id), body }));
    }
    case 'transfer': {
      const body = { agentId: verb.agentId, ...(verb.force ? { force: true } : {}) };
      return ask(client.POST('/api/v1/conversations/{id}/transfer', { ...at(id), body }));
    }
    case 'transferToTeam': {
      const body = { teamId: verb.teamId };
      return ask(client.POST('/api/v1/conversations/{id}/transfer', { ...at(id), body }));
    }
    case 'requeue':
      return ask(client.POST('/api/v1/conversations/{id}/requeue', { ...at(id), body: {} }));
    case 'close':
      return ask(client.POST('/api/v1/conversations/{id}/close', { ...at(id), body: verb.body }));
    case 'reopen':
      return ask(client.POST('/api/v1/conversations/{id}/reopen', at(id)));
    case 'tags':
      return ask(
        client.PATCH('/api/v1/conversations/{id}', { ...at(id), body: { tags: verb.tags } }),
      );
    case 'priority':
      return ask(
        client.PATCH('/api/v1/conversations/{id}', {
          ...at(id),
          body: { priority: verb.priority },
        }),
      );
  }
}

/** How it will look when the server agrees. */
export function foresee(conversation: Conversation, verb: Verb, now: string): Conversation {
  switch (verb.name) {
    case 'assign':
    case 'transfer':
      return { ...conversation, state: 'assigned', agentId: verb.agentId, assignedAt: now };
    case 'transferToTeam':
      return {
        ...conversation,
        state: 'waiting',
        agentId: null,
        agentName: null,
        teamId: verb.teamId,
      };
    case 'requeue':
      return { ...conversation, state: 'waiting', agentId: null, agentName: null };
    case 'close':
      return {
        ...conversation,
        state: 'closed',
        closedAt: now,
        tags: verb.body.tags ?? conversation.tags,
      };
    case 'reopen':
      return {
        ...conversation,
        state: conversation.agentId === null ? 'waiting' : 'assigned',
        closedAt: null,
      };
    case 'tags':
      return { ...conversation, tags: verb.tags };
    case 'priority':
      return { ...conversation, priority: verb.priority };
  }
}

export function useVerbs(conversation: Conversation) {
  const { id } = conversation;
  const queries = useQueryClient();
  const { user } = useSession();
  const { t, i18n } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const show = (shown: Conversation) => {
    queries.setQueryData(conversationQuery(id).queryKey, shown);
    placeInLists(queries, shown, meOf(user.agentId, agents));
  };
  const mutation = useMutation({
    mutationFn: (verb: Verb) => send(id, verb),
    onMutate: (verb) => {
      const before = queries.getQueryData(conversationQuery(id).queryKey) ?? conversation;
      const seen = foresee(before, verb, new Date().toISOString());
      const agentName = agents?.find((agent) => agent.id === seen.agentId)?.name ?? seen.agentName;
      show({ ...seen, agentName });
      return { before };
    },
    onError: async (error, verb, context) => {
      if (context !== undefined) show(context.before);
      if (error instanceof ApiProblem && error.code === 'agent.at-capacity' && 'agentId' in verb)
        return;
      const language = i18n.language;
      const message =
        (await explainConflict(queries, { id, error, language })) ?? problemText(error);
      notifications.show({ message, color: 'red', autoClose: 8000 });
    },
    onSuccess: (_answer, verb) => {
      if (verb.name === 'close' && conversation.channelKind === 'webchat')
        offerUndo(t('close.done'), t('common.undo'), () => mutation.mutate({ name: 'reopen' }));
    },
    onSettled: async () => {
      const fresh = await queries
        .fetchQuery({ ...conversationQuery(id), staleTime: 0 })
        .catch(() => null);
      if (fresh !== null) placeInLists(queries, fresh, meOf(user.agentId, agents));
      for (const key of ['counts', 'queue', 'agents'])
        void queries.invalidateQueries({ queryKey: [key] });
      for (const key of ['decisions', 'events'])
        void queries.invalidateQueries({ queryKey: [key, id] });
    },
  });
  const take = () =>
    user.agentId !== null && mutation.mutate({ name: 'assign', agentId: user.agentId });
  return { run: mutation.mutateAsync, start: mutation.mutate, take, busy: mutation.isPending };
}

function meOf(agentId: string | null, agents: readonly Agent[] | undefined) {
  return { agentId, teamIds: agents?.find(({ id }) => id === agentId)?.teamIds ?? [] };
}

/** "Ana took this 2 s ago" says more than "already assigned". */
async function explainConflict(
  queries: QueryClient,
  { id, error, language }: { id: string; error: Error; language: string },
): Promise<string | null> {
  if (!(error instanceof ApiProblem) || error.code !== 'conversation.already-assigned') return null;
  const now = await queries
    .fetchQuery({ ...conversationQuery(id), staleTime: 0 })
    .catch(() => null);
  if (now?.agentName == null || now.assignedAt === null) return null;
  const { default: i18next } = await import('i18next');
  const seconds = Math.max(0, (Date.now() - Date.parse(now.assignedAt)) / 1000);
  const time = makeFormat(language).span(seconds);
  return i18next.t('problem.taken', { name: now.agentName, time });
}

function offerUndo(text: string, label: string, undo: () => void): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{text}</Text>
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => {
            notifications.hide(id);
            undo();
          }}
        >
          {label}
        </Button>
      </Group>
    ),
  });
}
