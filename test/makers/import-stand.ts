// A database of another desk, an Usher beside it, and what Usher has of it afterwards.
import { readFile } from 'node:fs/promises';
import type { Pool } from 'pg';
import { readConfig } from '../../src/config.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { type Imported, type ImportWish, importFrom } from '../../src/startup/import-from.ts';
import { makeDatabase } from './make-database.ts';
import { NO_QISCUS, startTestUsher, type TestUsher } from './start-test-usher.ts';

export interface ImportStand {
  usher: TestUsher;
  /** Of the other desk. */
  source: Pool;
  put(table: string, row: object): Promise<number>;
  run(wish?: Partial<ImportWish>): Promise<Imported>;
}

export async function startImportStand(desk: ImportWish['desk']): Promise<ImportStand> {
  const usher = await startTestUsher(NO_QISCUS);
  const { pool: source, url } = await makeDatabase({ empty: true });
  const tables = new URL(`../fixtures/other-desks/${desk}.sql`, import.meta.url);
  await source.query(await readFile(tables, 'utf8'));
  const { database, dataDir } = usher;
  const config = readConfig({ DATABASE_URL: database.url, USHER_DATA_DIR: dataDir });
  const usual = { desk, from: url, schema: 'public', account: null, workspace: 'default' };
  return {
    usher,
    source,
    put: async (table, row) => {
      const names = Object.keys(row).map((name) => `"${name}"`);
      const places = names.map((_, at) => `$${at + 1}`);
      const { rows } = await source.query<{ id: number }>(
        `insert into ${table} (${names.join(', ')}) values (${places.join(', ')}) returning id`,
        Object.values(row),
      );
      return Number(rows[0]?.id);
    },
    run: (wish = {}) => importFrom(config, { ...usual, label: desk, dryRun: false, ...wish }),
  };
}

export interface PastMessage {
  kind: string;
  author: string;
  agent: string | null;
  text: string;
  at: string;
}

export interface PastConversation {
  number: string;
  state: string;
  contact: string | null;
  agent: string | null;
  team: string | null;
  priority: string;
  tags: string[];
  opened: string;
  ended: string;
  rating: number | null;
  messages: PastMessage[];
}

/** By their numbers over there. */
export async function readPast({
  database: { pool },
}: TestUsher): Promise<Map<string, PastConversation>> {
  const { rows } = await pool.query<{ one: PastConversation }>(
    `select jsonb_build_object('number', c.external_id, 'state', c.state, 'contact', k.name, 'agent', a.email, 'team', t.name,
      'priority', c.priority, 'tags', c.tags, 'opened', ${UTC('c.queued_at')}, 'ended', ${UTC('c.closed_at')}, 'rating', c.rating_score,
      'messages', (select coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'author', m.author_kind, 'agent', g.email,
          'text', m.text, 'at', ${UTC('m.created_at')}) order by m.seq), '[]')
        from message m left join agent g on g.workspace_id = $1 and g.agent_id = m.author_id
        where m.workspace_id = $1 and m.conversation_id = c.conversation_id)) as one
    from conversation c join contact k on k.workspace_id = $1 and k.contact_id = c.contact_id
      left join agent a on a.workspace_id = $1 and a.agent_id = c.agent_id
      left join team t on t.workspace_id = $1 and t.team_id = c.team_id
    where c.workspace_id = $1`,
    [DEFAULT_WORKSPACE],
  );
  return new Map(rows.map(({ one }) => [one.number, one]));
}

const UTC = (column: string) =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;

/** A digest of all rows of the tables that an import may write. */
export async function digestTables({
  database: { pool },
}: TestUsher): Promise<Record<string, string>> {
  const tables = ['agent', 'user_account', 'agent_team', 'team', 'tag', 'canned_reply', 'channel'];
  const past = [
    'contact',
    'conversation',
    'message',
    'assignment',
    'event',
    'delivery',
    'audit_entry',
  ];
  const digests: Record<string, string> = {};
  for (const table of [...tables, ...past]) {
    const { rows } = await pool.query(
      `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '' order by t::text)), '') as digest from ${table} t`,
    );
    digests[table] = rows[0].digest;
  }
  return digests;
}
