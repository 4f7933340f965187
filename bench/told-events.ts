// Measures what a message costs in the database beside another version of Usher, in turns. `--before` and `--after` are
// folders with a version each, installed, and named after it. The channel has no updates, and no endpoint is bound, so the event is told to nobody.
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Pool, PoolClient } from 'pg';
import { v7 as uuid } from 'uuid';
import { median } from './statistics.ts';
import { percent, report, target, targetColumns, whole } from './table.ts';

const { values } = parseArgs({
  options: {
    before: { type: 'string' },
    after: { type: 'string', default: join(import.meta.dirname, '..') },
    rounds: { type: 'string', default: '60' },
    messages: { type: 'string', default: '100' },
  },
});
if (values.before === undefined)
  throw new Error('--before: a folder with another version, installed');
const [rounds, messages] = [Number(values.rounds), Number(values.messages)];
const CONVERSATIONS = 200;
const WANTED = 1.05;

interface Version {
  /** Milliseconds of each message. */
  say(count: number): Promise<number[]>;
  close(): Promise<void>;
}

/** As that version does it, on a database of its own. */
async function openVersion(folder: string): Promise<Version> {
  const load = (path: string) => import(join(resolve(folder), path));
  const { openWorld } = await load('bench/world.ts');
  const { makeChannel, makeConversation } = await load('test/makers/make-conversation.ts');
  const { appendMessageRow } = await load('src/store/messages.ts');
  const world = await openWorld();
  const { workspaceId } = await world.makeWorkspace({ agents: 10, capacity: 5 });
  const place = { desk: world.desk, workspaceId };
  const channel = await makeChannel(place);
  const ids: string[] = [];
  for (let nth = 0; nth < CONVERSATIONS; nth += 1) ids.push(await makeConversation(place, channel));
  const client: PoolClient = await (world.db as Pool).connect();
  // What the disk takes is the same for both, and would hide the rest.
  await client.query('set synchronous_commit = off');
  let said = 0;
  return {
    say: async (count) => {
      const took: number[] = [];
      for (let nth = 0; nth < count; nth += 1, said += 1) {
        const began = performance.now();
        await appendMessageRow(client, {
          ...{ workspaceId, conversationId: ids[said % CONVERSATIONS], messageId: uuid() },
          ...{ kind: 'text', authorKind: 'contact', authorId: null, text: `message ${said}` },
          ...{ attachments: [], late: false },
        });
        took.push(performance.now() - began);
      }
      return took;
    },
    close: async () => {
      client.release();
      await world.close();
    },
  };
}

const before = await openVersion(values.before);
const after = await openVersion(values.after);
await Promise.all([before.say(500), after.say(500)]);
const took = { before: [] as number[], after: [] as number[] };
for (let round = 0; round < rounds; round += 1) {
  const turns = round % 2 === 0 ? (['before', 'after'] as const) : (['after', 'before'] as const);
  for (const turn of turns) {
    took[turn].push(...(await (turn === 'before' ? before : after).say(messages)));
  }
}
await before.close();
await after.close();
const micros = (list: number[]) => median(list) * 1000;
const ratio = micros(took.after) / micros(took.before);
const [older, newer] = [basename(values.before), basename(values.after)];
await report('told-events', [
  {
    title: 'A message that nobody is told',
    how: `${whole(rounds * messages)} messages in each version, ${messages} at a time in turns, one after another over one connection, in ${CONVERSATIONS} conversations of a channel without updates, in a workspace without endpoints. synchronous_commit is off, so the disk hides nothing. Medians.`,
    columns: targetColumns,
    rows: [
      target(`${newer} beside ${older}`, `<= ${WANTED * 100} %`, percent(ratio), ratio <= WANTED),
      [`${newer}, µs a message`, '', whole(micros(took.after)), ''],
      [`${older}, µs a message`, '', whole(micros(took.before)), ''],
    ],
  },
]);
process.exit();
