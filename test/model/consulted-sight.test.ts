// Whatever is done with a conversation, exactly its agent and those who are asked see it, and only its agent writes in it.
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';

const NAMES = ['Ana', 'Budi', 'Cici', 'Dewi'] as const;
const RUNS = process.env.USHER_LONG_TESTS === '1' ? 60 : 6;
const STEPS = 12;

/** What a person would say of it. */
interface Model {
  holder: number | null;
  asked: Set<number>;
  from: number | null;
}

const who = fc.nat(NAMES.length - 1);
const step = fc.oneof(
  fc.record({ verb: fc.constant('assign' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('transfer' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('consult' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('consult' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('end-consult' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('return' as const), by: who, to: who }),
  fc.record({ verb: fc.constant('requeue' as const), by: who, to: who }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const sees = ({ holder, asked }: Model, one: number): boolean =>
  holder === one || (holder !== null && asked.has(one));

/** By its agent, to or about `to`; what is not done answers false and changes nothing. */
const byHolder: Record<string, (model: Model, holder: number, to: number) => boolean> = {
  transfer: (model, holder, to) => {
    if (to === holder) return true;
    [model.holder, model.from] = [to, holder];
    model.asked.delete(to);
    return true;
  },
  consult: ({ asked }, holder, to) => to !== holder && asked.add(to).has(to),
  return: (model, holder) => {
    const { from, asked } = model;
    if (from === null || from === holder) return false;
    [model.holder, model.from] = [from, holder];
    asked.delete(from);
    return true;
  },
  requeue: (model) => {
    [model.holder, model.from] = [null, null];
    return true;
  },
};

/** Whether it is done; changes the model. Everybody has room and is online. */
function act(model: Model, { verb, by, to }: Step): boolean {
  const { holder, asked } = model;
  if (verb === 'assign') {
    // By the company, which sees everything.
    if (holder !== null && holder !== to) return false;
    model.holder = to;
    return true;
  }
  if (verb === 'end-consult') {
    const may = sees(model, by) && (by === holder || by === to);
    return may && asked.delete(to);
  }
  return holder !== null && by === holder && (byHolder[verb]?.(model, holder, to) ?? false);
}

test('who sees it, and who writes, is as a plain model says after each step', {
  timeout: 600_000,
}, async () => {
  const usher = await startTestUsher();
  const make = async (path: string, body: object) =>
    (await usher.call('POST', path, { body })).body as { id: string; token: string };
  // A team of nobody: what waits is seen by none of them, and given to none.
  const { id: teamId } = await make('/api/v1/teams', { name: 'Nobody' });
  const channel = { kind: 'api', name: 'Shop', teamId };
  const { id: channelId } = await make('/api/v1/channels', channel);
  const open = async () => {
    const body = { externalId: randomUUID(), contact: { externalId: randomUUID() } };
    return (await make(`/api/v1/channels/${channelId}/conversations`, body)).id;
  };
  const agents = await Promise.all(
    NAMES.map(async (name) => {
      const made = { name, capacity: 100, availability: 'online' };
      const { id } = await make('/api/v1/agents', made);
      const { token } = await make('/api/v1/tokens', { name, role: 'agent', agentId: id });
      return { id, token };
    }),
  );
  await usher.call('PATCH', '/api/v1/settings', { body: { agentsSee: 'own-and-teams' } });
  const bodyOf = ({ verb, to }: Step): object => {
    const agentId = agents[to]?.id;
    if (verb === 'consult') return { agentIds: [agentId] };
    return verb === 'return' || verb === 'requeue' ? {} : { agentId };
  };
  const run = fc.asyncProperty(fc.array(step, { maxLength: STEPS }), async (steps) => {
    const conversationId = await open();
    const path = `/api/v1/conversations/${conversationId}`;
    const model: Model = { holder: null, asked: new Set(), from: null };
    for (const one of steps) {
      const token = one.verb === 'assign' ? usher.token : agents[one.by]?.token;
      const answer = await usher.call('POST', `${path}/${one.verb}`, {
        ...{ body: bodyOf(one), ...(token !== undefined && { token }) },
      });
      expect(answer.status < 300, `${JSON.stringify(one)}: ${answer.text}`).toBe(act(model, one));
      for (const [at, { token: own }] of agents.entries()) {
        const seen = await usher.call('GET', `${path}/messages`, { token: own });
        expect(seen.status === 200, `${NAMES[at]} after ${JSON.stringify(one)}`).toBe(
          sees(model, at),
        );
        const words = { token: own, body: { text: 'hello' } };
        const said = await usher.call('POST', `${path}/messages`, words);
        expect(said.status === 201, `${NAMES[at]} writes`).toBe(model.holder === at);
      }
    }
    await usher.call('POST', `${path}/close`, { body: {} });
    for (const [at, { token: own }] of agents.entries()) {
      const seen = await usher.call('GET', `${path}/messages`, { token: own });
      expect(seen.status === 200, `${NAMES[at]} after the end`).toBe(model.holder === at);
    }
  });
  await fc.assert(run, { numRuns: RUNS });
});
