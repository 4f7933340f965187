// Contacts of the API channels and their agents: conversations that are opened, spoken in, sent to and fro, accepted and closed.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import { elapsed, type Round } from '../world.ts';
import { operate } from './operate.ts';

interface Talk {
  round: Round;
  random: Random;
  /** Its name in its channel, and its id. */
  name: string;
  id: string;
  channelId: string;
}

const PAUSE_MS = 250;
const MOST_STEPS = 7;

/** One after the other until it is calm. `isOffered`: on the channel that asks agents. */
export async function converse(round: Round, random: Random, isOffered: boolean): Promise<void> {
  const channelId = isOffered ? round.company.offered : round.company.given;
  while (!round.isCalm()) {
    const talk = await open(round, random, channelId);
    if (talk === null) continue;
    const steps = random.between(1, MOST_STEPS);
    for (let step = 0; step < steps && !round.isCalm(); step += 1) {
      await sleep(random.between(5, PAUSE_MS));
      await (isOffered ? answerOffer(talk) : moveOn(talk));
    }
    if (!round.isCalm()) await close(talk);
  }
}

async function open(round: Round, random: Random, channelId: string): Promise<Talk | null> {
  const name = `${round.prefix}case-${round.next()}`;
  const { conversationId } = await operate(
    round,
    random,
    {
      ...{ conversation: name, verb: 'open' },
      question: () => ({
        ...{ method: 'POST', path: `/api/v1/channels/${channelId}/conversations` },
        body: { externalId: name, contact: { externalId: `of ${name}` } },
      }),
    },
    random.chance(0.2) ? 2 : 1,
  );
  return conversationId === null ? null : { round, random, name, id: conversationId, channelId };
}

async function moveOn(talk: Talk): Promise<void> {
  const { random } = talk;
  const verb = random.draw({ read: 30, say: 30, transfer: 16, requeue: 14, both: 10 });
  if (verb === 'read') await read(talk);
  else if (verb === 'say') await say(talk);
  else if (verb === 'transfer') await transfer(talk);
  else if (verb === 'requeue') await requeue(talk);
  // Two who want different things at once.
  else await Promise.all([transfer(talk), requeue(talk), read(talk)]);
}

/** Accepted or declined by whoever is asked, or by somebody who is not, or both at once; or let pass. */
async function answerOffer(talk: Talk): Promise<void> {
  const { random, round } = talk;
  const seen = (await read(talk)).seen;
  const asked = round.company.agents.find(({ id }) => id === seen?.agentId);
  if (asked === undefined || seen?.isOffered !== true) {
    await (random.chance(0.3) ? say(talk) : sleep(random.between(50, 400)));
    if (random.chance(0.1)) await requeue(talk);
    return;
  }
  const other = random.pick(round.company.agents) ?? asked;
  const mood = random.draw({ accept: 50, race: 20, decline: 20, pass: 10 });
  if (mood === 'accept') await reply(talk, 'accept', asked);
  else if (mood === 'decline') await reply(talk, 'decline', asked);
  else if (mood === 'race') {
    const both = [reply(talk, 'accept', asked), reply(talk, 'accept', other)];
    await Promise.all([...both, reply(talk, 'decline', asked)]);
  }
}

function read({ round, random, name, id }: Talk) {
  const question = () => ({ method: 'GET' as const, path: `/api/v1/conversations/${id}` });
  return operate(round, random, { conversation: name, verb: 'read', question });
}

function reply(
  { round, random, name, id }: Talk,
  verb: 'accept' | 'decline',
  agent: { id: string; token: string },
) {
  return operate(round, random, {
    ...{ conversation: name, verb, agentId: agent.id },
    question: () => ({
      ...{ method: 'POST', path: `/api/v1/conversations/${id}/${verb}`, token: agent.token },
      ...(verb === 'decline' ? { body: {} } : {}),
    }),
  });
}

function transfer({ round, random, name, id }: Talk) {
  const agentId = random.pick(round.company.agents)?.id ?? '';
  return operate(round, random, {
    ...{ conversation: name, verb: 'transfer', agentId },
    question: (note) => ({
      ...{ method: 'POST', path: `/api/v1/conversations/${id}/transfer`, body: { agentId, note } },
    }),
  });
}

function requeue({ round, random, name, id }: Talk) {
  return operate(round, random, {
    ...{ conversation: name, verb: 'requeue' },
    question: (reason) => ({
      ...{ method: 'POST', path: `/api/v1/conversations/${id}/requeue`, body: { reason } },
    }),
  });
}

function close({ round, random, name, id }: Talk) {
  return operate(round, random, {
    ...{ conversation: name, verb: 'close' },
    question: (note) => ({
      ...{ method: 'POST', path: `/api/v1/conversations/${id}/close`, body: { note } },
    }),
  });
}

async function say({ round, random, name, channelId }: Talk): Promise<void> {
  const externalId = `${round.prefix}said-${round.next()}`;
  const invokedAt = elapsed();
  const answered = await round.ask(random, {
    ...{ method: 'POST', path: `/api/v1/channels/${channelId}/messages`, key: externalId },
    body: { conversation: name, externalId, text: `It is ${externalId}.` },
  });
  round.acts.said.push({
    ...{ conversation: name, externalId, invokedAt },
    returnedAt: answered === null ? null : elapsed(),
    answer: answered === null ? 'unknown' : answered.status < 300 ? 'done' : 'refused',
  });
  round.count('say');
}
