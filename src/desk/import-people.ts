// Brings the agents, teams, tags and canned replies of another desk. What is known here by its name stays as it is.
import { v7 as uuid } from 'uuid';
import { EMAIL } from '../contract/shapes.ts';
import type { SourceDesk, SourcePerson, SourceTeam } from '../contract/source-desk.ts';
import { listCannedReplies } from '../store/canned-replies.ts';
import { insertGroup, listGroups } from '../store/groups.ts';
import { importMember, importReply, importTag } from '../store/import-desk.ts';
import { listTags } from '../store/tags.ts';
import { findUserByEmail } from '../store/users.ts';
import { addUser } from './change-user.ts';
import { commit, commitLocked } from './commit.ts';
import type { Desk } from './context.ts';

/** Of one kind: found over there, and how many of them were added. */
export interface ImportCount {
  found: number;
  added: number;
  /** What is deleted there, empty, of nobody, or cannot be kept. */
  leftOut: number;
}

export interface ImportMeans {
  desk: Pick<Desk, 'db'> & Parameters<typeof commit>[0];
  workspaceId: string;
  source: SourceDesk;
  /** Who did it, for the audit. */
  actor: string;
  /** Nothing is written. */
  dryRun: boolean;
}

/** Their ids here, by their keys there. */
export interface KnownPeople {
  agents: ReadonlyMap<number, string>;
  teams: ReadonlyMap<number, string>;
}

export interface ImportedPeople extends KnownPeople {
  counts: Record<'agents' | 'teams' | 'tags' | 'replies', ImportCount>;
}

export async function importPeople(means: ImportMeans): Promise<ImportedPeople> {
  const people = await bringPeople(means);
  const teams = await bringTeams(means);
  await bringMembers(means, { people, teams });
  const counts = {
    agents: people.count,
    teams: teams.count,
    tags: await bringTags(means),
    replies: await bringReplies(means, teams.ids),
  };
  return { agents: people.ids, teams: teams.ids, counts };
}

interface Brought<Item> {
  items: readonly Item[];
  ids: Map<number, string>;
  /** Keys of those that were not here before. */
  fresh: Set<number>;
  count: ImportCount;
}

const PLAUSIBLE = new RegExp(EMAIL, 'u');

/** They sign in once somebody has given them a way to choose a password; nobody is written to. */
async function bringPeople(means: ImportMeans): Promise<Brought<SourcePerson>> {
  const { desk, workspaceId, source, actor, dryRun } = means;
  const items = await source.people();
  const [ids, fresh] = [new Map<number, string>(), new Set<number>()];
  let leftOut = 0;
  for (const person of items) {
    const { key, email, name, role } = person;
    if (!PLAUSIBLE.test(email)) {
      leftOut += 1;
      continue;
    }
    const known = await findUserByEmail(desk.db, { workspaceId, email });
    if (known !== null) {
      ids.set(key, known.agentId);
      continue;
    }
    fresh.add(key);
    if (dryRun) continue;
    const wanted = { workspaceId, email, name, role, passwordHash: null };
    const user = await commitLocked(desk, workspaceId, (_, after) => addUser(after, wanted, actor));
    ids.set(key, user.agentId);
  }
  return { items, ids, fresh, count: { found: items.length, added: fresh.size, leftOut } };
}

async function bringTeams(means: ImportMeans): Promise<Brought<SourceTeam>> {
  const { desk, workspaceId, source, dryRun } = means;
  const items = await source.teams();
  const [ids, fresh] = [new Map<number, string>(), new Set<number>()];
  const known = await listGroups(desk.db, 'team', workspaceId);
  const byName = new Map(known.map(({ id, name }) => [name.toLowerCase(), id]));
  await commit(desk, workspaceId, async (tx) => {
    for (const { key, name } of items) {
      const id = byName.get(name.toLowerCase()) ?? uuid();
      ids.set(key, id);
      if (byName.has(name.toLowerCase())) continue;
      byName.set(name.toLowerCase(), id);
      fresh.add(key);
      if (!dryRun) await insertGroup(tx, 'team', { workspaceId, id, name });
    }
  });
  return { items, ids, fresh, count: { found: items.length, added: fresh.size, leftOut: 0 } };
}

/** Where the team or the person is new: what was changed here meanwhile stays. */
async function bringMembers(
  { desk, workspaceId, dryRun }: ImportMeans,
  { people, teams }: { people: Brought<SourcePerson>; teams: Brought<SourceTeam> },
): Promise<void> {
  if (dryRun) return;
  await commitLocked(desk, workspaceId, async (_, after) => {
    const tx = after({ wake: true, agent: null });
    for (const { key, memberKeys } of teams.items) {
      for (const memberKey of memberKeys) {
        const [teamId, agentId] = [teams.ids.get(key), people.ids.get(memberKey)];
        if (teamId === undefined || agentId === undefined) continue;
        if (!teams.fresh.has(key) && !people.fresh.has(memberKey)) continue;
        await importMember(tx, { workspaceId, teamId, agentId });
      }
    }
  });
}

async function bringTags({ desk, workspaceId, source, dryRun }: ImportMeans): Promise<ImportCount> {
  const items = await source.tags();
  const known = new Set(
    (await listTags(desk.db, workspaceId)).map(({ name }) => name.toLowerCase()),
  );
  const isNew = (name: string) => !known.has(name.toLowerCase());
  const fresh = items.filter(({ name }) => isNew(name));
  const count = { found: items.length, added: fresh.length, leftOut: 0 };
  if (dryRun) return count;
  let added = 0;
  await commit(desk, workspaceId, async (tx) => {
    for (const tag of fresh)
      if (await importTag(tx, { workspaceId, id: uuid(), ...tag })) added += 1;
  });
  return { ...count, added };
}

async function bringReplies(
  { desk, workspaceId, source, dryRun }: ImportMeans,
  teams: ReadonlyMap<number, string>,
): Promise<ImportCount> {
  const items = await source.replies();
  const wanted = items.map(({ shortcut, text, teamKey }) => {
    const teamId = teamKey === null ? null : (teams.get(teamKey) ?? null);
    return { shortcut, text, teamId };
  });
  const keyOf = (one: { shortcut: string; teamId: string | null }) =>
    `${one.teamId} ${one.shortcut.toLowerCase()}`;
  const known = new Set((await listCannedReplies(desk.db, workspaceId)).map(keyOf));
  const fresh = wanted.filter((one) => !known.has(keyOf(one)));
  const count = { found: items.length, added: fresh.length, leftOut: 0 };
  if (dryRun) return count;
  let added = 0;
  await commit(desk, workspaceId, async (tx) => {
    for (const reply of fresh) {
      if (await importReply(tx, { workspaceId, id: uuid(), ...reply })) added += 1;
    }
  });
  return { ...count, added };
}
