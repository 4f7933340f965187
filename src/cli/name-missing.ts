// Says which id was not found, and how to list the right ones.
import { UUID_OF_OTHERS } from '../contract/uuid.ts';
import { spellCommand } from '../program/usher-command.ts';

const lists: Record<string, string> = {
  agent: 'agents',
  channel: 'channels',
  contact: 'contacts',
  conversation: 'conversations',
  delivery: 'deliveries <endpoint>',
  endpoint: 'endpoints',
  token: 'token',
};
const plurals: Record<string, string> = {
  agents: 'agent',
  channels: 'channel',
  contacts: 'contact',
  conversations: 'conversation',
  deliveries: 'delivery',
  endpoints: 'endpoint',
  tokens: 'token',
};

/** null when the refusal has another reason. */
export function nameMissing(refused: {
  path: string;
  body?: object | undefined;
  status: number;
  code?: string | undefined;
}): string | null {
  const { path, body, status, code = '' } = refused;
  const [, plural = '', written = ''] = /\/api\/v1\/([a-z]+)\/([^/?]+)/.exec(path) ?? [];
  const owner = plurals[plural];
  const id = decodeURIComponent(written);
  const [, missing] = /^([a-z]+)\.not-found$/.exec(code) ?? [];
  if (owner !== undefined && status === 400 && !UUID_OF_OTHERS.test(id)) return say(owner, id);
  if (status !== 404 || missing === undefined || lists[missing] === undefined) return null;
  if (missing === owner) return say(owner, id);
  const named = (body as Record<string, unknown> | undefined)?.[`${missing}Id`];
  return typeof named === 'string' ? say(missing, named) : null;
}

function say(kind: string, id: string): string {
  return `There is no ${kind} ${id}; list them with: ${spellCommand(lists[kind] ?? '')}`;
}
