// Which contacts were merged, and how that is taken back.
import { ASKED_AGAIN, askAgain } from './ask-again.ts';
import type { Writing } from './effects.ts';
import { rowsOf } from './merged.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface LockedRow {
  contactId: string;
  mergedInto: string | null;
  name: string | null;
  email: string | null;
  phone: string | null;
  lang: string | null;
  agentId: string | null;
  groups: string[];
  tags: string[];
  attributes: Record<string, unknown>;
}

// In the order in which openings lock them, so that the two cannot deadlock.
const lockRows_ = statement<LockedRow>(
  'lock-contact-rows',
  `select contact_id as "contactId", merged_into as "mergedInto", name, email, phone, lang, agent_id as "agentId",
    groups, tags, attributes from contact
  where workspace_id = $1 and (contact_id = any ($2::uuid[]) or merged_into = any ($2::uuid[]))
  order by channel_id, external_id for update`,
);

/** Those contacts and all that were merged into them, locked until the transaction ends. */
export function lockContactRows(
  tx: Tx,
  args: { workspaceId: string; contactIds: readonly string[] },
): Promise<LockedRow[]> {
  return query(tx, lockRows_, [args.workspaceId, args.contactIds]);
}

type Kept = Omit<LockedRow, 'mergedInto' | 'groups' | 'tags' | 'attributes'> & {
  groups: readonly string[];
  tags: readonly string[];
  attributes: Readonly<Record<string, unknown>>;
};

const writeKept_ = statement<{ askedAgain: boolean }>(
  'write-kept-contact',
  `with written as (
    update contact set name = $3, email = $4, phone = $5, lang = $6, agent_id = $7, groups = $8, tags = $9, attributes = $10
    where workspace_id = $1 and contact_id = $2
  ), ${askAgain(`select unnest($11::uuid[]) as contact_id`)}
  select ${ASKED_AGAIN} as "askedAgain"`,
).needs('contact', 'conversation', 'wake');

/** `rows`: the locked rows whose waiting conversations show another contact now. Answers whether rules are asked. */
export async function writeKept(
  tx: Writing<typeof writeKept_, Tx>,
  args: { workspaceId: string; kept: Kept; rows: readonly string[] },
): Promise<boolean> {
  const { workspaceId, kept, rows } = args;
  const { contactId, name, email, phone, lang, agentId, groups, tags, attributes } = kept;
  const written = await queryOne(tx, writeKept_, [
    ...[workspaceId, contactId, name, email, phone, lang, agentId, groups, tags],
    JSON.stringify(attributes),
    rows,
  ]);
  return written?.askedAgain === true;
}

const join_ = statement<never>(
  'join-contact',
  `with merge as (
    insert into contact_merge (workspace_id, merge_id, kept_id, merged_id, merged_by, given)
    values ($1, $2, $3, $4, $5, $6)
  )
  update contact set merged_into = $3 where workspace_id = $1 and (contact_id = $4 or merged_into = $4)`,
).needs('contact', 'conversation');

/** All that was merged into `mergedId` goes along. */
export async function joinContact(
  tx: Writing<typeof join_, Tx>,
  merge: {
    workspaceId: string;
    mergeId: string;
    keptId: string;
    mergedId: string;
    by: string;
    given: object;
  },
): Promise<void> {
  const { workspaceId, mergeId, keptId, mergedId, by, given } = merge;
  const values = [workspaceId, mergeId, keptId, mergedId, by, JSON.stringify(given)];
  await query(tx, join_, values);
}

export interface MergeRow {
  mergeId: string;
  keptId: string;
  mergedId: string;
  mergedAt: Date;
  mergedBy: string;
  given: { fields: object; groups: string[]; tags: string[]; attributes: Record<string, unknown> };
  undoneAt: Date | null;
  undoneBy: string | null;
}
const columns = `m.merge_id as "mergeId", m.kept_id as "keptId", m.merged_id as "mergedId", m.merged_at as "mergedAt",
  m.merged_by as "mergedBy", m.given, m.undone_at as "undoneAt", m.undone_by as "undoneBy"`;

const lockMerge_ = statement<MergeRow>(
  'lock-contact-merge',
  `select ${columns} from contact_merge m where m.workspace_id = $1 and m.merge_id = $2 for update`,
);

export function lockMerge(
  tx: Tx,
  key: { workspaceId: string; mergeId: string },
): Promise<MergeRow | null> {
  return queryOne(tx, lockMerge_, [key.workspaceId, key.mergeId]);
}

// What was merged into the one that leaves, before or since, leaves with it.
const part_ = statement<{ contactId: string }>(
  'part-contact',
  `with recursive undone as (
    update contact_merge set undone_at = clock_timestamp(), undone_by = $3
    where workspace_id = $1 and merge_id = $2 returning merged_id
  ), leaving (contact_id) as (
    select merged_id from undone
    union
    select m.merged_id from leaving l join contact_merge m on m.workspace_id = $1 and m.kept_id = l.contact_id
    where m.undone_at is null and m.merge_id <> $2
  )
  update contact k set merged_into = nullif((select merged_id from undone), k.contact_id) from leaving l
  where k.workspace_id = $1 and k.contact_id = l.contact_id returning k.contact_id as "contactId"`,
).needs('contact', 'conversation');

/** Answers the rows that left. */
export async function partContact(
  tx: Writing<typeof part_, Tx>,
  args: { workspaceId: string; mergeId: string; by: string },
): Promise<string[]> {
  const rows = await query(tx, part_, [args.workspaceId, args.mergeId, args.by]);
  return rows.map(({ contactId }) => contactId);
}

const listMerges_ = statement<
  MergeRow & { name: string | null; email: string | null; phone: string | null; externalId: string }
>(
  'list-contact-merges',
  `select ${columns}, k.name, k.email, k.phone, k.external_id as "externalId" from contact_merge m
  join contact k on k.workspace_id = $1 and k.contact_id = m.merged_id
  where m.workspace_id = $1 and m.kept_id in (${rowsOf('$2')}) order by m.merged_at desc, m.merge_id limit 100`,
);

/** Of the contact and of what was merged into it; the newest first. */
export function listMerges(db: Db, key: { workspaceId: string; contactId: string }) {
  return query(db, listMerges_, [key.workspaceId, key.contactId]);
}

const countOf_ = statement<{ conversations: number }>(
  'count-conversations-of-contact',
  `select count(*)::integer as conversations from conversation
  where workspace_id = $1 and contact_id in (${rowsOf('$2')})`,
);

export async function countConversationsOf(
  db: Db,
  key: { workspaceId: string; contactId: string },
): Promise<number> {
  return (await queryOne(db, countOf_, [key.workspaceId, key.contactId]))?.conversations ?? 0;
}
