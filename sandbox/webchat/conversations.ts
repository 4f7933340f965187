// The conversations of the stand-in: what a visitor sends in, and what the played agent does.
import { randomUUID } from 'node:crypto';
import {
  agent,
  describe,
  makeTalks,
  type Publish,
  type Talk,
  type Talks,
  topicOf,
} from './make-talks.ts';

export function makeConversations(publish: Publish) {
  const kept = makeTalks(publish);
  const { talks, script, keepFile } = kept;
  return {
    talks,
    script,
    keepFile,
    ...hearVisitors(kept),
    ...playAgent(kept),
    allocate: (url: string, name: string) => {
      const [sessionId, customerId] = [randomUUID(), `guest-${talks.length + 1}`];
      const rest = { status: null, messages: [], position: 0, estimatedWaitSeconds: null };
      const talk = { sessionId, customerId, name, ...rest, read: { customer: 0, attendant: 0 } };
      talks.push(talk);
      const mqtt = { url, clientId: 'any', username: sessionId, password: 'token', baseTopic: '' };
      const sessionTopic = topicOf(talk);
      const keepAliveTTL = 600_000;
      return { sessionId, keepAliveTTL, sessionTopic, customerId, visitorKey: 'key', mqtt };
    },
    session: (id: string) => {
      const talk = talks.find(({ sessionId }) => sessionId === id);
      return talk === undefined || talk.status === null ? null : describe(talk);
    },
    after: (id: string, seq: number) =>
      (talks.find(({ sessionId }) => sessionId === id)?.messages ?? [])
        .filter((message) => Number(message.seq) > seq)
        .slice(0, 200)
        .map((message) => ({ message })),
  };
}

function hearVisitors({ talks, script, publish, last, tell, store }: Talks) {
  const told: unknown[][] = [];
  const answer = (asking: Talk, open: Talk) =>
    publish(`client/sessions/${asking.customerId}/any`, {
      instruction: 'session/update',
      sessionInfo: describe(open),
    });
  const request = (talk: Talk): void => {
    const { position, estimatedWaitSeconds, instruction } = script;
    const open = talks[0] as Talk;
    if (script.join && talk !== open) answer(talk, open);
    else {
      talk.status ??= 'waitingAttendantsAssignment';
      Object.assign(talk, { position, estimatedWaitSeconds });
      tell(talk, instruction);
    }
  };
  const close = (instruction = 'session/closed'): void => {
    last().status = 'aborted';
    tell(last(), instruction);
  };
  const take = (inTopic: string, body: Record<string, unknown>): void => {
    const isFrom = (each: Talk) =>
      each.sessionId === body.sessionId || inTopic.startsWith(topicOf(each));
    const talk = talks.find(isFrom);
    told.push([inTopic, body]);
    if (talk === undefined) return;
    const rest = inTopic.slice(topicOf(talk).length);
    const customer = { id: talk.customerId, name: talk.name };
    if (inTopic === 'server/sessions/request') request(talk);
    if (inTopic === 'server/sessions/online') tell(talk, 'session/update');
    if (inTopic === 'server/sessions/close') close();
    if (rest === '/server/messages' && !script.lose) store(talk, customer, body);
    if (rest === '/server/viewed') talk.read.customer = Number(body.upToSeq);
  };
  return { told, take, close };
}

function playAgent({ publish, script, last, tell, store }: Talks) {
  return {
    queue: (position: number) => {
      last().position = position;
      tell(last(), 'session/queued');
    },
    accept: () => {
      last().status = 'online';
      tell(last(), 'session/ready');
    },
    say: (content: string, files: string[] = [], quickReplies: string[] = []) =>
      store(last(), agent, { content, attachments: files, quickReplies }),
    type: (typing: boolean) => publish(`${topicOf(last())}/typing`, { from: agent, typing }),
    read: () => {
      const talk = last();
      talk.read.attendant = talk.messages.length;
      const readMessages = talk.messages.map((message) => ({ ...message, readAt: script.now() }));
      publish(`${topicOf(talk)}/messages/viewed`, {
        session: describe(talk),
        readMessages,
        upToSeq: talk.messages.length,
      });
    },
  };
}
