// When the news of a change is lost, the sweep finds it, and says so; when it is not, the sweep finds nothing.
import { expect, test } from 'vitest';
import { closeConversation } from '../../src/desk/close-conversation.ts';
import { DEFAULT_WORKSPACE } from '../../src/desk/prepare-workspace.ts';
import { createAgent } from '../../src/desk/update-agent.ts';
import { makeChannel, makeConversation } from '../makers/make-conversation.ts';
import { silentDesk } from '../makers/silent-desk.ts';
import { eventually, startTestUsher, type TestUsher } from '../makers/start-test-usher.ts';
import { startWithQiscus } from '../makers/start-with-qiscus.ts';

const SWEEP_MS = 500;
const workspaceId = DEFAULT_WORKSPACE;

async function readMetric({ call }: Pick<TestUsher, 'call'>, name: string): Promise<number> {
  const { text } = await call('GET', '/metrics');
  return Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]);
}
const readFoundBySweep = (usher: Pick<TestUsher, 'call'>) =>
  readMetric(usher, 'usher_found_by_sweep_total');

test('a freed agent gets the next conversation by the sweep when the news was lost', async () => {
  const usher = await startTestUsher({ USHER_SWEEP_MS: String(SWEEP_MS) });
  const desk = silentDesk(usher.database.pool);
  const channel = await makeChannel({ desk, workspaceId });
  await createAgent(desk, workspaceId, { name: 'Ana', capacity: 1, availability: 'online' });
  const assigned = async () => (await usher.conversations('assigned')).map(({ id }) => id);

  const first = await makeConversation({ desk, workspaceId }, channel);
  const opened = (await eventually(assigned, (ids) => ids.length > 0))[0];
  expect(opened).toBe(first);
  // A pass is counted after its commit.
  const found = () => readFoundBySweep(usher);
  await eventually(found, (count) => count === 1);

  const second = await makeConversation({ desk, workspaceId }, channel);
  await closeConversation(desk, {
    workspaceId,
    conversationId: first,
    actor: 'test',
    acting: null,
    tellRemote: false,
  });
  await eventually(assigned, (ids) => ids[0] === second);
  await eventually(found, (count) => count === 2);
});

test('in a normal run the sweep finds nothing', async () => {
  const { qiscus, usher, served } = await startWithQiscus({
    agents: 2,
    environment: { USHER_SWEEP_MS: '100' },
  });
  for (let n = 0; n < 12; n += 1) {
    qiscus.customerMessage({ userId: `c${n}`, name: `C ${n}`, text: 'Hi' });
  }
  await served(4);
  for (let next = 4; next < 12; next += 1) {
    const open = qiscus.rooms().find(({ agentIds }) => agentIds.length > 0);
    qiscus.resolveByHand({ roomId: open?.roomId ?? '' });
    await eventually(
      () => qiscus.assignments().length,
      (count) => count === next + 1,
    );
  }
  const counted = async () => (await usher.call('GET', '/metrics')).text;
  await eventually(counted, (text) => /^usher_assignments_total 12$/m.test(text));
  expect(await readFoundBySweep(usher)).toBe(0);
}, 90_000);
