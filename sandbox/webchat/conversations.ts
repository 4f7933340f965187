// The conversations of the stand-in: what a visitor sends in, and what the played agent does.
import { randomUUID } from 'node:crypto';

interface Talk {
  sessionId: string;
  customerId: string;
  name: string;
  status: 'waitingAttendantsAssignment' | 'online' | 'aborted' | null;
  messages: Record<string, unknown>[];
  position: number;
  estimatedWaitSeconds: number | null;
  read: { customer: number; attendant: number };
}

const agent = { id: 'agent-1', name: 'Sari Wijaya', avatarURL: null };

export function makeConversations(publish: (topic: string, body: unknown) => void) {
  const talks: Talk[] = [];
  const attachments = new Map<string, object>();
  const told: unknown[][] = [];
  /** What is to be said when somebody asks for a conversation. */
  const script = {
    position: 3,
    estimatedWaitSeconds: 240 as number | null,
    instruction: 'session/queued',
    mute: false,
    /** What visitors say is acknowledged and lost. */
    lose: false,
    /** Whoever asks is told of the first conversation instead. */
    join: false,
  };

  const topic = (talk: Talk) => `server/sessions/${talk.customerId}/${talk.sessionId}`;
  const describe = (talk: Talk) => ({
    sessionId: talk.sessionId,
    sessionTopic: topic(talk),
    customer: { id: talk.customerId, name: talk.name },
    status: talk.status,
    lastMessages: [],
    lastSeq: talk.messages.length,
    readSeq: talk.read,
    position: talk.position,
    ...(talk.estimatedWaitSeconds === null
      ? {}
      : { estimatedWaitSeconds: talk.estimatedWaitSeconds }),
    ...(talk.status === 'online' ? { attendant: agent } : {}),
  });
  const tell = (talk: Talk, instruction: string) =>
    publish(`${topic(talk)}/client/control`, { instruction, sessionInfo: describe(talk) });
  const last = () => talks.at(-1) as Talk;
  const answer = (asking: Talk, open: Talk) =>
    publish(`client/sessions/${asking.customerId}/any`, {
      instruction: 'session/update',
      sessionInfo: describe(open),
    });

  function store(talk: Talk, from: object, body: Record<string, unknown>): void {
    const { clientMessageId, content } = body;
    const known = talk.messages.find(
      (message) => clientMessageId !== undefined && message.clientMessageId === clientMessageId,
    );
    const files = ((body.attachments as string[]) ?? []).map((id) => attachments.get(id));
    const fresh = { id: randomUUID(), seq: talk.messages.length + 1, timestamp: Date.now() };
    const message = known ?? {
      ...fresh,
      clientMessageId,
      content,
      from,
      readAt: null,
      attachments: files,
    };
    if (known === undefined) talk.messages.push(message);
    if (!script.mute) publish(`${topic(talk)}/messages`, { sessionInfo: describe(talk), message });
  }

  function take(inTopic: string, body: Record<string, unknown>): void {
    const isFrom = (each: Talk) =>
      each.sessionId === body.sessionId || inTopic.startsWith(topic(each));
    const talk = talks.find(isFrom);
    told.push([inTopic, body]);
    if (talk === undefined) return;
    const rest = inTopic.slice(topic(talk).length);
    const customer = { id: talk.customerId, name: talk.name };
    if (inTopic === 'server/sessions/request') request(talk);
    if (inTopic === 'server/sessions/online') tell(talk, 'session/update');
    if (inTopic === 'server/sessions/close') close();
    if (rest === '/server/messages' && !script.lose) store(talk, customer, body);
    if (rest === '/server/viewed') talk.read.customer = Number(body.upToSeq);
  }

  function request(talk: Talk): void {
    const { position, estimatedWaitSeconds, instruction } = script;
    const open = talks[0] as Talk;
    if (script.join && talk !== open) answer(talk, open);
    else {
      talk.status ??= 'waitingAttendantsAssignment';
      Object.assign(talk, { position, estimatedWaitSeconds });
      tell(talk, instruction);
    }
  }

  function close(instruction = 'session/closed'): void {
    last().status = 'aborted';
    tell(last(), instruction);
  }

  return {
    told,
    script,
    take,
    close,
    talks,
    allocate: (url: string, name: string) => {
      const [sessionId, customerId] = [randomUUID(), `guest-${talks.length + 1}`];
      const rest = { status: null, messages: [], position: 0, estimatedWaitSeconds: null };
      talks.push({ sessionId, customerId, name, ...rest, read: { customer: 0, attendant: 0 } });
      const mqtt = { url, clientId: 'any', username: sessionId, password: 'token', baseTopic: '' };
      const sessionTopic = topic(last());
      return {
        sessionId,
        keepAliveTTL: 600_000,
        sessionTopic,
        customerId,
        visitorKey: 'key',
        mqtt,
      };
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
    keepFile: <T extends { id: string }>(attachment: T): T => {
      attachments.set(attachment.id, attachment);
      return attachment;
    },
    queue: (position: number) => {
      last().position = position;
      tell(last(), 'session/queued');
    },
    accept: () => {
      last().status = 'online';
      tell(last(), 'session/ready');
    },
    say: (content: string, files: string[] = []) =>
      store(last(), agent, { content, attachments: files }),
    type: (typing: boolean) => publish(`${topic(last())}/typing`, { from: agent, typing }),
    read: () => {
      const talk = last();
      talk.read.attendant = talk.messages.length;
      const readMessages = talk.messages.map((message) => ({ ...message, readAt: Date.now() }));
      publish(`${topic(talk)}/messages/viewed`, {
        session: describe(talk),
        readMessages,
        upToSeq: talk.messages.length,
      });
    },
  };
}
