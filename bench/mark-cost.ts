// Measures what the triggers that mark days of reports cost the work of a day: conversations in turns with and without them.
import { assignConversation } from '../src/desk/assign-conversation.ts';
import { closeConversation } from '../src/desk/close-conversation.ts';
import { sayMessage } from '../src/desk/say-message.ts';
import { openPool } from '../src/store/pool.ts';
import {
  makeChannel,
  makeConversation,
  type TestChannel,
} from '../test/makers/make-conversation.ts';
import { countOwnCpu } from './count-cpu.ts';
import { median, sum } from './statistics.ts';
import { ms, percent, type Section, say, whole } from './table.ts';
import { type World, withoutMarks } from './world.ts';

const VERBS = ['opened', 'assigned', 'four messages', 'closed'] as const;
type Verb = (typeof VERBS)[number];
type Took = Record<Verb, number[]>;

/** Over one connection, so that the time of its server process can be asked. */
export async function measureMarks(
  world: World,
  { rounds, conversations }: { rounds: number; conversations: number },
): Promise<Section> {
  const { workspaceId } = await world.makeWorkspace({ agents: 10, capacity: 1000 });
  const one = await openOne(world.connectionString);
  const place = { desk: { ...world.desk, db: one.db }, workspaceId };
  const channel = await makeChannel(place);
  const { rows } = await world.db.query<{ agentId: string }>(
    `select agent_id as "agentId" from agent where workspace_id = $1 limit 1`,
    [workspaceId],
  );
  const agentId = rows[0]?.agentId ?? '';
  const sides = { with: none(), without: none() };
  const cpu = { with: [] as number[], without: [] as number[] };
  const turn = async (side: 'with' | 'without') => {
    const work = async () => {
      const began = await countOwnCpu(one.processId);
      for (let n = 0; n < conversations; n += 1) {
        await follow({ place, channel, agentId }, sides[side]);
      }
      cpu[side].push(((await countOwnCpu(one.processId)) - began) / conversations);
    };
    await (side === 'with' ? work() : withoutMarks(world.db, work));
  };
  await turn('with');
  Object.assign(sides, { with: none(), without: none() });
  cpu.with.length = 0;
  for (let round = 0; round < rounds; round += 1) {
    const order = ['with', 'without'] as const;
    for (const side of round % 2 === 0 ? order : order.toReversed()) await turn(side);
    say(`  round ${round + 1} of ${rounds}`);
  }
  await one.close();
  const row = (name: string, having: number, lacking: number) => [
    ...[name, ms(having), ms(lacking)],
    percent(having / lacking - 1),
  ];
  const all = (took: Took) => sum(VERBS.map((verb) => median(took[verb])));
  return {
    title: 'What marking days costs the work of today',
    how: `${whole(rounds)} rounds of ${whole(conversations)} conversations with the triggers of report days and as many without, in turns, each opened, assigned, answered with four messages and closed by the verbs of the desk over one connection, one after another, in the database above. Medians; processor time is that of the connection’s server process, a conversation.`,
    columns: ['a conversation', 'with', 'without', 'more'],
    rows: [
      ...VERBS.map((verb) => row(verb, median(sides.with[verb]), median(sides.without[verb]))),
      row('all of it', all(sides.with), all(sides.without)),
      row('processor time in the database', median(cpu.with) * 1000, median(cpu.without) * 1000),
    ],
  };
}

async function openOne(connectionString: string) {
  const db = openPool({ connectionString, maxConnections: 1, onIdleError: () => {} });
  const { rows } = await db.query<{ pid: number }>('select pg_backend_pid() as pid');
  return { db, processId: rows[0]?.pid ?? 0, close: () => db.end() };
}

const none = (): Took => ({ opened: [], assigned: [], 'four messages': [], closed: [] });

async function follow(
  at: {
    place: Parameters<typeof makeConversation>[0];
    channel: TestChannel;
    agentId: string;
  },
  took: Took,
): Promise<void> {
  const { desk, workspaceId } = at.place;
  const timed = async <T>(verb: Verb, does: () => Promise<T>): Promise<T> => {
    const began = performance.now();
    const done = await does();
    took[verb].push(performance.now() - began);
    return done;
  };
  const conversationId = await timed('opened', () => makeConversation(at.place, at.channel));
  const which = { workspaceId, conversationId };
  const { agentId } = at;
  await timed('assigned', () =>
    assignConversation(desk, { ...which, agentId, force: true, actor: 'bench', acting: null }),
  );
  await timed('four messages', async () => {
    for (let n = 0; n < 4; n += 1) {
      const by = { authorKind: 'agent', authorId: agentId, sessionId: null } as const;
      const words = {
        text: `Message ${n}`,
        attachments: [],
        clientMessageId: null,
        isRepeat: false,
      };
      await sayMessage(desk, { ...which, ...by, ...words });
    }
  });
  await timed('closed', () =>
    closeConversation(desk, { ...which, actor: 'bench', acting: null, tellRemote: false }),
  );
}
