// Sets up the three programs as their admins would: RapidPro's tickets come to Usher, and its agents answer in Rocket.Chat.
import type { Organisation } from '../../rapidpro/make-organisation.ts';
import type { RocketChat } from '../../rocketchat/start-rocketchat.ts';
import type { Call } from '../company/call.ts';

interface Made {
  id: string;
  urls: { baseUrl: string; webhook: string };
  shownOnce: Record<string, string>;
}

const PATIENCE_MS = 15_000;

export async function connectDesk(args: {
  call: Call;
  organisation: Organisation;
  rocketchat: RocketChat;
  agents: number;
  capacity: number;
}): Promise<void> {
  const { call, organisation, rocketchat } = args;
  await connectTickets(call, organisation);
  await connectRocketChat(call, rocketchat);
  await callAgents(args);
}

async function connectTickets(call: Call, organisation: Organisation): Promise<void> {
  const secret = organisation.visitConnectPage();
  const { urls, shownOnce } = await call<Made>('POST', '/api/v1/channels', {
    ...{ kind: 'rapidpro', name: 'WhatsApp', secrets: { secret } },
  });
  const outcome = await organisation.connect({ baseUrl: urls.baseUrl, ...shownOnce } as never);
  if (!outcome.connected) throw new Error(`RapidPro was not connected: ${outcome.because}`);
}

/** The webhook's address, secret and switches are what Usher's set-up page says. */
async function connectRocketChat(call: Call, { url, bot, admin }: RocketChat): Promise<void> {
  const { urls, shownOnce } = await call<Made>('POST', '/api/v1/channels', {
    kind: 'rocketchat',
    name: 'Rocket.Chat',
    // The server's limiter is off, as its admin has to do for a desk as busy as this.
    config: { baseUrl: url, userId: bot.userId, callsPerMinute: 10_000 },
    secrets: { authToken: bot.authToken },
  });
  const answer = await fetch(new URL('/api/v1/omnichannel/integrations', url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-user-id': admin.userId,
      'x-auth-token': admin.authToken,
    },
    body: JSON.stringify({
      LivechatWebhookUrl: urls.webhook,
      LivechatSecretToken: shownOnce.secretToken,
      LivechatWebhookOnStart: true,
      LivechatWebhookOnClose: true,
      LivechatWebhookOnChatTaken: true,
      LivechatWebhookOnChatQueued: true,
      LivechatWebhookOnForward: true,
      LivechatWebhookOnAgentMessage: true,
    }),
  });
  if (!answer.ok) throw new Error(`Rocket.Chat took no webhook: ${await answer.text()}`);
}

/** Waits until Usher has learnt of them, and says how many conversations each may have. */
async function callAgents(args: { call: Call; agents: number; capacity: number }): Promise<void> {
  const { call, agents, capacity } = args;
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const { items } = await call<{ items: { id: string; name: string; availability: string }[] }>(
      'GET',
      '/api/v1/agents?limit=200',
    );
    const known = items.filter(({ name }) => name.startsWith('Agent '));
    if (known.length >= agents) {
      for (const { id } of known) await call('PATCH', `/api/v1/agents/${id}`, { capacity });
      return;
    }
    if (Date.now() > end) throw new Error(`Usher knows ${known.length} of ${agents} agents.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
