// Brings the contacts and conversations of another desk, some at a time. Each has an id that follows from its source, so another run adds only what is new.
import { createHash } from 'node:crypto';
import { v7 as uuidAt, v5 as uuidFrom } from 'uuid';
import type {
  SourceContact,
  SourceConversation,
  SourceMessage,
  SourcePage,
} from '../contract/source-desk.ts';
import { addAuditEntry } from '../store/audit.ts';
import {
  addImportChannel,
  countKnown,
  type ImportedConversation,
  importContacts,
  importConversations,
  importMessages,
} from '../store/import-desk.ts';
import { commit } from './commit.ts';
import type { ImportCount, ImportMeans, KnownPeople } from './import-people.ts';

export interface ImportedPast {
  counts: Record<'contacts' | 'conversations' | 'messages', ImportCount>;
  /** Numbers of what is not over there, the first hundred. */
  open: string[];
  openCount: number;
}

export interface PastMeans extends ImportMeans {
  people: KnownPeople;
  /** Tells sources of the same kind apart. */
  label: string;
}

const MOST_SHOWN = 100;

export async function importPast(means: PastMeans): Promise<ImportedPast> {
  const { desk, workspaceId, source, dryRun, label } = means;
  const channelId = uuidFrom(`import ${source.name} ${label}`, workspaceId);
  const key = { workspaceId, channelId };
  if (!dryRun) {
    await commit(desk, workspaceId, (_, after) =>
      addImportChannel(after({ channels: true }), { ...key, name: label }),
    );
  }
  const past: ImportedPast = {
    counts: { contacts: none(), conversations: none(), messages: none() },
    open: [],
    openCount: 0,
  };
  const take = { means, key, past };
  for await (const page of pagesOf((after) => source.contacts(after)))
    await takeContacts(take, page);
  for await (const page of pagesOf((after) => source.conversations(after))) {
    await takeConversations(take, page);
  }
  if (!dryRun) await noteRun(means, past);
  return past;
}

async function noteRun(
  { desk, workspaceId, source, actor }: PastMeans,
  { counts: { contacts, conversations, messages } }: ImportedPast,
): Promise<void> {
  const added = [contacts, conversations, messages].map((count) => count.added);
  const change = { from: source.name, added };
  const entry = { workspaceId, actor, action: 'workspace.imported', objectId: workspaceId, change };
  await commit(desk, workspaceId, (tx) => addAuditEntry(tx, entry));
}

interface Taking {
  means: PastMeans;
  key: { workspaceId: string; channelId: string };
  past: ImportedPast;
}

const none = (): ImportCount => ({ found: 0, added: 0, leftOut: 0 });

async function* pagesOf<Item>(
  ask: (after: number) => Promise<SourcePage<Item>>,
): AsyncGenerator<SourcePage<Item>> {
  let after: number | null = 0;
  while (after !== null) {
    const page: SourcePage<Item> = await ask(after);
    yield page;
    after = page.next;
  }
}

function note(count: ImportCount, page: SourcePage<unknown>, added: number): void {
  count.found += page.items.length + page.leftOut;
  count.leftOut += page.leftOut;
  count.added += added;
}

/** Ordered by time, as all ids here are, and always the same for one thing of one source. */
function idOf({ means, key }: Taking, what: string, one: { key: number; at: Date }): string {
  const { source, label } = means;
  const name = `${key.workspaceId} ${source.name} ${label} ${what} ${one.key}`;
  const random = createHash('sha256').update(name).digest().subarray(0, 16);
  return uuidAt({
    msecs: Math.max(0, one.at.getTime()),
    random,
    seq: random.readUInt32BE(0) >>> 1,
  });
}

const contactIdOf = (
  taking: Taking,
  { key, createdAt }: Pick<SourceContact, 'key' | 'createdAt'>,
) => idOf(taking, 'contact', { key, at: createdAt });
const conversationIdOf = (
  taking: Taking,
  { key, openedAt }: Pick<SourceConversation, 'key' | 'openedAt'>,
) => idOf(taking, 'conversation', { key, at: openedAt });

async function takeContacts(taking: Taking, page: SourcePage<SourceContact>): Promise<void> {
  const { means, key, past } = taking;
  const rows = page.items.map((contact) => ({
    ...contact,
    contactId: contactIdOf(taking, contact),
    externalId: `${means.label}:${contact.key}`,
  }));
  const ids = rows.map(({ contactId }) => contactId);
  const added = await takeRows(taking, { what: 'contact', ids }, () =>
    commit(means.desk, key.workspaceId, (_, after) =>
      importContacts(after({ contact: null }), key, rows),
    ),
  );
  note(past.counts.contacts, page, added);
}

/** In a dry run only counts those that would be added. */
async function takeRows(
  { means, key }: Taking,
  { what, ids }: { what: Parameters<typeof countKnown>[1]; ids: readonly string[] },
  write: () => Promise<number>,
): Promise<number> {
  if (ids.length === 0) return 0;
  if (!means.dryRun) return write();
  const { workspaceId } = key;
  return ids.length - (await countKnown(means.desk.db, what, { workspaceId, ids }));
}

async function takeConversations(
  taking: Taking,
  page: SourcePage<SourceConversation>,
): Promise<void> {
  const { means, key, past } = taking;
  const rows = page.items.map((one) => makeConversation(taking, one));
  const ids = rows.map(({ conversationId }) => conversationId);
  const added = await takeRows(taking, { what: 'conversation', ids }, () =>
    commit(means.desk, key.workspaceId, (_, after) =>
      importConversations(after({ conversation: null, wake: false }), key, rows),
    ),
  );
  note(past.counts.conversations, page, added);
  const open = page.items.filter(({ isOpen }) => isOpen).map(({ number }) => number);
  past.openCount += open.length;
  past.open.push(...open.slice(0, MOST_SHOWN - past.open.length));
  if (page.items.length === 0) return;
  const ask = (after: number) => means.source.messages(page.items, after);
  for await (const some of pagesOf(ask)) await takeMessages(taking, some);
}

function makeConversation(taking: Taking, one: SourceConversation): ImportedConversation {
  const { agents, teams } = taking.means.people;
  const agentId = one.personKey === null ? null : (agents.get(one.personKey) ?? null);
  const { openedAt, answeredAt, endedAt, rating, priority, tags, meta } = one;
  return {
    conversationId: conversationIdOf(taking, one),
    assignmentId: idOf(taking, 'assignment', { key: one.key, at: openedAt }),
    externalId: one.number,
    contactId: contactIdOf(taking, one.contact),
    agentId,
    teamId: one.teamKey === null ? null : (teams.get(one.teamKey) ?? null),
    ...{ priority, tags, meta, openedAt, endedAt },
    // Over there it is not kept when somebody was given it.
    assignedAt: agentId === null ? null : (answeredAt ?? endedAt),
    ratingScore: rating?.score ?? null,
    ratingComment: rating?.comment ?? null,
    ratedAt: rating?.at ?? null,
  };
}

async function takeMessages(taking: Taking, page: SourcePage<SourceMessage>): Promise<void> {
  const { means, key, past } = taking;
  const rows = page.items.map((one) => ({
    messageId: idOf(taking, 'message', { key: one.key, at: one.at }),
    conversationId: conversationIdOf(taking, one.conversation),
    kind: one.kind,
    authorKind: one.author,
    authorId: one.personKey === null ? null : (means.people.agents.get(one.personKey) ?? null),
    text: one.text,
    at: one.at,
  }));
  const ids = rows.map(({ messageId }) => messageId);
  const added = await takeRows(taking, { what: 'message', ids }, () =>
    commit(means.desk, key.workspaceId, (_, after) =>
      importMessages(after({ message: null, conversation: null }), key, rows),
    ),
  );
  note(past.counts.messages, page, added);
}
