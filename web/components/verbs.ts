// What can be done with a conversation: how the server is asked, and how it will look when it agrees.
import { ask, client } from '../api/client.ts';
import type { CloseBody, Conversation } from '../api/shapes.ts';

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

export function sendVerb(id: string, verb: Verb): Promise<unknown> {
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
