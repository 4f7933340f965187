// Two workspaces of one Usher: the default one full of things, and another one whose admin wants to see them.
import { v7 as uuid } from 'uuid';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { type Browser, openBrowser } from './browse.ts';
import { makeChannel, makeConversation } from './make-conversation.ts';
import { eventually, startTestUsher, type TestUsher } from './start-test-usher.ts';

export const OPERATOR = 'operator-token-of-the-tests-0123456789';
export const PASSWORD = 'correct horse battery';
/** In the name of all that the default workspace has, so that it is seen wherever it shows. */
export const MARK = 'onlydefault';

export async function startWithOperator(
  environment: Record<string, string> = {},
): Promise<TestUsher> {
  return startTestUsher({ USHER_OPERATOR_TOKEN: OPERATOR, ...environment });
}

export interface Other {
  workspaceId: string;
  slug: string;
  /** Its admin, signed in. */
  admin: Browser;
  /** An API token of that admin's. */
  token: string;
}

/** Made by the operator; its admin has accepted the invitation. */
export async function makeWorkspace(
  usher: TestUsher,
  { name, email }: { name: string; email: string },
): Promise<Other> {
  const body = { name, admin: { email, name: 'Bea' } };
  const made = await usher.call('POST', '/api/v1/operator/workspaces', { body, token: OPERATOR });
  if (made.status !== 201) throw new Error(made.text);
  const { workspace, inviteUrl } = made.body as {
    workspace: { id: string; slug: string };
    inviteUrl: string;
  };
  const admin = openBrowser(usher);
  const code = inviteUrl.split('/').at(-1);
  const entered = await admin.send('POST', `/api/v1/invites/${code}`, {
    body: { password: PASSWORD },
  });
  if (entered.status !== 200) throw new Error(entered.text);
  const wanted = { name: 'program', role: 'admin' };
  const { body: token } = await admin.send<{ token: string }>('POST', '/api/v1/tokens', {
    body: wanted,
  });
  return { workspaceId: workspace.id, slug: workspace.slug, admin, token: token.token };
}

async function makeAutomatic(make: (path: string, body: object) => Promise<string>) {
  const named = { name: `${MARK} thing`, actions: [{ do: 'note', text: MARK }] };
  const automation = await make('/api/v1/automations', { ...named, on: ['conversation.closed'] });
  return { automation, macro: await make('/api/v1/macros', named) };
}

/** As its user would, who has not signed in. */
async function keepView(
  usher: TestUsher,
  { userId, teamId, name }: { userId: string; teamId: string; name: string },
): Promise<string> {
  const id = uuid();
  await usher.database.pool.query(
    `insert into saved_view (workspace_id, saved_view_id, user_id, team_id, name, view, filters)
    values ($1, $2, $3, $4, $5, 'all', '{}')`,
    [DEFAULT_WORKSPACE, id, userId, teamId, name],
  );
  return id;
}

/** One of everything in the default workspace; answers the ids. */
export async function fillDefault(usher: TestUsher) {
  const post = async (path: string, body: object): Promise<Record<string, string>> => {
    const answer = await usher.call('POST', path, { body });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${answer.text}`);
    return answer.body as Record<string, string>;
  };
  const id = async (path: string, body: object): Promise<string> =>
    (await post(path, body)).id as string;
  const name = `${MARK} thing`;
  const agent = await id('/api/v1/agents', { name, availability: 'online', capacity: 5 });
  const team = await id('/api/v1/teams', { name });
  const skill = await id('/api/v1/skills', { name });
  const webchat = await id('/api/v1/channels', { kind: 'webchat', name });
  const events = ['conversation.opened', 'send_external_message'];
  const url = `https://${MARK}.example.com/hook`;
  const endpoint = await id('/api/v1/endpoints', { url, secret: 'topsecret', events });
  const canned = await id('/api/v1/canned-replies', { shortcut: MARK, text: name });
  const automatic = await makeAutomatic(id);
  const tag = await id('/api/v1/tags', { name, colour: '#112233' });
  const status = await id('/api/v1/statuses', { name });
  const token = await id('/api/v1/tokens', { name, role: 'agent', agentId: agent });
  const email = `${MARK}@example.com`;
  const { user } = (await post('/api/v1/users', { name, email, role: 'agent' })) as unknown as {
    user: { id: string };
  };
  const place = { desk: usher.desk, workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const conversation = await makeConversation(place, channel, {});
  await eventually(
    async () => (await usher.call('GET', `/api/v1/conversations/${conversation}`)).body,
    (one) => (one as { state: string }).state === 'assigned',
  );
  const message = await id(`/api/v1/conversations/${conversation}/messages`, { text: name });
  const { contact } = (await usher.call('GET', `/api/v1/conversations/${conversation}`))
    .body as unknown as { contact: { id: string } };
  const { rows } = await usher.database.pool.query<{ id: string }>(
    'select delivery_id::text as id from delivery order by delivery_id limit 1',
  );
  const savedView = await keepView(usher, { userId: user.id, teamId: team, name });
  const simulation = await id('/api/v1/simulations', { scenario: {} });
  return {
    ...{ agent, team, skill, endpoint, canned, tag, status, token, conversation, message },
    ...automatic,
    simulation,
    savedView,
    channel: webchat,
    user: user.id,
    contact: contact.id,
    delivery: rows[0]?.id ?? '1',
    unknown: uuid(),
  };
}

export type Ids = Awaited<ReturnType<typeof fillDefault>>;
