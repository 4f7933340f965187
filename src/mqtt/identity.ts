// Who is on the other end of a connection, and how they prove it (chimp-assist.md §1).
import { jwtVerify, SignJWT } from 'jose';
import type { Role } from '../contract/api.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { identify } from '../desk/make-token.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { hashWebSecret } from '../desk/start-web-session.ts';
import { getAgent } from '../store/agents.ts';
import { findWebSessionByToken, type WebSessionRow } from '../store/web-sessions.ts';

export type Identity = Visitor | AgentAtWork | Service | Anonymous;

export interface Visitor {
  kind: 'visitor';
  workspaceId: string;
  /** Its customer may be named once, by the client itself. */
  session: WebSessionRow;
}

export interface AgentAtWork {
  kind: 'agent';
  workspaceId: string;
  agentId: string;
  role: Role;
  name: string;
}

export interface Service {
  kind: 'service';
  workspaceId: string;
  role: Role;
}

/** An old client without credentials, until it names a session that exists. */
export interface Anonymous {
  kind: 'anonymous';
  workspaceId: string;
}

/** MQTT 3.1.1 §3.2.2.3. */
export type Refusal = 4 | 5;

export interface IdentityMeans {
  desk: Pick<Desk, 'db'>;
  directory: ChannelDirectory;
  /** Signs what agents connect with. */
  key: Uint8Array;
}

export async function recognise(
  means: IdentityMeans,
  { username, password }: { username: string | undefined; password: string | undefined },
): Promise<Identity | Refusal> {
  if (username === undefined && password === undefined) return recogniseAnonymous(means);
  if (username === undefined || password === undefined) return 4;
  if (username === 'service') return recogniseService(means, password);
  const visitor = await findVisitor(means.desk, password);
  if (visitor !== null) return visitor.session.sessionId === username ? visitor : 4;
  const agent = await readAgentToken(means, password);
  return agent !== null && agent.agentId === username ? agent : 4;
}

function recogniseAnonymous({ directory }: IdentityMeans): Anonymous | Refusal {
  const open = directory
    .all()
    .some(
      ({ kind, config, workspaceId }) =>
        kind === 'webchat' &&
        config.anonymousVisitors === true &&
        workspaceId === DEFAULT_WORKSPACE,
    );
  return open ? { kind: 'anonymous', workspaceId: DEFAULT_WORKSPACE } : 5;
}

async function recogniseService(
  { desk }: IdentityMeans,
  token: string,
): Promise<Identity | Refusal> {
  const actor = await identify(desk, token);
  if (actor === null) return 4;
  return { kind: 'service', workspaceId: actor.workspaceId, role: actor.role };
}

const UUID = '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})';
const TOKEN = new RegExp(`^${UUID}\\.${UUID}\\.([\\w-]{43})$`);

/** By the token of POST /session alone. null: it is none, or the session was ended. */
export async function findVisitor(desk: Pick<Desk, 'db'>, token: string): Promise<Visitor | null> {
  const [, workspaceId, sessionId, secret] = TOKEN.exec(token) ?? [];
  if (workspaceId === undefined || sessionId === undefined || secret === undefined) return null;
  const tokenHash = hashWebSecret(secret);
  const session = await findWebSessionByToken(desk.db, { workspaceId, sessionId, tokenHash });
  return session === null ? null : { kind: 'visitor', workspaceId, session };
}

const AGENT_TOKEN_MINUTES = 10;

export interface AgentToken {
  token: string;
  expiresAt: Date;
}

/** What a signed-in agent's client connects with; it must be used soon. */
export async function makeAgentToken(
  key: Uint8Array,
  { workspaceId, agentId }: { workspaceId: string; agentId: string },
): Promise<AgentToken> {
  const expiresAt = new Date(Date.now() + AGENT_TOKEN_MINUTES * 60_000);
  const token = await new SignJWT({ workspaceId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(agentId)
    .setAudience('mqtt')
    .setExpirationTime(expiresAt)
    .sign(key);
  return { token, expiresAt };
}

/** null: not ours, too old, or of an agent who is gone. */
export async function readAgentToken(
  { desk, key }: Pick<IdentityMeans, 'desk' | 'key'>,
  token: string,
): Promise<AgentAtWork | null> {
  const claims = await jwtVerify(token, key, { algorithms: ['HS256'], audience: 'mqtt' }).then(
    ({ payload }) => payload,
    () => null,
  );
  const { sub: agentId, workspaceId } = claims ?? {};
  if (agentId === undefined || typeof workspaceId !== 'string') return null;
  const agent = await getAgent(desk.db, { workspaceId, agentId });
  if (agent === null) return null;
  return { kind: 'agent', workspaceId, agentId, role: agent.role, name: agent.name };
}
