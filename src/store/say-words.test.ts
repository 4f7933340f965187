// Plans that PostgreSQL makes for the words of a routing pass while it knows nothing of the tables.
import { expect, test } from 'vitest';
import { makeRaceWorld } from '../../test/faults/race-world.ts';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { greeting, sayingNow, sayingWords } from './say-words.ts';

interface Node {
  'Node Type': string;
  'Relation Name'?: string;
  'Index Cond'?: string;
  Plans?: Node[];
}

/** The tables that grow with a queue, and the key by which a row of each is found. */
const KEYS: Record<string, string> = {
  assignment: 'conversation_id',
  conversation: 'conversation_id',
  message: 'conversation_id',
};

function listUnkeyed(node: Node): string[] {
  const { 'Relation Name': table = '', 'Index Cond': condition = '' } = node;
  const key = KEYS[table];
  const isRead = node['Node Type'].includes('Scan') && key !== undefined;
  const found = isRead && !condition.includes(`${key} =`) ? [`${table} by (${condition})`] : [];
  return [...found, ...(node.Plans ?? []).flatMap(listUnkeyed)];
}

test('what a pass says finds rows by their keys where many wait and none was ever assigned', async () => {
  const { pool } = await makeDatabase();
  await makeRaceWorld(pool, { agents: 3, conversations: 2000 });
  await pool.query('set random_page_cost = 1.1');
  const calls = [greeting('', []), sayingWords('', []), sayingNow('', [])];
  for (const { statement } of calls) {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Node }] }>(
      `explain (generic_plan, format json) ${statement.text}`,
    );
    const [explained] = rows;
    expect(explained, statement.name).toBeDefined();
    expect(explained?.['QUERY PLAN'].flatMap(({ Plan }) => listUnkeyed(Plan))).toEqual([]);
  }
});
