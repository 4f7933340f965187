// Effects follow their commit: not before, never after a rollback, and each once for all that a batch wrote.
import { v7 as uuid } from 'uuid';
import { expect, test } from 'vitest';
import { makeDatabase } from '../../test/makers/make-database.ts';
import { silentDesk } from '../../test/makers/silent-desk.ts';
import type { After, Effects, Receiver } from './commit.ts';
import { commit, commitLocked, commitOne, commitPass } from './commit.ts';
import type { Desk } from './context.ts';

/** What is stated, and what the receiver hears: name and arguments, the workspace apart. */
const heardOf: [Effects, unknown[][]][] = [
  [{ wake: true }, [['wake']]],
  [{ wake: () => true }, [['wake']]],
  [{ wake: false }, []],
  [{ wakeIn: 5 }, [['wakeIn', 5]]],
  [{ send: true }, [['send']]],
  [{ send: () => false }, []],
  [{ channels: true }, [['channelsChanged']]],
  [{ rights: true }, [['changed', [{ kind: 'rights', id: null }]]]],
  [{ rights: ['s'] }, [['changed', [{ kind: 'rights', id: 's' }]]]],
  [{ rights: () => [] }, []],
  [{ rights: false }, []],
  [{ conversation: 'c' }, [['changed', [{ kind: 'conversation', id: 'c' }]]]],
  [
    { conversation: { id: 'c', leftTeamId: 't' } },
    [['changed', [{ kind: 'conversation', id: 'c', leftTeamId: 't' }]]],
  ],
  [{ message: { id: 'c', seq: 1 } }, [['changed', [{ kind: 'message', id: 'c', seq: 1 }]]]],
  [{ read: () => ({ id: 'c', seq: 1 }) }, [['changed', [{ kind: 'read', id: 'c', seq: 1 }]]]],
  [
    { agent: ['a', 'b'] },
    [
      [
        'changed',
        [
          { kind: 'agent', id: 'a' },
          { kind: 'agent', id: 'b' },
        ],
      ],
    ],
  ],
  [{ agent: null }, [['changed', [{ kind: 'agent', id: null }]]]],
  [{ contact: 'k' }, [['changed', [{ kind: 'contact', id: 'k' }]]]],
  [{ endpoint: 'e' }, [['changed', [{ kind: 'endpoint', id: 'e' }]]]],
  [{ settings: () => [] }, []],
  [
    { wake: true, send: true, channels: true, settings: null },
    [['channelsChanged'], ['wake'], ['send'], ['changed', [{ kind: 'settings', id: null }]]],
  ],
];

const ADD = `insert into workspace (workspace_id, name, slug, default_capacity) values ($1, 'Made', $2, 1)`;

interface World {
  desk: Desk;
  heard: unknown[][];
  /** Whether what was written could be seen by others each time that something was heard. */
  seen: Promise<boolean>[];
}

async function listen(workspaceId: string): Promise<World> {
  const { pool } = await makeDatabase();
  const heard: unknown[][] = [];
  const seen: Promise<boolean>[] = [];
  const isSeen = async () => {
    const text = 'select from workspace where workspace_id = $1';
    return (await pool.query(text, [workspaceId])).rows.length === 1;
  };
  const hear =
    (name: keyof Receiver) =>
    (_: string, ...rest: unknown[]) => {
      heard.push([name, ...rest]);
      seen.push(isSeen());
    };
  const desk = silentDesk(pool, {
    wake: hear('wake'),
    wakeIn: hear('wakeIn'),
    send: hear('send'),
    changed: hear('changed'),
    channelsChanged: async (id) => hear('channelsChanged')(id),
  });
  return { desk, heard, seen };
}

type Query = { query(text: string, values: unknown[]): Promise<unknown> };
type Road = (
  desk: Desk,
  workspaceId: string,
  work: (state: (effects: Effects) => Query) => Promise<unknown>,
) => Promise<unknown>;
const stating = <On>(after: After<On>) => after as unknown as (effects: Effects) => On & Query;
const roads: Record<string, Road> = {
  commit: (desk, id, work) => commit(desk, id, (_, after) => work(stating(after))),
  commitLocked: (desk, id, work) => commitLocked(desk, id, (_, after) => work(stating(after))),
  commitOne: (desk, id, work) => commitOne(desk, id, (after) => work(stating(after))),
  commitPass: (desk, id, work) =>
    commitPass(desk, id, {
      read: { statement: { name: 'nothing', text: 'select 1 as one', effects: [] }, values: [] },
      decide: async (_, __, after) => {
        await work(stating(after));
        return { calls: [], answer: () => null };
      },
      rowWaitMs: 0,
    }),
};

test.each(Object.entries(roads))(
  '%s: each effect is heard once what was written is seen',
  async (_, road) => {
    const workspaceId = uuid();
    const { desk, heard, seen } = await listen(workspaceId);
    for (const [effects, wanted] of heardOf) {
      await desk.db.query('delete from workspace where workspace_id = $1', [workspaceId]);
      heard.length = 0;
      await road(desk, workspaceId, async (state) => {
        await state(effects).query(ADD, [workspaceId, workspaceId]);
        expect(heard).toEqual([]);
      });
      expect(heard, JSON.stringify(effects)).toEqual(wanted);
      expect(await Promise.all(seen), JSON.stringify(effects)).not.toContain(false);
    }
  },
);

test.each(Object.entries(roads))('%s: what is rolled back has no effects', async (_, road) => {
  const workspaceId = uuid();
  const { desk, heard } = await listen(workspaceId);
  for (const [effects] of heardOf) {
    const failing = road(desk, workspaceId, async (state) => {
      await state(effects).query('select from no_such_table', []);
    });
    await expect(failing).rejects.toThrow('no_such_table');
  }
  expect(heard).toEqual([]);
});

test('a commit that fails has no effects', async () => {
  const { desk, heard } = await listen(uuid());
  const failing = commit(desk, uuid(), async (tx, after) => {
    after({ wake: true, send: true, channels: true, agent: null });
    await tx.query(
      'create temporary table twice (id integer unique deferrable initially deferred)',
    );
    await tx.query('insert into twice values (1), (1)');
  });
  await expect(failing).rejects.toThrow('twice_id_key');
  expect(heard).toEqual([]);
});

test('what several statements state is heard once, each change once', async () => {
  const { desk, heard } = await listen(uuid());
  await commit(desk, uuid(), async (_, after) => {
    after({ wake: true, send: true, agent: 'a' });
    after({ wake: true, send: false, agent: ['a', 'b'] });
  });
  const agents = [
    { kind: 'agent', id: 'a' },
    { kind: 'agent', id: 'b' },
  ];
  expect(heard).toEqual([['wake'], ['send'], ['changed', agents]]);
});

test('what is read of the outcome is read after the commit', async () => {
  const { desk, heard } = await listen(uuid());
  await commit(desk, uuid(), async (_, after) => {
    const closed: string[] = [];
    after({ wake: () => closed.length > 0, conversation: () => closed });
    closed.push('c');
  });
  expect(heard).toEqual([['wake'], ['changed', [{ kind: 'conversation', id: 'c' }]]]);
});

test('channels that cannot be read anew keep no other effect back', async () => {
  const { pool } = await makeDatabase();
  const heard: string[] = [];
  const desk = silentDesk(pool, {
    wake: () => void heard.push('wake'),
    channelsChanged: () => Promise.reject(new Error('away')),
  });
  const failing = commit(desk, uuid(), async (_, after) => {
    after({ channels: true, wake: true });
  });
  await expect(failing).rejects.toThrow('away');
  expect(heard).toEqual(['wake']);
});

test('a second statement beside a transaction is refused', async () => {
  const { desk } = await listen(uuid());
  const twice = commitOne(desk, uuid(), async (after) => {
    const db = after({});
    await db.query('select 1');
    await db.query('select 1');
  });
  await expect(twice).rejects.toThrow('use commit');
});
