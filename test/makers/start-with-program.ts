// An Usher with an API channel, the token of its program, and an agent who answers.
import type { Conversation } from '../../src/contract/conversation.ts';
import type { Update } from '../../src/contract/updates.ts';
import { eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface Page {
  after: string;
  items: Update[];
}

export type ProgramWorld = Awaited<ReturnType<typeof startWithProgram>>;

export async function startWithProgram(environment: Record<string, string> = {}) {
  const usher = await startTestUsher(environment);
  const { call } = usher;
  const make = async (path: string, body: object) =>
    (await call('POST', `/api/v1/${path}`, { body })).body as { id: string; token: string };
  const { id: channelId } = await make('channels', { kind: 'api', name: 'Our shop' });
  const makeProgram = () =>
    make('tokens', { name: 'Shop', role: 'agent', scopes: [`channel:${channelId}`] });
  const { token, id: tokenId } = await makeProgram();
  const agent = await make('agents', { name: 'Ben', availability: 'online', capacity: 100 });
  const { token: agentToken } = await make('tokens', {
    ...{ name: 'Ben', role: 'agent', agentId: agent.id },
  });
  const at = (end: string) => `/api/v1/channels/${channelId}/${end}`;
  const post = (end: string, body: object, by = token) =>
    call('POST', at(end), { body, token: by });
  return {
    usher,
    channelId,
    token,
    tokenId,
    agentId: agent.id,
    agentToken,
    makeProgram,
    at,
    post,
    /** Answers the conversation's id. */
    open: async (externalId = 'case-1', contact: object = { externalId: 'customer-1' }) =>
      ((await post('conversations', { externalId, contact })).body as { id: string }).id,
    say: (conversation: string, externalId: string, text = externalId) =>
      post('messages', { conversation, externalId, text }),
    /** What the agent does with a conversation. */
    act: (conversationId: string, verb: string, body: object = {}) =>
      call('POST', `/api/v1/conversations/${conversationId}/${verb}`, { body, token: agentToken }),
    held: (conversationId: string) => isHeld(usher, conversationId, agent.id),
    updates: (query = '', by = token) => call('GET', at(`updates${query}`), { token: by }),
    read: async (after: string, query = '') => {
      const { status, body, text } = await call('GET', at(`updates?after=${after}${query}`), {
        token,
      });
      if (status !== 200) throw new Error(`${status} ${text}`);
      return body as Page;
    },
  };
}

async function isHeld(usher: TestUsher, conversationId: string, agentId: string): Promise<void> {
  const look = async () =>
    (await usher.call('GET', `/api/v1/conversations/${conversationId}`)).body as Conversation;
  await eventually(look, (one) => one.agentId === agentId);
}

/** In a few words: what each tells, and in which conversation. */
export function summarise(items: readonly Update[]): string[] {
  return items.map((one) => {
    const what = {
      message: () => one.type === 'message' && `${one.message.authorKind}: ${one.message.text}`,
      assigned: () => one.type === 'assigned' && one.agent.name,
      closed: () => one.type === 'closed' && one.reason,
      typing: () => one.type === 'typing' && one.typing,
      read: () => one.type === 'read' && one.seq,
      queued: () => '',
      place: () => one.type === 'place' && one.place.position,
      presence: () => one.type === 'presence' && one.presence,
    }[one.type]();
    const whose = one.type === 'presence' ? '' : `${one.conversation} `;
    return `${whose}${one.type} ${what}`.trim();
  });
}
