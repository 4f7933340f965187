// What can be done with a conversation: how the server is asked, and how it will look when it agrees.
import { ask, client } from '../../api/client.ts';
import type { CloseBody, Conversation } from '../../api/shapes.ts';

const at = (id: string) => ({ params: { path: { id } } });

export type Verb =
  | { name: 'assign'; agentId: string; force?: boolean }
  | { name: 'transfer'; agentId: string; force?: boolean }
  | { name: 'takeOver'; agentId: string }
  | { name: 'accept' }
  | { name: 'decline' }
  | { name: 'transferToTeam'; teamId: string }
  | { name: 'askSkills'; skillIds: string[] }
  | { name: 'requeue'; skillIds?: string[] | undefined }
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
    case 'takeOver':
      return ask(client.POST('/api/v1/conversations/{id}/take-over', { ...at(id), body: {} }));
    case 'accept':
      return ask(client.POST('/api/v1/conversations/{id}/accept', at(id)));
    case 'decline':
      return ask(client.POST('/api/v1/conversations/{id}/decline', { ...at(id), body: {} }));
    case 'transferToTeam': {
      const body = { teamId: verb.teamId };
      return ask(client.POST('/api/v1/conversations/{id}/transfer', { ...at(id), body }));
    }
    case 'askSkills': {
      const body = { skillIds: verb.skillIds };
      return ask(client.POST('/api/v1/conversations/{id}/transfer', { ...at(id), body }));
    }
    case 'requeue': {
      const { skillIds } = verb;
      const body = skillIds === undefined ? {} : { skillIds };
      return ask(client.POST('/api/v1/conversations/{id}/requeue', { ...at(id), body }));
    }
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
    case 'takeOver':
      return { ...conversation, state: 'assigned', agentId: verb.agentId, assignedAt: now };
    case 'accept':
      return { ...conversation, confirmedAt: now, offeredUntil: null };
    case 'transferToTeam':
      return {
        ...conversation,
        state: 'waiting',
        agentId: null,
        agentName: null,
        teamId: verb.teamId,
      };
    case 'askSkills': {
      const { skillIds } = verb;
      return { ...conversation, state: 'waiting', agentId: null, agentName: null, skillIds };
    }
    case 'requeue': {
      const { skillIds = conversation.skillIds } = verb;
      return { ...conversation, state: 'waiting', agentId: null, agentName: null, skillIds };
    }
    case 'decline':
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
