// What another desk's database holds, in our words: what comes along when a company changes from it. Pure.
import type { Priority } from './conversation.ts';

/** Texts that are longer are cut there. */
export const LONGEST_IMPORTED = 50_000;

/** `key` is the source's own id, unique among its kind. */
interface Keyed {
  key: number;
}

export interface SourcePerson extends Keyed {
  name: string;
  email: string;
  role: 'admin' | 'agent';
}

export interface SourceTeam extends Keyed {
  name: string;
  /** Of people. */
  memberKeys: readonly number[];
}

export interface SourceTag {
  name: string;
  /** #rrggbb */
  colour: string;
}

export interface SourceReply extends Keyed {
  shortcut: string;
  text: string;
  teamKey: number | null;
}

export interface SourceContact extends Keyed {
  name: string | null;
  email: string | null;
  phone: string | null;
  attributes: Readonly<Record<string, string>>;
  tags: readonly string[];
  createdAt: Date;
  seenAt: Date;
}

export interface SourceConversation extends Keyed {
  /** As people there call it. */
  number: string;
  contact: Pick<SourceContact, 'key' | 'createdAt'>;
  /** Who had it last; null: nobody, or somebody who is gone. */
  personKey: number | null;
  teamKey: number | null;
  priority: Priority;
  tags: readonly string[];
  openedAt: Date;
  /** The first answer of an agent. */
  answeredAt: Date | null;
  endedAt: Date;
  /** It is not over there. */
  isOpen: boolean;
  meta: Readonly<Record<string, string>>;
  rating: { score: number; comment: string | null; at: Date } | null;
}

export interface SourceMessage extends Keyed {
  conversation: Pick<SourceConversation, 'key' | 'openedAt'>;
  kind: 'text' | 'note';
  author: 'contact' | 'agent' | 'bot' | 'system';
  /** Of an agent; null: of somebody who is gone. */
  personKey: number | null;
  text: string;
  at: Date;
}

/** In the order of their keys. */
export interface SourcePage<Item> {
  items: Item[];
  /** After which key the next page begins; null: there is none. */
  next: number | null;
  /** What is deleted there, empty, or belongs to nobody. */
  leftOut: number;
}

export interface SourceDesk {
  /** As people call the product. */
  name: string;
  people(): Promise<SourcePerson[]>;
  teams(): Promise<SourceTeam[]>;
  tags(): Promise<SourceTag[]>;
  replies(): Promise<SourceReply[]>;
  contacts(after: number): Promise<SourcePage<SourceContact>>;
  conversations(after: number): Promise<SourcePage<SourceConversation>>;
  /** Of these conversations. */
  messages(
    conversations: readonly SourceConversation[],
    after: number,
  ): Promise<SourcePage<SourceMessage>>;
}
