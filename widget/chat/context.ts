// What every verb of the chat is given: the state, the way to change it, and the line to the server.
import type { Link } from '../../browser/keep-connected.ts';
import type { BootOptions, Customer, FromFrame, Page } from '../frame-messages.ts';
import type { Speech } from '../words/speech.ts';
import type { Memory } from './kept.ts';
import type { Action } from './reduce.ts';
import type { ChatState, Session } from './state.ts';

export interface Chat {
  get(): ChatState;
  dispatch(action: Action): void;
  /** undefined: the first channel. */
  channelId: string | undefined;
  /** The origin of the page that shows us. */
  hostOrigin: string;
  options: BootOptions;
  page: Page;
  memory: Memory;
  /** The visitor whom the host names. */
  customer: Customer;
  speech: Speech;
  link: Link | null;
  /** Text in the field that is not sent yet: the field itself comes and goes. */
  draft: string;
  /** The files of messages in the outbox, by clientMessageId. */
  files: Map<string, File>;
  tell(message: FromFrame): void;
}

/** A topic of the conversation; the base topic is the server's own business. */
export function topicOf(chat: Chat, rest: string): string {
  const session = chat.get().session;
  return withBase(session?.mqtt.baseTopic ?? '', `${session?.sessionTopic ?? ''}/${rest}`);
}

export function withBase(baseTopic: string, topic: string): string {
  return baseTopic === '' ? topic : `${baseTopic}/${topic}`;
}

/** The four topics of the conversation that are told to us. */
export function sessionFilters({ mqtt, sessionTopic }: Session): string[] {
  return ['client/control', 'messages', 'messages/viewed', 'typing'].map((rest) =>
    withBase(mqtt.baseTopic, `${sessionTopic}/${rest}`),
  );
}

/** Resolves false when there is no line: a caller that must not lose it tries again. */
export async function publish(
  chat: Chat,
  message: { topic: string; body: unknown; qos: 0 | 1 },
): Promise<boolean> {
  if (chat.link === null) return false;
  const sent = chat.link.publish(message.topic, JSON.stringify(message.body), message.qos);
  return sent.then(
    () => true,
    () => false,
  );
}
