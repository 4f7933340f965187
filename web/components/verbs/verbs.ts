// What can be done with a conversation: how the server is asked, and how it will look when it agrees.
import { ask, client } from '../../api/client.ts';
import type { CloseBody, Conversation } from '../../api/shapes.ts';

const at = (id: string) => ({ params: { path: { id } } });

export type Verb =
  | { name: 'assign'; agentId: string; force?: boolean }
  | { name: 'transfer'; agentId: string; force?: boolean; note?: string }
  | { name: 'transferToPlan'; plan: string; note?: string }
  | { name: 'return'; toAgentId: string; force?: boolean; note?: string }
  | { name: 'consult'; agentIds: string[]; note?: string }
  | { name: 'endConsult'; agentId: string }
  | { name: 'whisper'; text: string }
  | { name: 'takeOver'; agentId: string }
  | { name: 'transferToTeam'; teamId: string; note?: string }
  | { name: 'askSkills'; skillIds: string[]; note?: string }
  | { name: 'requeue'; skillIds?: string[] | undefined }
  | { name: 'park'; until: string | null }
  | { name: 'unpark' }
  | { name: 'close'; body: CloseBody }
  | { name: 'reopen' }
  | { name: 'macro'; macroId: string }
  | { name: 'tags'; tags: string[] }
  | { name: 'priority'; priority: Conversation['priority'] };

export function sendVerb(id: string, verb: Verb): Promise<unknown> {
  switch (verb.name) {
    case 'assign': {
      const body = { agentId: verb.agentId, ...(verb.force ? { force: true } : {}) };
      return ask(client.POST('/api/v1/conversations/{id}/assign', { ...at(id), body }));
    }
    case 'transfer':
    case 'transferToPlan':
    case 'transferToTeam':
    case 'askSkills': {
      const { name: _, ...body } = verb;
      return ask(client.POST('/api/v1/conversations/{id}/transfer', { ...at(id), body }));
    }
    case 'return': {
      const { name: _, toAgentId: __, ...body } = verb;
      return ask(client.POST('/api/v1/conversations/{id}/return', { ...at(id), body }));
    }
    case 'consult': {
      const { name: _, ...body } = verb;
      return ask(client.POST('/api/v1/conversations/{id}/consult', { ...at(id), body }));
    }
    case 'endConsult': {
      const body = { agentId: verb.agentId };
      return ask(client.POST('/api/v1/conversations/{id}/end-consult', { ...at(id), body }));
    }
    case 'whisper': {
      const body = { text: verb.text };
      return ask(client.POST('/api/v1/conversations/{id}/whisper', { ...at(id), body }));
    }
    case 'takeOver':
      return ask(client.POST('/api/v1/conversations/{id}/take-over', { ...at(id), body: {} }));
    case 'requeue': {
      const { skillIds } = verb;
      const body = skillIds === undefined ? {} : { skillIds };
      return ask(client.POST('/api/v1/conversations/{id}/requeue', { ...at(id), body }));
    }
    case 'park':
      return ask(
        client.POST('/api/v1/conversations/{id}/park', { ...at(id), body: { until: verb.until } }),
      );
    case 'unpark':
      return ask(client.POST('/api/v1/conversations/{id}/unpark', at(id)));
    case 'close':
      return ask(client.POST('/api/v1/conversations/{id}/close', { ...at(id), body: verb.body }));
    case 'reopen':
      return ask(client.POST('/api/v1/conversations/{id}/reopen', at(id)));
    case 'macro': {
      const params = { path: { id, macroId: verb.macroId } };
      return ask(client.POST('/api/v1/conversations/{id}/macros/{macroId}', { params }));
    }
    case 'tags':
    case 'priority': {
      const { name: _, ...body } = verb;
      return ask(client.PATCH('/api/v1/conversations/{id}', { ...at(id), body }));
    }
  }
}

/** Nobody has it any more. */
const back = { state: 'waiting', agentId: null, agentName: null, parked: null } as const;

/** How it will look when the server agrees. */
export function foresee(conversation: Conversation, verb: Verb, now: string): Conversation {
  const given = { state: 'assigned', assignedAt: now, parked: null } as const;
  switch (verb.name) {
    case 'assign':
    case 'transfer':
    case 'takeOver':
      return { ...conversation, ...given, agentId: verb.agentId };
    case 'return':
      return { ...conversation, ...given, agentId: verb.toAgentId };
    case 'transferToPlan':
      return { ...conversation, ...back, plan: verb.plan, step: null };
    case 'endConsult': {
      const consulted = conversation.consulted.filter(({ agentId }) => agentId !== verb.agentId);
      return { ...conversation, consulted };
    }
    case 'consult':
    case 'whisper':
    case 'macro':
      return conversation;
    case 'transferToTeam':
      return { ...conversation, ...back, teamId: verb.teamId };
    case 'askSkills':
    case 'requeue':
      return { ...conversation, ...back, skillIds: verb.skillIds ?? conversation.skillIds };
    case 'park': {
      const parked = { since: now, until: verb.until, by: '' };
      return { ...conversation, state: 'parked', parked };
    }
    case 'unpark':
      return { ...conversation, ...given };
    case 'close': {
      const tags = verb.body.tags ?? conversation.tags;
      return { ...conversation, state: 'closed', closedAt: now, parked: null, tags };
    }
    case 'reopen': {
      const state = conversation.agentId === null ? 'waiting' : 'assigned';
      return { ...conversation, state, closedAt: null };
    }
    case 'tags':
      return { ...conversation, tags: verb.tags };
    case 'priority':
      return { ...conversation, priority: verb.priority };
  }
}
