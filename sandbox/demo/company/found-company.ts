// Sets the demonstration's company up through the API, as its admin would: people, teams, channels, an endpoint.
import { randomBytes } from 'node:crypto';
import type { Organisation } from '../../rapidpro/make-organisation.ts';
import type { Receiver } from '../../receiver/start-receiver.ts';
import { type Call, callAs, signIn, takeUpInvitation } from './call.ts';
import {
  COMPANY,
  cannedReplies,
  closeForm,
  colleagues,
  MAYAS_CAPACITY,
  SEATS,
  type Seat,
  seats,
  skills,
  type TeamName,
  tags,
  teams,
} from './staff.ts';
import type { WebDoor } from './web-customer.ts';

export interface Member {
  name: string;
  agentId: string;
  /** As themselves. */
  call: Call;
}

export interface Company {
  url: string;
  /** As Ana, the admin. */
  call: Call;
  /** Those whom the demonstration plays, by agent id. */
  staff: Map<string, Member>;
  seats: Record<Seat, { agentId: string; email: string; password: string; call: Call }>;
  teamIds: Map<TeamName, string>;
  doors: Record<'shop' | 'help' | 'orders', WebDoor>;
  organisation: Organisation;
}

interface Id {
  id: string;
}

export const makePassword = (): string => randomBytes(24).toString('base64url');

/** `adminPassword`: of the first admin, whom the server made when it started. */
export async function foundCompany(args: {
  url: string;
  adminPassword: string;
  organisation: Organisation;
  /** As whoever runs the installation, who alone names a workspace. */
  operator: Call;
}): Promise<Company> {
  const { url, adminPassword, organisation, operator } = args;
  const admin = { email: seats.admin.email, password: adminPassword };
  const call = callAs(url, await signIn(url, admin));
  const { workspace } = await call<{ workspace: Id }>('GET', '/api/v1/session');
  await operator('PATCH', `/api/v1/operator/workspaces/${workspace.id}`, { name: COMPANY });
  const teamIds = new Map<TeamName, string>();
  for (const name of teams) {
    teamIds.set(name, (await call<Id>('POST', '/api/v1/teams', { name })).id);
  }
  const skillIds = new Map<string, string>();
  for (const name of skills) {
    skillIds.set(name, (await call<Id>('POST', '/api/v1/skills', { name })).id);
  }
  for (const reply of cannedReplies) await call('POST', '/api/v1/canned-replies', reply);
  for (const tag of tags) await call('POST', '/api/v1/tags', tag);
  await call('PATCH', '/api/v1/settings', { closeForm });
  await call('PUT', '/api/v1/policy', {
    strategy: 'least-loaded',
    boostSeconds: { low: -600, normal: 0, high: 60, urgent: 300 },
    // When the newcomer closes the desk's window, the customers are given to others.
    whenAgentLeaves: 'requeue',
    leaveGraceSeconds: 30,
  });
  const { channels, widgetSecret } = await openChannels(call, { teamIds, organisation });
  const staff = new Map<string, Member>();
  await Promise.all(
    colleagues.map(async ({ name, teams: inTeams, skills: has, capacity, online }) => {
      const hired = await hire({ url, call, name, role: 'agent', email: emailOf(name) });
      await call('PATCH', `/api/v1/agents/${hired.agentId}`, {
        ...{ capacity, answersHere: true, availability: online ? 'online' : 'away' },
        teamIds: inTeams.map((team) => teamIds.get(team)),
        skillIds: has.map((skill) => skillIds.get(skill)),
      });
      staff.set(hired.agentId, { name, agentId: hired.agentId, call: callAs(url, hired.cookie) });
    }),
  );
  const sat = await fillSeats({
    url,
    call,
    adminPassword,
    shopId: teamIds.get('Shop') as string,
  });
  const web = (channelId: string, secret: string | null): WebDoor => ({
    ...{ url, channelId, widgetSecret: secret },
  });
  return {
    ...{ url, call, staff, seats: sat, teamIds, organisation },
    doors: {
      shop: web(channels.shop, null),
      help: web(channels.help, widgetSecret),
      orders: web(channels.orders, widgetSecret),
    },
  };
}

async function openChannels(
  call: Call,
  { teamIds, organisation }: { teamIds: Map<TeamName, string>; organisation: Organisation },
) {
  const { items } = await call<{ items: (Id & { kind: string })[] }>('GET', '/api/v1/channels');
  const first = items.find(({ kind }) => kind === 'webchat');
  if (first === undefined) throw new Error('There is no web chat channel.');
  await call('PATCH', `/api/v1/channels/${first.id}`, {
    name: 'Shop',
    teamId: teamIds.get('Shop'),
    config: {
      title: COMPANY,
      greeting: 'Hello! Ask us about beans, grinders or your order.',
      launcherText: 'Questions?',
      colour: '#8a5a2b',
    },
  });
  const widgetSecret = makePassword();
  const webChat = async (name: string, team: TeamName) =>
    (
      await call<Id>('POST', '/api/v1/channels', {
        ...{ kind: 'webchat', name, teamId: teamIds.get(team), secrets: { widgetSecret } },
      })
    ).id;
  const secret = organisation.visitConnectPage();
  const channel = await call<{ urls: { baseUrl: string }; shownOnce: Record<string, string> }>(
    'POST',
    '/api/v1/channels',
    { kind: 'rapidpro', name: 'WhatsApp', secrets: { secret } },
  );
  await organisation.connect({ baseUrl: channel.urls.baseUrl, ...channel.shownOnce } as never);
  return {
    widgetSecret,
    channels: {
      shop: first.id,
      help: await webChat('Help centre', 'Coffee care'),
      orders: await webChat('My orders', 'Orders'),
    },
  };
}

/** Receives events, as another program of the company would. */
export async function addEndpoint(call: Call, receiver: Receiver): Promise<void> {
  await call('POST', '/api/v1/endpoints', {
    url: receiver.url,
    secret: makePassword(),
    events: ['session_state_open', 'session_state_inprogress', 'session_state_close'],
  });
}

const emailOf = (name: string) =>
  `${(name.split(' ')[0] ?? '')
    .normalize('NFD')
    .replaceAll(/[^a-z]/gi, '')
    .toLowerCase()}@kopi.example`;

async function hire(args: {
  url: string;
  call: Call;
  name: string;
  email: string;
  role: Seat;
  password?: string;
}): Promise<{ agentId: string; cookie: string }> {
  const { url, call, name, email, role, password = makePassword() } = args;
  const { inviteUrl, user } = await call<{ inviteUrl: string; user: { agentId: string } }>(
    'POST',
    '/api/v1/users',
    { name, email, role },
  );
  return { agentId: user.agentId, cookie: await takeUpInvitation(url, inviteUrl, password) };
}

/** The people as whom the newcomer may sign in. */
async function fillSeats(args: {
  url: string;
  call: Call;
  adminPassword: string;
  shopId: string;
}): Promise<Company['seats']> {
  const { url, call, adminPassword, shopId } = args;
  const filled: Partial<Company['seats']> = {};
  for (const role of SEATS.filter((one) => one !== 'admin')) {
    const { name, email } = seats[role];
    const password = makePassword();
    const { agentId, cookie } = await hire({ url, call, name, email, role, password });
    filled[role] = { agentId, email, password, call: callAs(url, cookie) };
  }
  const { user } = await call<{ user: { agentId: string } }>('GET', '/api/v1/session');
  const { name, email } = seats.admin;
  filled.admin = { agentId: user.agentId, email, password: adminPassword, call };
  await call('PATCH', `/api/v1/agents/${user.agentId}`, { name, answersHere: true, capacity: 2 });
  const sat = filled as Company['seats'];
  await call('PATCH', `/api/v1/agents/${sat.agent.agentId}`, {
    ...{ capacity: MAYAS_CAPACITY, teamIds: [shopId], answersHere: true },
  });
  await call('PATCH', `/api/v1/agents/${sat.supervisor.agentId}`, {
    ...{ answersHere: true, capacity: 2 },
  });
  return sat;
}
