// Keeps the schema of a release and a few rows of every table, for test/house/upgrade.test.ts. Run it from the released code:
//   DATABASE_URL=… npm run -s keep-release -- 1.2.3     (the database must be empty)

import { writeFile } from 'node:fs/promises';
import { v7 as uuid } from 'uuid';
import { defaultPolicy } from '../src/contract/policy/policy.ts';
import { changeConversation } from '../src/desk/change-conversation.ts';
import { createEndpoint } from '../src/desk/change-endpoint.ts';
import { createGroup } from '../src/desk/change-group.ts';
import { closeConversation } from '../src/desk/close-conversation.ts';
import type { Desk } from '../src/desk/context.ts';
import { makeToken } from '../src/desk/make-token.ts';
import { makeRoster } from '../src/desk/roster.ts';
import { routeWaiting } from '../src/desk/route-waiting.ts';
import { createAgent } from '../src/desk/update-agent.ts';
import { appendMessageRow } from '../src/store/messages.ts';
import { migrate } from '../src/store/migrate.ts';
import { listWorkspaceTables } from '../src/store/operate-workspaces.ts';
import { openPool } from '../src/store/pool.ts';
import { withTx } from '../src/store/tx.ts';
import { insertPolicy, insertWorkspace } from '../src/store/workspaces.ts';
import { makeChannel, makeConversation } from '../test/makers/make-conversation.ts';
import { promising } from '../test/makers/promising.ts';
import { silentDesk } from '../test/makers/silent-desk.ts';

const [release] = process.argv.slice(2);
const connectionString = process.env.DATABASE_URL;
if (release === undefined || connectionString === undefined)
  throw new Error('Name the release, and in DATABASE_URL an empty database.');
const pool = openPool({ connectionString, onIdleError: () => {} });
if ((await migrate(pool)).length === 0) throw new Error('The database is not empty.');
const desk = silentDesk(pool);
await fill(desk);
const { rows: migrations } = await pool.query('select name, checksum from migration order by name');
const { rows: sequences } = await pool.query(
  `select sequencename as name, last_value as last from pg_sequences
  where schemaname = 'public' and last_value is not null order by 1`,
);
const tables = await readTables();
await pool.end();
const lines = Object.entries(tables).map(([name, rows]) => {
  return `${JSON.stringify(name)}: [\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]`;
});
const text = `{\n"migrations": ${JSON.stringify(migrations, null, 1)},\n"sequences": ${JSON.stringify(sequences)},\n"tables": {\n${lines.join(',\n')}\n}\n}\n`;
await writeFile(new URL(`../test/fixtures/releases/${release}.json`, import.meta.url), text);

/** Who waits, is answered and is over, with what was said, decided, told and is to be told. */
async function fill(desk: Desk): Promise<void> {
  const workspaceId = uuid();
  await insertWorkspace(desk.db, { workspaceId, name: 'Ours', defaultCapacity: 2 });
  await insertPolicy(promising(desk.db), {
    workspaceId,
    policy: defaultPolicy,
    createdBy: 'script',
  });
  const by = { workspaceId, actor: 'script' };
  const [teamId, skillId] = [uuid(), uuid()];
  await createGroup(desk, 'skill', { ...by, id: skillId, name: 'Spanish' });
  await createGroup(desk, 'team', { ...by, id: teamId, name: 'Orders', skillIds: [skillId] });
  const groups = { teamIds: [teamId], skillIds: [skillId] };
  await createAgent(desk, workspaceId, { name: 'Ana', availability: 'online', ...groups });
  await createAgent(desk, workspaceId, { name: 'Budi', capacity: 1, actor: 'script' });
  await makeToken(desk, { workspaceId, name: 'reports', role: 'supervisor' });
  const events = ['conversation.opened', 'conversation.assigned', 'conversation.closed'];
  await createEndpoint(desk, by, { url: 'https://example.com/hook', events });
  const chat = await makeChannel({ desk, workspaceId }, { teamId });
  const qiscus = await makeChannel({ desk, workspaceId }, { kind: 'qiscus', weight: 2 });
  const [conversationId] = await openSome(desk, workspaceId, [chat, chat, chat, qiscus]);
  await routeWaiting(desk, { workspaceId, roster: makeRoster(workspaceId) });
  const key = { workspaceId, conversationId: conversationId as string };
  await say(desk, key);
  await changeConversation(desk, { ...key, tags: ['late'], priority: 'high', actor: 'script' });
  const ending = { reason: 'solved', note: 'Sent again.', actor: 'script', acting: null };
  await closeConversation(desk, { ...key, ...ending, tellRemote: false });
}

async function openSome(
  desk: Desk,
  workspaceId: string,
  channels: readonly Parameters<typeof makeConversation>[1][],
): Promise<string[]> {
  const opened: string[] = [];
  for (const channel of channels)
    opened.push(await makeConversation({ desk, workspaceId }, channel));
  return opened;
}

async function say(
  desk: Desk,
  key: { workspaceId: string; conversationId: string },
): Promise<void> {
  const words = {
    kind: 'text',
    text: 'Where is my parcel?',
    attachments: [],
    late: false,
  } as const;
  const author = { authorKind: 'contact', authorId: null } as const;
  await withTx(desk.db, (tx) =>
    appendMessageRow(promising(tx), { ...key, messageId: uuid(), ...words, ...author }),
  );
}

/** Those that others refer to come first. */
async function readTables(): Promise<Record<string, unknown[]>> {
  const left = await listWorkspaceTables(pool);
  const done: Record<string, unknown[]> = {};
  while (left.length > 0) {
    const next = left.findIndex(({ needs }) => needs.every((table) => table in done));
    const name = left[next]?.name;
    if (name === undefined) throw new Error('These tables refer to each other in a circle.');
    left.splice(next, 1);
    const { rows } = await pool.query(`select to_jsonb(t) as row from ${name} t order by t`);
    done[name] = rows.map(({ row }) => row);
  }
  return Object.fromEntries(Object.entries(done).filter(([, rows]) => rows.length > 0));
}
