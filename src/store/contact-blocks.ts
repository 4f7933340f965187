// Who is blocked: contacts on all their channels, and addresses from which web chat is asked for.
import type { Writing } from './effects.ts';
import { type Db, query, queryOne, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface BlockRow {
  blockId: string;
  reason: string;
  blockedAt: Date;
  blockedBy: string;
}

const block_ = statement<never>(
  'block-contact',
  `with written as (
    insert into contact_block (workspace_id, block_id, contact_id, reason, blocked_by) values ($1, $2, $3, $4, $5)
  )
  update contact set blocked_at = clock_timestamp() where workspace_id = $1 and contact_id = any ($6::uuid[])`,
).needs('contact');

/** `rows`: all rows of the contact, locked. */
export async function blockContactRows(
  tx: Writing<typeof block_, Tx>,
  args: {
    workspaceId: string;
    blockId: string;
    contactId: string;
    rows: readonly string[];
    reason: string;
    by: string;
  },
): Promise<void> {
  const { workspaceId, blockId, contactId, rows, reason, by } = args;
  await query(tx, block_, [workspaceId, blockId, contactId, reason, by, rows]);
}

const unblock_ = statement<{ blockId: string }>(
  'unblock-contact',
  `with lifted as (
    update contact_block set lifted_at = clock_timestamp(), lifted_by = $3
    where workspace_id = $1 and contact_id = any ($2::uuid[]) and lifted_at is null returning block_id
  ), cleared as (
    update contact set blocked_at = null where workspace_id = $1 and contact_id = any ($2::uuid[])
  )
  select block_id as "blockId" from lifted`,
).needs('contact');

/** Of all these rows of a contact. Answers whether one was blocked. */
export async function unblockContactRows(
  tx: Writing<typeof unblock_, Tx>,
  args: { workspaceId: string; rows: readonly string[]; by: string },
): Promise<boolean> {
  return (await query(tx, unblock_, [args.workspaceId, args.rows, args.by])).length > 0;
}

const spread_ = statement<never>(
  'spread-contact-block',
  `update contact set blocked_at = (select min(b.blocked_at) from contact_block b
    where b.workspace_id = $1 and b.contact_id = any ($2::uuid[]) and b.lifted_at is null)
  where workspace_id = $1 and contact_id = any ($2::uuid[])`,
).needs('contact');

/** Who was merged with somebody blocked is blocked; who has left them is not, unless blocked before. */
export async function spreadBlock(
  tx: Writing<typeof spread_, Tx>,
  args: { workspaceId: string; rows: readonly string[] },
): Promise<void> {
  await query(tx, spread_, [args.workspaceId, args.rows]);
}

const columns = `block_id as "blockId", reason, blocked_at as "blockedAt", blocked_by as "blockedBy"`;
const findBlock_ = statement<BlockRow>(
  'find-contact-block',
  `select ${columns} from contact_block where workspace_id = $1 and lifted_at is null and contact_id in (
    select o.contact_id from contact o where o.workspace_id = $1 and (o.contact_id = $2 or o.merged_into = $2))
  order by blocked_at limit 1`,
);

/** Of the contact that stands for itself. null: not blocked. */
export function findBlock(
  db: Db,
  key: { workspaceId: string; contactId: string },
): Promise<BlockRow | null> {
  return queryOne(db, findBlock_, [key.workspaceId, key.contactId]);
}

export type NetworkBlockRow = BlockRow & { network: string };

const listNetworks_ = statement<NetworkBlockRow>(
  'list-network-blocks',
  `select ${columns}, network::text as network from network_block where workspace_id = $1 order by blocked_at desc, block_id`,
);

export function listNetworkBlocks(db: Db, workspaceId: string): Promise<NetworkBlockRow[]> {
  return query(db, listNetworks_, [workspaceId]);
}

const insertNetwork_ = statement<NetworkBlockRow>(
  'insert-network-block',
  `insert into network_block (workspace_id, block_id, network, reason, blocked_by)
  select $1, $2, network($3::inet), $4, $5 where (select count(*) from network_block where workspace_id = $1) < $6
  returning ${columns}, network::text as network`,
);

/** null: there are as many as may be. */
export function insertNetworkBlock(
  tx: Tx,
  block: {
    workspaceId: string;
    blockId: string;
    network: string;
    reason: string;
    by: string;
    most: number;
  },
): Promise<NetworkBlockRow | null> {
  const { workspaceId, blockId, network, reason, by, most } = block;
  return queryOne(tx, insertNetwork_, [workspaceId, blockId, network, reason, by, most]);
}

const deleteNetwork_ = statement<{ network: string }>(
  'delete-network-block',
  `delete from network_block where workspace_id = $1 and block_id = $2 returning network::text as network`,
);

/** Answers the network. null: there is none. */
export async function deleteNetworkBlock(
  tx: Tx,
  key: { workspaceId: string; blockId: string },
): Promise<string | null> {
  return (await queryOne(tx, deleteNetwork_, [key.workspaceId, key.blockId]))?.network ?? null;
}

const isBlocked_ = statement<{ blocked: boolean }>(
  'is-address-blocked',
  `select exists (select from network_block where workspace_id = $1 and network >>= $2::inet) as blocked`,
);

export async function isAddressBlocked(
  db: Db,
  args: { workspaceId: string; address: string },
): Promise<boolean> {
  return (await queryOne(db, isBlocked_, [args.workspaceId, args.address]))?.blocked === true;
}

const endWithin_ = statement<{ sessionId: string }>(
  'end-web-sessions-within-network',
  `update web_session set ended_at = now()
  where workspace_id = $1 and ended_at is null and address <<= network($2::inet) returning session_id as "sessionId"`,
).needs('rights');

/** The visitors' sessions that were asked for from there. */
export async function endSessionsWithin(
  tx: Writing<typeof endWithin_, Tx>,
  args: { workspaceId: string; network: string },
): Promise<string[]> {
  const rows = await query(tx, endWithin_, [args.workspaceId, args.network]);
  return rows.map(({ sessionId }) => sessionId);
}
