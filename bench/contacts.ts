// Measures lists and searches of contacts on a million of them: the time of each.
import { parseArgs } from 'node:util';
import type { Pool } from 'pg';
import { type ContactFilter, listContacts } from '../src/store/list-contacts.ts';
import { fillInbox } from './inbox-history.ts';
import { percentile } from './statistics.ts';
import { ms, report, say, whole } from './table.ts';
import { openWorld } from './world.ts';

const { values } = parseArgs({
  options: {
    contacts: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '15' },
  },
});
const [contacts, rounds] = [Number(values.contacts), Number(values.rounds)];

const listsOf = (agentId: string, name: string): Record<string, ContactFilter> => ({
  'newest first': {},
  'a word of a name': { q: name },
  'the beginning of a word that many have': { q: 'a' },
  'the beginning of an address': { q: 'customer12345@' },
  'a whole id': { q: 'customer-12345' },
  'the beginning of a phone number': { q: '+62 812 123' },
  'a part in the middle, which is not looked for': { q: 'ustomer99' },
  'nothing to find': { q: 'no such words' },
  'a tag that one in a hundred has': { tag: 'vip' },
  'a tag that nobody has': { tag: 'nothing' },
  'an attribute that one in a thousand has': { attribute: { name: 'plan', value: 'plan-7' } },
  'blocked, one in ten thousand': { blocked: true },
  'of an agent who sees their own and their teams’': { seenBy: agentId },
  'a word of a name, of such an agent': { q: name, seenBy: agentId },
  'the beginning of a word that many have, of such an agent': { q: 'a', seenBy: agentId },
});

const world = await openWorld();
try {
  say(`Filling ${whole(contacts)} contacts, with a conversation for every ten`);
  const { workspaceId, agentId, channelId } = await fillInbox(world, {
    conversations: Math.ceil(contacts / 10),
    open: Math.ceil(contacts / 100),
  });
  await fillContacts(world.db, { workspaceId, channelId, contacts });
  const rows: string[][] = [];
  for (const [name, filter] of Object.entries(
    listsOf(agentId, await nameOfOne(world.db, agentId)),
  )) {
    const took: number[] = [];
    let found = 0;
    for (let n = 0; n < rounds; n += 1) {
      const from = performance.now();
      const page = await listContacts(world.db, { ...filter, workspaceId, after: null, limit: 51 });
      took.push(performance.now() - from);
      found = page.length;
    }
    rows.push([name, ms(percentile(took, 0.5)), ms(percentile(took, 0.95)), whole(found)]);
    say(rows.at(-1)?.join(' | ') ?? '');
  }
  await report('contacts', [
    {
      title: 'Lists of contacts',
      how: `${whole(contacts)} contacts and a third of ${whole(Math.ceil(contacts / 10))} more, who have ${whole(Math.ceil(contacts / 10))} conversations with 500 agents in 20 teams. The first page of each list is asked ${rounds} times, one after another, as the API asks it.`,
      columns: ['list', 'p50', 'p95', 'on the page'],
      rows,
    },
  ]);
} finally {
  await world.close();
}

/** A word of the name of somebody whom the agent has. */
async function nameOfOne(db: Pool, agentId: string): Promise<string> {
  const { rows } = await db.query<{ word: string }>(
    `select split_part(k.name, ' ', 1) as word from conversation c join contact k using (workspace_id, contact_id)
    where c.agent_id = $1 limit 1`,
    [agentId],
  );
  return rows[0]?.word ?? '';
}

async function fillContacts(
  db: Pool,
  of: { workspaceId: string; channelId: string; contacts: number },
): Promise<void> {
  for (let first = 1; first <= of.contacts; first += 50_000) {
    await db.query(
      `insert into contact (workspace_id, contact_id, channel_id, external_id, name, email, phone, tags, attributes, blocked_at)
      select $1, uuidv7(make_interval(secs => -n)), $2, 'more-' || n, initcap(left(md5(n::text), 7)) || ' ' || initcap(right(md5(n::text), 9)),
        'more' || n || '@example.com', '+62 812 ' || n, case when n % 100 = 0 then array['vip'] else '{}' end,
        jsonb_build_object('plan', 'plan-' || n % 1000, 'city', 'city-' || n % 50), case when n % 10000 = 0 then now() end
      from generate_series($3::integer, least($3::integer + 49999, $4::integer)) n`,
      [of.workspaceId, of.channelId, first, of.contacts],
    );
  }
  await db.query('analyze contact');
}
