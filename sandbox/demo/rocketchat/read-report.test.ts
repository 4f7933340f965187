// The judge sees each kind of breach, so that a green report means something.
import { expect, test } from 'vitest';
import type { Reply, Ticket } from '../../rapidpro/state.ts';
import { startTestRocketChat } from '../../rocketchat/test-rocketchat.ts';
import { type DeskReport, readDeskReport } from './read-report.ts';
import { answerTo, type Customer, type Talk } from './start-talk.ts';

const ID = '0195-conversation';

/** One customer who said two things; what reached the room and what came back are as told. */
async function judge(told: {
  inRoom?: string[];
  answers?: string[];
  heard?: string[];
  status?: Ticket['status'];
  failures?: string[];
  over?: string[] | null;
}): Promise<DeskReport> {
  const { inRoom = ['one', 'two'], answers = inRoom.map(answerTo), heard = answers } = told;
  const { status = 'closed', failures = [], over = [] } = told;
  const rocketchat = await startTestRocketChat();
  const { asVisitor, people } = rocketchat;
  const token = `usher-${ID}`;
  const { _id: rid } = await rocketchat.open(token);
  for (const msg of inRoom) await asVisitor.post('livechat/message', { rid, token, msg });
  for (const text of answers) people.answer('ana', rid, text);
  if (status === 'closed') people.close('ana', rid);
  const messages = heard.map((text) => ({ text })) as Reply[];
  const ticket = { externalId: ID, status, messages, storedAt: Date.now() } as Ticket;
  const customer = { ticket, said: ['one', 'two'] } as Customer;
  const talk = { customers: [customer], failures } as unknown as Talk;
  return readDeskReport({ talk, rocketchat, overCapacity: over });
}

test('it holds when everything arrived once and in order, and all is closed', async () => {
  const report = await judge({});
  expect(report).toMatchObject({
    ...{ held: true, unfinished: 0, failures: 0, messages: { customers: 2, agents: 2 } },
    toAgents: { lost: 0, doubled: 0, overtaken: 0 },
    toCustomers: { lost: 0, doubled: 0, overtaken: 0 },
  });
  expect(report.evidence).toEqual([]);
  expect((await judge({ over: null })).held).toBe(true);
});

test.each([
  [{ inRoom: ['one'] }, { toAgents: { lost: 1 }, toCustomers: { lost: 1 } }],
  [{ inRoom: ['one', 'one', 'two'] }, { toAgents: { doubled: 1 } }],
  [{ inRoom: ['two', 'one'] }, { toAgents: { overtaken: 1 } }],
  [{ heard: ['Re: one'] }, { toCustomers: { lost: 1 } }],
  [{ heard: ['Re: one', 'Re: one', 'Re: two'] }, { toCustomers: { doubled: 1 } }],
  [{ heard: ['Re: two', 'Re: one'] }, { toCustomers: { overtaken: 1 } }],
  [{ status: 'open' as const }, { unfinished: 2 }],
  [{ failures: ['RapidPro could not forward'] }, { failures: 1 }],
  [{ over: ['agent.1 had 3 rooms'] }, { agentsOverCapacity: 1 }],
])('with %j it does not', async (told, expected) => {
  expect(await judge(told)).toMatchObject({ held: false, ...expected });
});

test('a report of a breach says what was said, heard, answered and got', async () => {
  const { evidence } = await judge({
    ...{ heard: ['Re: one'], failures: ['refused'], over: ['agent.1 had 3 rooms'] },
  });
  expect(evidence).toEqual([
    'agent.1 had 3 rooms',
    `ticket ${ID} is closed; said: one | two`,
    expect.stringMatching(/^ {2}room \w+ \(closed, with ana\) heard: one \| two$/),
    '  agents answered: Re: one | Re: two',
    '  the customer got: Re: one',
    'RapidPro: refused',
  ]);
});
