// A workspace leaves one installation and goes on in another: whole, consistent, and without anything that lets somebody in.
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Pool } from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { moveIn, moveOut } from '../../src/startup/move-workspace.ts';
import { leftOutTables, movedTables } from '../../src/store/moved-tables.ts';
import { openBrowser } from '../makers/browse.ts';
import { forgeArchive } from '../makers/forge-archive.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { makeDatabase } from '../makers/make-database.ts';
import { SECRETS, sayWithFile, startFilled } from '../makers/start-filled.ts';
import {
  eventually,
  NO_QISCUS,
  startTestUsher,
  type TestUsher,
} from '../makers/start-test-usher.ts';
import { fillDefault } from '../makers/two-workspaces.ts';

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'usher-move-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

const configOf = (usher: { database: { url: string }; dataDir: string }) =>
  readConfig({
    ...{ LOG_LEVEL: 'silent', DATABASE_URL: usher.database.url, USHER_DATA_DIR: usher.dataDir },
    ...{ PUBLIC_URL: 'https://new.example', ...NO_QISCUS },
  });

/** Another installation, with a workspace of its own in use. */
async function startOther(): Promise<TestUsher> {
  const usher = await startTestUsher(NO_QISCUS);
  await fillDefault(usher);
  await sayWithFile(usher);
  return usher;
}

type Row = Record<string, unknown>;

async function readTable(pool: Pool, table: string, workspaceId: string): Promise<Row[]> {
  const { rows } = await pool.query<{ row: Row }>(
    `select to_jsonb(t) as row from ${table} t where workspace_id = $1`,
    [workspaceId],
  );
  return rows.map(({ row }) => row);
}

const sorted = (rows: readonly Row[]) => rows.map((row) => JSON.stringify(row)).toSorted();

const ANY = 'anything';

const CHANGED: Record<string, Row> = {
  workspace: { slug: 'moved' },
  channel: { secrets: {}, switched_off_at: ANY },
  agent: {
    ...{ availability: 'offline', availability_changed_at: ANY, lease_until: 'infinity' },
    ...{ roster_version: ANY, external_load: 0 },
  },
  agent_status_change: { change_id: ANY },
  agent_capacity_change: { change_id: ANY },
  user_account: { password_hash: null },
  channel_update: { update_id: ANY },
  automation_run: { run_id: ANY },
  audit_entry: { entry_id: ANY },
  routing_pass: { pass_seq: ANY },
  web_session: { client_ids: [] },
};

/** Deliveries are numbered anew, in their order. */
function renumber(rows: readonly Row[]): Map<unknown, number> {
  const ids = rows.map((row) => Number(row.delivery_id)).toSorted((a, b) => a - b);
  return new Map(ids.map((id, at) => [id, at]));
}

interface Side {
  pool: Pool;
  workspaceId: string;
  /** Ids of this side, as the other side has them; null: it is the side where it arrives. */
  names: ReadonlyMap<string, string> | null;
}

/** As it should be on the other side; there, as it is. */
async function readSide({ pool, workspaceId, names }: Side, table: string): Promise<Row[]> {
  const numbers = renumber(await readTable(pool, 'delivery', workspaceId));
  const rename = (text: string) =>
    [...(names ?? [])].reduce((renamed, [from, to]) => renamed.replaceAll(from, to), text);
  return (await readTable(pool, table, workspaceId)).map((row) => {
    const renamed = JSON.parse(rename(JSON.stringify(row))) as Row;
    const changed = names === null ? renamed : { ...renamed, ...change(table, row) };
    const free = Object.entries(changed).map(([column, value]) => [
      column,
      change(table, row)[column] === ANY ? ANY : value,
    ]);
    const shown = Object.fromEntries(free) as Row;
    if ('delivery_id' in row && row.delivery_id !== null) {
      shown.delivery_id = numbers.get(Number(row.delivery_id));
    }
    return shown;
  });
}

/** What the other side stores instead, said here once more. */
function change(table: string, row: Row): Row {
  if (table === 'endpoint') {
    // That of the automations, which is no address elsewhere, stays on.
    const off = row.runs_automations === true ? {} : { enabled: false, disabled_reason: 'paused' };
    return { secrets: [], failures: 0, failing_since: null, ...off };
  }
  if (table === 'delivery') {
    const isMade = row.state === 'done' || (row.state === 'failed' && row.outcome !== LEFT);
    const left = isMade ? {} : { state: 'failed', outcome: LEFT, done_at: ANY };
    return { ...left, uncertain: false, behind_until: null };
  }
  return CHANGED[table] ?? {};
}

const LEFT = 'left to the installation that it came from';

test('everything of it arrives, table by table, and nothing that lets somebody in', async () => {
  const from = await startFilled();
  const to = await startOther();
  await from.stop();
  await to.stop();
  const path = join(await makeFolder(), 'one.workspace');

  const figures = await moveOut(configOf(from), { named: 'default', path });
  const { workspaceId, renamed, rows, invited } = await moveIn(configOf(to), {
    ...{ path, slug: 'moved', largest: 1 },
  });

  expect(rows).toBe(figures.rows);
  expect(figures.head.secrets).toEqual([
    expect.objectContaining({ what: 'endpoint', secret: 'secret' }),
    expect.objectContaining({ what: 'setting', name: 'alarm-slack' }),
  ]);
  // The web chat that each installation begins with has the same id in both.
  expect(renamed).toBe(1);
  expect(invited?.url).toMatch(/^https:\/\/new\.example\/invite\//);
  const text = gunzipSync(await readFile(path)).toString('latin1');
  for (const secret of SECRETS) expect(text, secret).not.toContain(secret);

  const names = await readNames({ from, to, workspaceId });
  const source = { pool: from.database.pool, workspaceId: DEFAULT_WORKSPACE, names };
  const target = { pool: to.database.pool, workspaceId, names: null };
  const empty: string[] = [];
  for (const table of Object.keys(movedTables)) {
    const there = (await readSide(source, table)).filter((row) => isMoving(table, row));
    const here = (await readSide(target, table)).filter((row) => !isOfArrival(table, row));
    if (there.length === 0) empty.push(table);
    expect(sorted(here), table).toEqual(sorted(there));
  }
  expect(empty, 'each table is tried').toEqual([]);
  const { rows: left } = await to.database.pool.query(
    `select availability, cause from agent_status_change where workspace_id = $1 and by = 'operator'`,
    [workspaceId],
  );
  expect(left.length).toBeGreaterThan(0);
  for (const table of Object.keys(leftOutTables).filter((name) => name !== 'invite')) {
    expect(await readTable(to.database.pool, table, workspaceId), table).toEqual([]);
  }
});

/** Said once more: what stays behind of tables that move. */
function isMoving(table: string, row: Row): boolean {
  if (table === 'setting')
    return !['mqtt-key', 'push-key', 'alarm-slack'].includes(String(row.key));
  if (table === 'alarm') return row.ended_at !== null;
  return true;
}

/** What the arrival itself has added. */
function isOfArrival(table: string, row: Row): boolean {
  if (table === 'audit_entry') return row.action === 'workspace.imported';
  return table === 'agent_status_change' && row.by === 'operator';
}

/** The workspace, and the channel whose id was taken, by its name. */
async function readNames(means: {
  from: TestUsher;
  to: TestUsher;
  workspaceId: string;
}): Promise<Map<string, string>> {
  const { from, to, workspaceId } = means;
  const find = async ({ database: { pool } }: TestUsher, id: string) =>
    (await readTable(pool, 'channel', id)).filter(({ name }) => name === 'Web chat');
  const [before] = await find(from, DEFAULT_WORKSPACE);
  const [after] = await find(to, workspaceId);
  return new Map([
    [DEFAULT_WORKSPACE, workspaceId],
    [String(before?.channel_id), String(after?.channel_id)],
  ]);
}

const stateCounts = `select state, count(*) as count from conversation where workspace_id = $1 group by 1 order by 1`;

test('it is routed on beside a running server, once its channel is switched on', async () => {
  const from = await startFilled();
  const to = await startOther();
  await from.stop();
  const path = join(await makeFolder(), 'one.workspace');
  await moveOut(configOf(from), { named: 'default', path });
  const { rows: before } = await from.database.pool.query(stateCounts, [DEFAULT_WORKSPACE]);
  expect(before.map(({ state }) => state)).toEqual(['assigned', 'closed', 'parked', 'waiting']);

  const options = { path, slug: 'moved', admin: 'onlydefault@example.com', largest: 1 };
  const { workspaceId, invited, channels } = await moveIn(configOf(to), options);

  const admin = openBrowser(to);
  const code = invited?.url.split('/').at(-1);
  const entered = await admin.send('POST', `/api/v1/invites/${code}`, {
    body: { password: 'correct horse battery' },
  });
  expect(entered.status, entered.text).toBe(200);
  const { body: mine } = await admin.send<{ items: { id: string; enabled: boolean }[] }>(
    'GET',
    '/api/v1/channels',
  );
  expect(mine.items.map(({ enabled }) => enabled)).toEqual(channels.map(() => false));
  const chat = channels.find(({ name }) => name === 'Web chat')?.id as string;
  const begin = () => to.call('POST', '/session', { body: { channelId: chat }, token: null });
  expect((await begin()).status, 'while it is off').toBe(404);

  const on = await admin.send('PATCH', `/api/v1/channels/${chat}`, { body: { enabled: true } });
  expect(on.status, on.text).toBe(200);
  expect((await begin()).status, 'when it is on').toBe(200);
  const waits = await admin.send<{ items: { id: string; skillIds: string[] }[] }>(
    'GET',
    '/api/v1/conversations?state=waiting',
  );
  const [rare] = waits.body.items;
  const { skillIds } = rare as { skillIds: string[] };
  const able = { name: 'Able', availability: 'online', skillIds };
  const made = await admin.send<{ id: string }>('POST', '/api/v1/agents', { body: able });
  expect(made.status, made.text).toBe(201);
  await eventually(
    async () => (await admin.send('GET', `/api/v1/conversations/${rare?.id}`)).body,
    (one) => one.agentId === made.body.id,
  );
  const { rows: others } = await to.database.pool.query(
    'select from conversation where workspace_id <> $1 and agent_id = $2',
    [workspaceId, made.body.id],
  );
  expect(others).toEqual([]);
});

test('what is written meanwhile is in it as a whole or not at all', async () => {
  const usher = await startTestUsher(NO_QISCUS);
  const { pool } = usher.database;
  const place = { desk: usher.desk, workspaceId: DEFAULT_WORKSPACE };
  const channel = await makeChannel(place);
  const made = await usher.call('POST', '/api/v1/agents', {
    body: { name: 'Ana', availability: 'online', capacity: 1000 },
  });
  expect(made.status).toBe(201);
  let goesOn = true;
  const write = async () => {
    while (goesOn) {
      const id = await makeConversation(place, channel, {});
      await usher.call('POST', `/api/v1/conversations/${id}/notes`, { body: { text: 'n' } });
    }
  };
  const writing = [write(), write(), write()];
  const folder = await makeFolder();
  const paths = [1, 2, 3].map((no) => join(folder, `${no}.workspace`));
  await eventually(
    async () => (await pool.query('select from message')).rowCount ?? 0,
    (count) => count > 20,
  );
  for (const path of paths) await moveOut(configOf(usher), { named: 'default', path });
  goesOn = false;
  await Promise.all(writing);

  const to = await makeDatabase();
  const found: number[] = [];
  for (const [no, path] of paths.entries()) {
    const config = configOf({ database: to, dataDir: folder });
    const { workspaceId } = await moveIn(config, { path, slug: `w${no}`, largest: 1 });
    const { rows } = await to.pool.query(INCONSISTENT, [workspaceId]);
    expect(rows).toEqual([]);
    found.push((await readTable(to.pool, 'message', workspaceId)).length);
  }
  const [first = 0, second = 0, third = 0] = found;
  const last = (await readTable(pool, 'message', DEFAULT_WORKSPACE)).length;
  expect(first).toBeGreaterThan(20);
  expect([second > first, third > second, last > third], 'it was written on').toEqual([
    ...[true, true, true],
  ]);
});

/** What no moment of a workspace shows. */
const INCONSISTENT = `
  select 'load' as what, agent_id as id from agent a where workspace_id = $1 and load <> (
    select coalesce(sum(c.weight), 0) from conversation c
    where c.workspace_id = $1 and c.agent_id = a.agent_id and c.state = 'assigned')
  union all select 'messages', conversation_id from conversation c where workspace_id = $1 and message_seq <> (
    select count(*) from message m where m.workspace_id = $1 and m.conversation_id = c.conversation_id)
  union all select 'events', conversation_id from conversation c where workspace_id = $1 and event_seq <> (
    select count(*) from event e where e.workspace_id = $1 and e.stream_id = c.conversation_id)
  union all select 'contact', conversation_id from conversation c where workspace_id = $1 and not exists (
    select from contact k where k.workspace_id = $1 and k.contact_id = c.contact_id)
  union all select 'assignment', conversation_id from conversation c where workspace_id = $1 and state = 'assigned'
    and not exists (select from assignment a where a.workspace_id = $1 and a.conversation_id = c.conversation_id and ended_at is null)`;

/** Of one table: its head, its rows and their count. */
const tablePart = (text: string, table: string) => {
  const from = text.indexOf(`{"table":"${table}"`);
  const until = text.indexOf('\n{"table"', from);
  return text.slice(from, until < 0 ? text.length : until + 1);
};
const rowsOf = (text: string, table: string) => tablePart(text, table).split('\n').slice(1, -3);
const headOf = (text: string, change: (head: Record<string, unknown>) => object) => {
  const [first = '', ...rest] = text.split('\n');
  return [JSON.stringify(change(JSON.parse(first))), ...rest].join('\n');
};

interface Victim {
  channelId: string;
  workspaceId: string;
}

/** How the file is changed, and what is said then. */
const HOSTILE: [string, (text: string, victim: Victim) => string, RegExp][] = [
  [
    'a newer format',
    (text) => headOf(text, (head) => ({ ...head, usherWorkspace: 2 })),
    /A newer Usher has written it/,
  ],
  [
    'a migration that is not known',
    (text) =>
      headOf(text, (head) => ({
        ...head,
        migrations: [...(head.migrations as object[]), { name: '999-later.sql', checksum: 'x' }],
      })),
    /newer Usher has made it \(999-later\.sql\)/,
  ],
  [
    'an older schema',
    (text) =>
      headOf(text, (head) => ({ ...head, migrations: (head.migrations as object[]).slice(0, -1) })),
    /Update the installation that it comes from/,
  ],
  [
    'no workspace',
    (text) => text.replace(/^.*\n/, '{"usherBackup":1}\n'),
    /is no exported workspace/,
  ],
  [
    'a table that does not move',
    (text) => text.replace('{"table":"tag"', '{"table":"token"'),
    /the table token does not belong there/,
  ],
  [
    'a table that is none',
    (text) => text.replace('{"table":"tag"', '{"table":"pg_class"'),
    /the table pg_class does not belong there/,
  ],
  [
    'a table twice',
    (text) => text.replace(tablePart(text, 'team'), (one) => one + one),
    /the table team does not belong there/,
  ],
  [
    'a table less',
    (text) => text.replace(tablePart(text, 'routing_pass'), ''),
    /the table routing_pass is missing/,
  ],
  [
    'other columns',
    (text) =>
      text.replace('"columns":["workspace_id","team_id"', '"columns":["team_id","workspace_id"'),
    /the table team has other columns/,
  ],
  [
    'a row of another workspace',
    (text, { workspaceId }) => {
      const [row = ''] = rowsOf(text, 'contact');
      return text.replace(row, () => `${row.replace(/^[^\t]+/, workspaceId)}`);
    },
    /the table contact holds rows of another workspace/,
  ],
  [
    'the channel of another, in capital letters',
    (text, { channelId }) => {
      const [row = ''] = rowsOf(text, 'channel');
      return text.replace(row, () => row.replace(/\t[^\t]+/, `\t${channelId.toUpperCase()}`));
    },
    /it holds a channel of this installation/,
  ],
  [
    'two workspaces',
    (text) => text.replace(rowsOf(text, 'workspace')[0] as string, (row) => `${row}\n${row}`),
    /it is not one workspace/,
  ],
  [
    'a value of another type',
    (text) =>
      text.replace(rowsOf(text, 'shift')[0] as string, (row) =>
        row.replace(/\t2026-[^\t]*/, '\tnever'),
      ),
    /the table shift does not fit: /,
  ],
  [
    'what a constraint refuses',
    (text) =>
      text.replace(rowsOf(text, 'agent_limit')[0] as string, (row) =>
        row.replace(/\t[^\t]+$/, '\t-1'),
      ),
    /the table agent_limit does not fit: /,
  ],
  [
    'a policy that is none',
    (text) => text.replace(/"strategy": "least-loaded"/g, '"strategy": "nobody"'),
    /its policy does not hold here/,
  ],
  [
    'a word that is none',
    (text) =>
      headOf(text, (head) => ({
        ...head,
        workspace: { ...(head.workspace as object), slug: '../x' },
      })),
    /it cannot be called/,
  ],
  [
    'a bomb',
    (text) => text.replace(rowsOf(text, 'tag')[0] as string, (row) => row + 'x'.repeat(80_000_000)),
    /it unpacks to more than 200 times its size/,
  ],
  ['something after its end', (text) => `${text}{"end":"x"}\n`, /its checksum differs/],
];

test('a file that somebody has forged or broken is refused, and nothing is written', async () => {
  const from = await startFilled();
  const to = await startOther();
  await from.stop();
  await to.stop();
  const folder = await makeFolder();
  const good = join(folder, 'good.workspace');
  await moveOut(configOf(from), { named: 'default', path: good });
  const { rows } = await to.database.pool.query(
    `select channel_id as id from channel where name = 'Web chat'`,
  );
  const victim = { channelId: rows[0].id, workspaceId: DEFAULT_WORKSPACE.replace('0190', '0191') };
  const count = () => countAll(to.database.pool);
  const before = await count();
  const path = join(folder, 'forged.workspace');
  const options = { path, slug: undefined, largest: 1 };

  for (const [name, forge, says] of HOSTILE) {
    await copyFile(good, path);
    await forgeArchive(path, (text) => {
      const forged = forge(text, victim);
      expect(forged, `${name} changes something`).not.toBe(text);
      return forged;
    });
    await expect(moveIn(configOf(to), options), name).rejects.toThrow(says);
    expect(await count(), name).toEqual(before);
  }
  const whole = await readFile(good);
  await writeFile(path, whole.subarray(0, whole.length - 20));
  await expect(moveIn(configOf(to), options)).rejects.toThrow('it is cut short or changed');
  await writeFile(path, 'no archive');
  await expect(moveIn(configOf(to), options)).rejects.toThrow('is no exported workspace');
  await expect(moveIn(configOf(to), { ...options, path: good })).rejects.toThrow(
    'A workspace is called default here already',
  );
  await expect(
    moveIn(configOf(to), { ...options, path: good, slug: 'x', admin: 'nobody@example.com' }),
  ).rejects.toThrow('nobody@example.com is no admin of it');
  await expect(
    moveIn(configOf(to), { ...options, path: good, slug: 'x', largest: 0.00001 }),
  ).rejects.toThrow('allow it with --largest');
  expect(await count()).toEqual(before);
});

async function countAll(pool: Pool): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of [...Object.keys(movedTables), ...Object.keys(leftOutTables)]) {
    counts[table] = (await pool.query(`select from ${table}`)).rowCount ?? 0;
  }
  return counts;
}

test('what lets somebody in is not taken from a file that brings it', async () => {
  const from = await startFilled();
  await from.stop();
  const folder = await makeFolder();
  const path = join(folder, 'forged.workspace');
  await moveOut(configOf(from), { named: 'default', path });
  await forgeArchive(path, (text) => {
    const columns = (table: string): string[] =>
      JSON.parse(tablePart(text, table).split('\n')[0] as string).columns;
    const put = (changed: string, table: string, values: Record<string, string>) =>
      changed.replace(rowsOf(changed, table)[0] as string, (row) => {
        const cells = row.split('\t');
        for (const [name, value] of Object.entries(values))
          cells[columns(table).indexOf(name)] = value;
        return cells.join('\t');
      });
    let forged = put(text, 'channel', {
      secrets: '{"secret":"known-to-me"}',
      switched_off_at: '\\N',
    });
    forged = put(forged, 'user_account', { password_hash: 'known-to-me' });
    return put(forged, 'endpoint', {
      secrets: '[{"secret":"known-to-me"}]',
      enabled: 't',
      disabled_reason: '\\N',
    });
  });
  const to = await makeDatabase();
  const config = configOf({ database: to, dataDir: folder });
  const { workspaceId } = await moveIn(config, { path, slug: 'moved', largest: 1 });
  for (const table of ['channel', 'user_account', 'endpoint']) {
    const rows = await readTable(to.pool, table, workspaceId);
    expect(rows.length, table).toBeGreaterThan(0);
    expect(JSON.stringify(rows), table).not.toContain('known-to-me');
  }
  expect(
    (await readTable(to.pool, 'channel', workspaceId)).map((row) => row.switched_off_at),
  ).not.toContain(null);
});

test('a file that is here already is given another id, and what names it follows', async () => {
  const usher = await startFilled();
  await usher.stop();
  const { pool } = usher.database;
  const path = join(await makeFolder(), 'one.workspace');
  await moveOut(configOf(usher), { named: 'default', path });

  const { workspaceId } = await moveIn(configOf(usher), { path, slug: 'twin', largest: 1 });

  const files = async (id: string) =>
    (await readTable(pool, 'attachment', id)).map((row) => String(row.attachment_id));
  const [before, after] = [await files(DEFAULT_WORKSPACE), await files(workspaceId)];
  expect(after.length).toBe(before.length);
  expect(before.filter((id) => after.includes(id))).toEqual([]);
  for (const table of ['message', 'event']) {
    const text = JSON.stringify(await readTable(pool, table, workspaceId));
    for (const id of before) expect(text, table).not.toContain(id);
    for (const id of after) expect(text, table).toContain(`attachments/${id}/`);
  }
});

test('each table of a workspace moves, or is left out with a reason', async () => {
  const { pool } = await makeDatabase();
  const { rows } = await pool.query<{ name: string }>(
    `select table_name as name from information_schema.columns
    where table_schema = 'public' and column_name = 'workspace_id' order by 1`,
  );
  const known = [...Object.keys(movedTables), ...Object.keys(leftOutTables)];
  expect(known.toSorted()).toEqual(rows.map(({ name }) => name));
  for (const [table, reason] of Object.entries(leftOutTables))
    expect(reason.length, table).toBeGreaterThan(5);
  // The order in which each finds what it points to.
  const { rows: keys } = await pool.query<{ table: string; needs: string }>(
    `select conrelid::regclass::text as table, confrelid::regclass::text as needs from pg_constraint
    where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  const order = Object.keys(movedTables);
  const wrong = keys.filter(
    ({ table, needs }) => table in movedTables && order.indexOf(needs) > order.indexOf(table),
  );
  expect(wrong).toEqual([]);
  // Settings that hold a secret are said in one place more.
  const sealed = await readFile(
    new URL('../../src/store/sealed-secrets.ts', import.meta.url),
    'utf8',
  );
  const [, secretKeys] = /where key in \(([^)]*)\)/.exec(sealed) ?? [];
  expect(movedTables.setting?.where).toBe(`key not in (${secretKeys})`);
});
