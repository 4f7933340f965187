// Who is at the other end of a connection, and how they prove it (chimp-assist.md §1).
import { jwtVerify, SignJWT } from 'jose';
import { type Actor, can } from '../access/can.ts';
import { lesserRole } from '../access/lesser-role.ts';
import type { Role } from '../contract/agents.ts';
import { meetsVisitors } from '../contract/channel-kinds.ts';
import type { AgentsSee } from '../contract/settings.ts';
import { UUID_PATTERN } from '../contract/uuid.ts';
import type { ChannelDirectory } from '../desk/channel-directory.ts';
import type { Desk } from '../desk/context.ts';
import { hashSecret } from '../desk/hash-secret.ts';
import { identify } from '../desk/make-token.ts';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import type { ChannelWithSecrets } from '../store/channels.ts';
import { type Proof, readStanding, type Stands } from '../store/standing.ts';
import { findWebSessionByToken, type WebSessionRow } from '../store/web-sessions.ts';

export type Identity = Visitor | AgentAtWork | Service | Anonymous;

export interface Visitor {
  kind: 'visitor';
  workspaceId: string;
  /** The client itself may name its customer once. */
  session: WebSessionRow;
  /** An old client, which has named the session and proved nothing. */
  isUnproved?: true;
}

export interface AgentAtWork {
  kind: 'agent';
  workspaceId: string;
  agentId: string;
  role: Role;
  /** The scopes of its token; null: everything that the role may do. */
  scopes: readonly string[] | null;
  /** What its workspace lets agents see. */
  agentsSee: AgentsSee;
  name: string;
  /** The credential it came with: its right ends with that. */
  proof: Proof;
}

export interface Service {
  kind: 'service';
  workspaceId: string;
  /** As the audit names it. */
  name: string;
  role: Role;
  proof: Proof;
}

/** An old client without credentials, until it names a session that exists. */
export interface Anonymous {
  kind: 'anonymous';
  workspaceId: string;
}

/** MQTT 3.1.1 §3.2.2.3. 3: its workspace is suspended, and what it knows still counts later. */
export type Refusal = 3 | 4 | 5;

export interface IdentityMeans {
  desk: Pick<Desk, 'db' | 'clock' | 'gate'>;
  directory: ChannelDirectory;
  /** Signs the tokens that agents connect with. */
  key: Uint8Array;
}

export async function recognise(
  means: IdentityMeans,
  login: { username: string | undefined; password: string | undefined },
): Promise<Identity | Refusal> {
  const identity = await identifyClient(means, login);
  if (typeof identity === 'number') return identity;
  return means.desk.gate.isSuspended(identity.workspaceId) ? 3 : identity;
}

async function identifyClient(
  means: IdentityMeans,
  { username, password }: { username: string | undefined; password: string | undefined },
): Promise<Identity | Refusal> {
  if (username === undefined && password === undefined) return recogniseAnonymous(means);
  if (username === undefined || password === undefined) return 4;
  if (username === 'service') return recogniseService(means, password);
  const visitor = await findVisitor(means, password);
  if (visitor !== null) return visitor.session.sessionId === username ? visitor : 4;
  const agent = await readAgentToken(means, password);
  return agent !== null && agent.agentId === username ? agent : 4;
}

function recogniseAnonymous({ directory }: IdentityMeans): Anonymous | Refusal {
  return isOpenToAnybody(directory) ? { kind: 'anonymous', workspaceId: DEFAULT_WORKSPACE } : 5;
}

/** There is a channel that admits old clients without credentials. */
export function isOpenToAnybody(directory: ChannelDirectory): boolean {
  return directory
    .all()
    .some(
      (channel) =>
        meetsVisitors(channel) &&
        channel.config.anonymousVisitors === true &&
        channel.workspaceId === DEFAULT_WORKSPACE,
    );
}

/** The visitor's channel exists, and still admits visitors as this one came. */
export function maySit(
  directory: ChannelDirectory,
  { session, isUnproved }: Pick<Visitor, 'session' | 'isUnproved'>,
): boolean {
  const channel = directory.byId(session.channelId);
  if (channel === null || !meetsVisitors(channel)) return false;
  if (session.chosen && !session.verified && hasKey(channel)) return false;
  return isUnproved !== true || channel.config.anonymousVisitors === true;
}

/** A visitor who chooses a name there must prove it. */
export function hasKey(channel: ChannelWithSecrets): boolean {
  return meetsVisitors(channel) && Boolean(channel.secrets.widgetSecret);
}

async function recogniseService(
  { desk }: IdentityMeans,
  token: string,
): Promise<Identity | Refusal> {
  const actor = await identify(desk, token);
  if (actor === null) return 4;
  // It listens and nothing else.
  if (!can(actor, 'conversations.read')) return 5;
  const { workspaceId, name, role, sessionId, tokenId } = actor;
  return { kind: 'service', workspaceId, name, role, proof: { sessionId, tokenId } };
}

const TOKEN = new RegExp(`^(${UUID_PATTERN})\\.(${UUID_PATTERN})\\.([\\w-]{43})$`);

/**
 * Only by the token of POST /session. null: it is none, or the session or its channel has ended.
 */
export async function findVisitor(
  { desk, directory }: Pick<IdentityMeans, 'desk' | 'directory'>,
  token: string,
): Promise<Visitor | null> {
  const [, workspaceId, sessionId, secret] = TOKEN.exec(token) ?? [];
  if (workspaceId === undefined || sessionId === undefined || secret === undefined) return null;
  const tokenHash = hashSecret(secret);
  const session = await findWebSessionByToken(desk.db, { workspaceId, sessionId, tokenHash });
  if (session === null || !maySit(directory, { session })) return null;
  return { kind: 'visitor', workspaceId, session };
}

const AGENT_TOKEN_MINUTES = 10;

export interface AgentToken {
  token: string;
  expiresAt: Date;
}

/** An agent, and how they proved who they are. */
export type AgentProved = Pick<Actor, 'workspaceId' | 'sessionId' | 'tokenId'> & {
  agentId: string;
};

/** The token that a signed-in agent's client connects with; it must be used soon. */
export async function makeAgentToken(
  key: Uint8Array,
  { workspaceId, agentId, sessionId, tokenId }: AgentProved,
  now: number,
): Promise<AgentToken> {
  const expiresAt = new Date(now + AGENT_TOKEN_MINUTES * 60_000);
  const token = await new SignJWT({ workspaceId, sessionId, tokenId })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(agentId)
    .setAudience('mqtt')
    .setExpirationTime(expiresAt)
    .sign(key);
  return { token, expiresAt };
}

/** null: not ours, too old, or of an agent, a session or a token that is gone. */
export async function readAgentToken(
  { desk, key }: Pick<IdentityMeans, 'desk' | 'key'>,
  token: string,
): Promise<AgentAtWork | null> {
  const claims = await jwtVerify(token, key, {
    ...{ algorithms: ['HS256'], audience: 'mqtt' },
    currentDate: new Date(desk.clock.now()),
  }).then(
    ({ payload }) => payload,
    () => null,
  );
  const { sub: agentId, workspaceId, sessionId = null, tokenId = null } = (claims ?? {}) as Claims;
  if (agentId === undefined || workspaceId === undefined) return null;
  // It must come from one of the two, so that it ends with it.
  if (sessionId === null && tokenId === null) return null;
  const proof = { sessionId, tokenId };
  const [stands] = await readStanding(desk.db, workspaceId, [{ agentId, ...proof }]);
  if (stands === undefined) return null;
  const role = roleOf('agent', stands);
  const { agentName, agentsSee, scopes } = stands;
  const name = agentName ?? '';
  return { kind: 'agent', workspaceId, agentId, role, scopes, agentsSee, name, proof };
}

/** The claims, as we have signed them. */
type Claims = Partial<{ sub: string; workspaceId: string } & Proof>;

/**
 * An agent may do no more than both the agent and the credential may; with a limited token only an
 * agent's work.
 */
export function roleOf(
  kind: 'agent' | 'service',
  { agentRole, proofRole, scopes }: Pick<Stands, 'agentRole' | 'proofRole' | 'scopes'>,
): Role {
  if (kind === 'agent' && scopes !== null) return 'agent';
  return lesserRole(proofRole, kind === 'agent' ? agentRole : null);
}
