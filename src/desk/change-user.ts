// Makes, changes and removes those who sign in. Each is also an agent; there is always an admin
// left.
import { randomBytes } from 'node:crypto';
import { v7 as uuid } from 'uuid';
import { can } from '../access/can.ts';
import type { Role } from '../contract/agents.ts';
import type { KnownPerson } from '../contract/people.ts';
import { Refused } from '../errors.ts';
import { isIdentified } from '../store/agent-identities.ts';
import { putLimits } from '../store/agent-limits.ts';
import { findAgentByEmail, insertAgent } from '../store/agents.ts';
import { addAuditEntry } from '../store/audit.ts';
import { putInvite } from '../store/invites.ts';
import type { RoutingTx, Tx } from '../store/tx.ts';
import {
  deleteUserRow,
  findUserByEmail,
  findUserOfAgent,
  getUser,
  hasOtherAdmin,
  insertUser,
  type UserKey,
  type UserRow,
  updateUserRow,
} from '../store/users.ts';
import { revokeMade } from './change-token.ts';
import { type After, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';
import { hashSecret } from './hash-secret.ts';
import { endSessionsWithoutFactor, endTheirSessions } from './login-session.ts';
import { addMail, type Mailing, mayMail } from './send-mail.ts';
import { readSignInRules } from './sign-in-rules.ts';
import { takeSkill } from './take-skill.ts';
import { type AgentTx, agentChanged, applyUpdate, deleteAgent } from './update-agent.ts';
import { nameWorkspace } from './workspace-secret.ts';

export const INVITE_DAYS = 7;

export interface NewUser {
  workspaceId: string;
  email: string;
  name: string;
  role: Role;
  passwordHash: string | null;
  avatarUrl?: string | null;
}

/** What an invited person begins with. */
export interface Beginning {
  teamIds?: readonly string[] | undefined;
  /** null: the default. */
  capacity?: number | null | undefined;
}

/**
 * Answers the user, the code of the invitation, and whether it is mailed: it is not where `mailing` is null, or as many
 * mails went out as may. Refuses `user.email-taken` and `team.not-found`.
 */
export async function inviteUser(
  desk: Desk,
  {
    actor,
    mailing = null,
    teamIds,
    capacity,
    ...wanted
  }: Omit<NewUser, 'passwordHash'> & Beginning & { actor: string; mailing?: Mailing | null },
): Promise<{ user: UserRow; code: string; mailed: boolean }> {
  const { workspaceId, email: to, name } = wanted;
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const user = await addUser(after, { ...wanted, passwordHash: null }, actor);
    const { userId, agentId } = user;
    if (teamIds !== undefined || capacity !== undefined) {
      const key = { workspaceId, agentId };
      const beginning = { teamIds, capacity };
      await applyUpdate(after(agentChanged(key, beginning)), key, beginning);
    }
    const code = await createInvite(tx, { workspaceId, userId });
    const mailed = mailing !== null && (await mayMail(tx, mailing, { workspaceId, to }));
    if (mailed) {
      const facts = { to, name, language: null, until: inviteEnd(desk) };
      await addMail(desk, after, { workspaceId, kind: 'invitation', facts, code });
    }
    return { user, code, mailed };
  });
}

/**
 * An agent with this address becomes this person's agent; otherwise one is made. Refuses
 * `user.email-taken`.
 */
export async function addUser(
  after: After<RoutingTx>,
  wanted: NewUser,
  actor: string,
): Promise<UserRow> {
  const { workspaceId, email, name, role, passwordHash } = wanted;
  const added = { agentId: null as string | null };
  const tx = after({ ...agentChanged(added), agent: () => added.agentId });
  if ((await findUserByEmail(tx, wanted)) !== null) throw new Refused('user.email-taken');
  const key = { workspaceId, userId: uuid() };
  const agentId = await takeAgent(tx, wanted);
  added.agentId = agentId;
  const avatarUrl = wanted.avatarUrl ?? null;
  await insertUser(tx, { ...key, email, name, role, passwordHash, agentId, avatarUrl });
  const change = { name, email, role, agentId };
  await addAuditEntry(tx, {
    workspaceId,
    actor,
    action: 'user.created',
    objectId: key.userId,
    change,
  });
  return found(await getUser(tx, key));
}

async function takeAgent(tx: AgentTx, wanted: NewUser): Promise<string> {
  const { workspaceId, email, name, role } = wanted;
  const known = await findAgentByEmail(tx, { workspaceId, email });
  if (known !== null && (await findUserOfAgent(tx, { workspaceId, agentId: known })) !== null) {
    throw new Refused('user.email-taken');
  }
  const agentId = known ?? uuid();
  const answersHere = true;
  if (known !== null) await applyUpdate(tx, { workspaceId, agentId }, { name, role, answersHere });
  else {
    const availability = 'offline';
    const agent = { workspaceId, agentId, name, email, role, capacity: null, availability };
    await insertAgent(tx, { ...agent, answersHere });
    await putLimits(tx, { workspaceId, agentId });
  }
  return agentId;
}

/** Refuses `user.not-found`, `user.email-taken`, `user.last-admin`, and `agent.email-taken`. */
export async function changeUser(
  desk: Desk,
  key: UserKey & { actor: string },
  change: { name?: string | undefined; email?: string | undefined; role?: Role | undefined },
): Promise<UserRow> {
  return commitLocked(desk, key.workspaceId, async (tx, after) => {
    const user = found(await getUser(tx, key));
    const writing = after(agentChanged(user, change));
    if (change.email !== undefined) await refuseTaken(tx, { ...key, email: change.email });
    if (change.role !== undefined && change.role !== 'admin') await refuseLastAdmin(tx, key, user);
    await applyUpdate(writing, { workspaceId: key.workspaceId, agentId: user.agentId }, change);
    await updateUserRow(writing, key, change);
    if (change.role !== undefined) {
      const { secondFactorRoles: roles } = await readSignInRules(tx, key.workspaceId);
      await endSessionsWithoutFactor(tx, after, { workspaceId: key.workspaceId, roles });
      const rights = { role: change.role, scopes: null };
      if (!can(rights, 'tokens.write')) await revokeMade(writing, key);
    }
    await note(tx, key, 'user.updated', change);
    return found(await getUser(tx, key));
  });
}

/**
 * The person's conversations go back to the queue. Refuses `user.not-found` and `user.last-admin`.
 */
export async function removeUser(desk: Desk, key: UserKey & { actor: string }): Promise<void> {
  const { workspaceId } = key;
  const agent = await commitLocked(desk, workspaceId, async (tx, after) => {
    const user = found(await getUser(tx, key));
    await refuseLastAdmin(tx, key, user);
    const writing = after({ rights: true, agent: user.agentId });
    await endTheirSessions(tx, after, key);
    await deleteUserRow(writing, key);
    // After the row is gone, so that no token is made in between.
    await revokeMade(writing, key);
    await note(tx, key, 'user.removed', { email: user.email, role: user.role });
    const { agentId } = user;
    // An agent whom an outside system still reports stays, and goes on answering there.
    return { agentId, stays: await isIdentified(tx, { workspaceId, agentId }) };
  });
  if (agent.stays) return;
  await deleteAgent(desk, { workspaceId, agentId: agent.agentId, actor: key.actor });
}

/**
 * Answers the code with which a new password is chosen, and whether it is mailed; ends all sessions. Refuses
 * `user.not-found`.
 */
export async function resetUser(
  desk: Desk,
  { mailing = null, ...key }: UserKey & { actor: string; mailing?: Mailing | null },
): Promise<{ code: string; mailed: boolean }> {
  const { workspaceId } = key;
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const { email: to, name, locale: language } = found(await getUser(tx, key));
    await endTheirSessions(tx, after, key);
    await note(tx, key, 'user.reset', {});
    const code = await createInvite(tx, key);
    const mailed = mailing !== null && (await mayMail(tx, mailing, { workspaceId, to }));
    if (mailed) {
      const facts = { to, name, language, until: inviteEnd(desk) };
      await addMail(desk, after, { workspaceId, kind: 'reset', facts, code });
    }
    return { code, mailed };
  });
}

/**
 * A person whom the company's own check knows: found by the address, otherwise made. Roles are
 * given in Usher; only a new person's role follows what the company says.
 */
export async function takeKnownPerson(
  desk: Desk,
  { workspaceId, person }: { workspaceId: string; person: KnownPerson },
): Promise<UserRow> {
  return commitLocked(desk, workspaceId, async (tx, after) => {
    const known = await findUserByEmail(tx, { workspaceId, email: person.email });
    const wanted = { workspaceId, ...person, passwordHash: null };
    const user = known ?? (await addUser(after, wanted, 'company'));
    const agent = { workspaceId, agentId: user.agentId };
    const writing = after(agentChanged(agent));
    const { name, avatarUrl } = person;
    if (name !== user.name) await applyUpdate(writing, agent, { name });
    if (avatarUrl !== user.avatarUrl) {
      await updateUserRow(writing, { workspaceId, userId: user.userId }, { avatarUrl });
    }
    if (person.skill !== null) await takeSkill(writing, agent, person.skill);
    return user;
  });
}

/** Answers the code. `selfService`: somebody asked for it themselves. */
export async function createInvite(
  tx: Tx,
  { workspaceId, userId }: UserKey,
  good: { hours: number; selfService?: boolean } = { hours: INVITE_DAYS * 24 },
): Promise<string> {
  const code = randomBytes(24).toString('base64url');
  const invite = { workspaceId, inviteId: uuid(), userId, hash: hashSecret(code) };
  await putInvite(tx, { ...invite, ...good });
  return nameWorkspace(workspaceId, code);
}

function inviteEnd({ clock }: Pick<Desk, 'clock'>): string {
  return new Date(clock.now() + INVITE_DAYS * 86_400_000).toISOString();
}

async function refuseTaken(tx: RoutingTx, key: UserKey & { email: string }): Promise<void> {
  const holder = await findUserByEmail(tx, key);
  if (holder !== null && holder.userId !== key.userId) throw new Refused('user.email-taken');
}

async function refuseLastAdmin(tx: RoutingTx, key: UserKey, user: UserRow): Promise<void> {
  if (user.role !== 'admin') return;
  if (!(await hasOtherAdmin(tx, key))) throw new Refused('user.last-admin');
}

async function note(
  tx: Tx,
  { workspaceId, userId: objectId, actor }: UserKey & { actor: string },
  action: string,
  change: Record<string, unknown>,
): Promise<void> {
  await addAuditEntry(tx, { workspaceId, actor, action, objectId, change });
}

function found(user: UserRow | null): UserRow {
  if (user === null) throw new Refused('user.not-found');
  return user;
}
