// The routing method `External`: ten requests at once, without the room's name, and the first good answer wins.
import { request } from 'undici';
import { coded } from '../refusal.ts';
import type { ChosenAgent } from '../state.ts';
import type { World } from '../world.ts';
import { findUser } from './find.ts';
import { isOnlineAgent } from './online-agents.ts';

const REQUESTS = 10;
const TIMEOUT_MS = 20_000;

export async function askExternalQueue(
  world: World,
  wanted: { department?: string | undefined; ignoreAgentId?: string },
): Promise<ChosenAgent> {
  const answers = await Promise.all(
    Array.from({ length: REQUESTS }, () => ask(world, wanted).catch(() => null)),
  );
  const first = answers.find((answer) => answer !== null);
  if (first === undefined || first === null) {
    throw coded('no-agent-online', 'Sorry, no online agents');
  }
  return first;
}

async function ask(
  world: World,
  { department, ignoreAgentId }: { department?: string | undefined; ignoreAgentId?: string },
): Promise<ChosenAgent | null> {
  const url = new URL(world.settings.Livechat_External_Queue_URL);
  if (department !== undefined) url.searchParams.set('departmentId', department);
  if (ignoreAgentId !== undefined) url.searchParams.set('ignoreAgentId', ignoreAgentId);
  const answer = await request(url, {
    headers: {
      'User-Agent': 'RocketChat Server',
      Accept: 'application/json',
      'X-RocketChat-Secret-Token': world.settings.Livechat_External_Queue_Token,
    },
    headersTimeout: TIMEOUT_MS,
    bodyTimeout: TIMEOUT_MS,
  });
  const said = (await answer.body.json()) as { username?: unknown } | null;
  const user = typeof said?.username === 'string' ? findUser(world, said.username) : undefined;
  if (user === undefined || user.username !== said?.username) return null;
  return isOnlineAgent(world, user) ? { agentId: user._id, username: user.username } : null;
}
