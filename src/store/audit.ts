// Who changed what. Secrets never get here.
import type { displayName } from '../contract/display-name.ts';
import { type Db, query, statement } from './sql.ts';
import type { Tx } from './tx.ts';

export interface AuditEntry {
  workspaceId: string;
  actor: string;
  /** As `endpoint.updated`. */
  action: string;
  objectId: string;
  change: Record<string, unknown>;
}

const addEntry_ = statement<never>(
  'add-audit-entry',
  `insert into audit_entry (workspace_id, actor, action, object_id, change) values ($1, $2, $3, $4, $5)`,
);

/** In the transaction of the change itself. */
export async function addAuditEntry(tx: Tx, entry: AuditEntry): Promise<void> {
  const { workspaceId, actor, action, objectId, change } = entry;
  await query(tx, addEntry_, [workspaceId, actor, action, objectId, JSON.stringify(change)]);
}

export type AuditRow = AuditEntry & {
  entryId: number;
  at: Date;
  /** The name of the object now, or its last one; null: it has no name. */
  objectName: string | null;
  /** The agent of the conversation. */
  contact: Parameters<typeof displayName>[0] | null;
};

// When the object is gone, only the entry knows its name.
const NAMED = ['name', 'shortcut', 'url', 'email'];
const lastName = `(select coalesce(${NAMED.map((key) => `p.change ->> '${key}'`).join(', ')}) from audit_entry p
    where p.workspace_id = $1 and p.object_id = e.object_id and p.change ?| array[${NAMED.map((key) => `'${key}'`).join(', ')}]
    order by p.entry_id desc limit 1)`;
const nameOf = (table: string, key: string, name = 'name') =>
  `(select o.${name} from ${table} o where o.workspace_id = $1 and o.${key} = e.object_id)`;

const listEntries_ = statement<AuditRow>(
  'list-audit-entries',
  `select e.workspace_id as "workspaceId", e.entry_id as "entryId", e.at, e.actor, e.action, e.object_id as "objectId", e.change,
    case split_part(e.action, '.', 1)
      when 'agent' then ${nameOf('agent', 'agent_id')}
      when 'user' then coalesce(${nameOf('user_account', 'user_id')}, ${lastName})
      when 'sign-in' then ${nameOf('user_account', 'user_id')}
      when 'channel' then ${nameOf('channel', 'channel_id')}
      when 'endpoint' then ${nameOf('endpoint', 'endpoint_id', 'url')}
      when 'token' then coalesce(${nameOf('token', 'token_id')}, ${lastName})
      when 'team' then coalesce(${nameOf('team', 'team_id')}, ${lastName})
      when 'skill' then coalesce(${nameOf('skill', 'skill_id')}, ${lastName})
      when 'tag' then coalesce(${nameOf('tag', 'tag_id')}, ${lastName})
      when 'automation' then coalesce(${nameOf('automation', 'automation_id')}, ${lastName})
      when 'macro' then coalesce(${nameOf('macro', 'macro_id')}, ${lastName})
      when 'canned-reply' then coalesce(${nameOf('canned_reply', 'canned_reply_id', 'shortcut')}, ${lastName})
    end as "objectName",
    case when e.action like 'conversation.%' then (
      select jsonb_build_object('name', k.name, 'email', k.email, 'phone', k.phone, 'externalId', k.external_id)
      from conversation c join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
      where c.workspace_id = $1 and c.conversation_id = e.object_id) end as contact
  from audit_entry e where e.workspace_id = $1 and e.entry_id < $2
    and ($4::text is null or e.actor = $4) and ($5::text is null or split_part(e.action, '.', 1) = $5)
    and ($6::uuid is null or e.object_id = $6)
    and ($7::timestamptz is null or e.at >= $7) and ($8::timestamptz is null or e.at < $8)
  order by e.entry_id desc limit $3`,
);

export interface AuditFilter {
  actor?: string | undefined;
  /** The noun of the action. */
  kind?: string | undefined;
  objectId?: string | undefined;
  from?: Date | undefined;
  to?: Date | undefined;
}

/** Newest first. */
export function listAuditEntries(
  db: Db,
  args: AuditFilter & { workspaceId: string; before: number; limit: number },
): Promise<AuditRow[]> {
  const { workspaceId, before, limit, actor, kind, objectId, from, to } = args;
  return query(db, listEntries_, [
    ...[workspaceId, before, limit, actor ?? null, kind ?? null],
    ...[objectId ?? null, from ?? null, to ?? null],
  ]);
}
