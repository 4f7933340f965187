// The embedded database ends under a living server: the server says so and ends; what it had answered is there.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { eventually, TOKEN } from '../makers/start-test-usher.ts';
import { LOST_DATABASE, saying } from '../makers/watch-errors.ts';
import { startServerProcess } from './server-process.ts';

const WEBHOOK = '/api/v1/webhook/agent_allocation/webhook-secret';

async function post(url: string, roomId: string): Promise<boolean> {
  const body = JSON.stringify({ app_id: 'app', room_id: roomId, source: 'qiscus' });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url + WEBHOOK, { method: 'POST', headers, body }).catch(() => null);
  return answer?.status === 200;
}

async function listRooms(url: string): Promise<Set<string>> {
  const rooms = new Set<string>();
  let cursor: string | null = '';
  while (cursor !== null) {
    const answer: Response = await fetch(`${url}/api/v1/conversations?limit=200&cursor=${cursor}`, {
      headers: { authorization: `Bearer ${TOKEN}` },
    });
    const page = (await answer.json()) as {
      items: { externalId: string }[];
      nextCursor: string | null;
    };
    for (const { externalId } of page.items) rooms.add(externalId);
    cursor = page.nextCursor;
  }
  return rooms;
}

test('a database that crashes takes nothing with it that was answered', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'usher-dead-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  const server = await startServerProcess({
    USHER_DATA_DIR: dataDir,
    QISCUS_APP_ID: 'app',
    QISCUS_SECRET: 'secret',
    QISCUS_BASE_URL: 'http://127.0.0.1:9',
    QISCUS_WEBHOOK_SECRET: 'webhook-secret',
  });
  server.expectErrors(LOST_DATABASE, saying(/the embedded PostgreSQL ended/));
  await server.ready();
  const answered: string[] = [];
  let crashed = false;
  const sending = (async () => {
    for (let n = 0; !crashed; n += 1) {
      if (await post(server.url, `room-${n}`)) answered.push(`room-${n}`);
    }
  })();
  await eventually(
    () => answered.length,
    (count) => count > 50,
  );
  const pidFile = join(dataDir, 'postgres', 'cluster', 'data', 'postmaster.pid');
  const [pid] = (await readFile(pidFile, 'utf8')).split('\n');
  // What pg_ctl stop -m immediate sends: the server goes at once, without a checkpoint.
  process.kill(Number(pid), 'SIGQUIT');

  await eventually(server.isAlive, (alive) => !alive, 20_000);
  crashed = true;
  await sending;
  expect(server.output()).toContain('the embedded PostgreSQL ended');
  server.start();
  await server.ready();

  const known = await listRooms(server.url);
  expect(answered.filter((room) => !known.has(room))).toEqual([]);
  await server.stop();
}, 90_000);
