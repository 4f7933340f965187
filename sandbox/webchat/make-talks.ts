// The conversations that the stand-in keeps, and how it tells of them.
import { randomUUID } from 'node:crypto';

export interface Talk {
  sessionId: string;
  customerId: string;
  name: string;
  status: 'waitingAttendantsAssignment' | 'online' | 'aborted' | null;
  messages: Record<string, unknown>[];
  position: number;
  estimatedWaitSeconds: number | null;
  read: { customer: number; attendant: number };
}

export type Talks = ReturnType<typeof makeTalks>;
export type Publish = (topic: string, body: unknown) => void;

export const agent = { id: 'agent-1', name: 'Sari Wijaya', avatarURL: null };

export function makeTalks(publish: Publish) {
  const talks: Talk[] = [];
  const attachments = new Map<string, object>();
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
    /** When it is. */
    now: () => Date.now(),
  };
  return {
    talks,
    script,
    publish,
    last: () => talks.at(-1) as Talk,
    tell: (talk: Talk, instruction: string) =>
      publish(`${topicOf(talk)}/client/control`, { instruction, sessionInfo: describe(talk) }),
    keepFile: <T extends { id: string }>(attachment: T): T => {
      attachments.set(attachment.id, attachment);
      return attachment;
    },
    store: (talk: Talk, from: object, body: Record<string, unknown>): void => {
      const { clientMessageId, content } = body;
      const known = talk.messages.find(
        (message) => clientMessageId !== undefined && message.clientMessageId === clientMessageId,
      );
      const files = ((body.attachments as string[]) ?? []).map((id) => attachments.get(id));
      const fresh = { id: randomUUID(), seq: talk.messages.length + 1, timestamp: script.now() };
      const { quickReplies = [] } = body;
      const words = { clientMessageId, content, quickReplies };
      const said = { ...words, from, readAt: null, attachments: files };
      const message = known ?? { ...fresh, ...said };
      if (known === undefined) talk.messages.push(message);
      if (script.mute) return;
      publish(`${topicOf(talk)}/messages`, { sessionInfo: describe(talk), message });
    },
  };
}

export const topicOf = (talk: Talk) => `server/sessions/${talk.customerId}/${talk.sessionId}`;

export const describe = (talk: Talk) => ({
  sessionId: talk.sessionId,
  sessionTopic: topicOf(talk),
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
