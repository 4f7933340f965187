// What the program of a channel is told, one after another: its shapes, and the events that it comes from.
import { type Static, Type } from 'typebox';
import type { EventType } from './event-types.ts';
import { MessageAttachment } from './events.ts';
import { Id, Nullable, Time } from './shapes.ts';

/** The events of which updates tell; everything else is for those who work here. */
export const updateEvents = [
  'message.created',
  'conversation.opened',
  'conversation.assigned',
  'conversation.assignment-confirmed',
  'conversation.declined',
  'conversation.missed',
  'conversation.requeued',
  'conversation.left-by-bot',
  'conversation.transferred',
  'conversation.returned',
  'conversation.reopened',
  'conversation.closed',
] as const satisfies readonly EventType[];

export const SaidMessage = Type.Object({
  id: Id,
  seq: Type.Integer({ description: 'Numbers the messages of the conversation.' }),
  authorKind: Type.Enum(['contact', 'agent', 'bot', 'user', 'system'], {
    description: 'user: a program or a person who is no agent. system: the words of a plan.',
  }),
  text: Type.String(),
  attachments: Type.Array(MessageAttachment, {
    description: 'Each can be fetched by its address.',
  }),
  createdAt: Time,
});

const UpdateAgent = Type.Object({ name: Type.String(), avatarUrl: Nullable(Type.String()) });

const about = {
  conversation: Type.String({ description: 'Your own id of it, as it was opened.' }),
  conversationId: Id,
  contact: Type.Object({ externalId: Type.String({ description: 'Your own id of the contact.' }) }),
  at: Time,
};

export const Update = Type.Union([
  Type.Object(
    { type: Type.Literal('message'), ...about, message: SaidMessage },
    { description: 'Something was said, by whomever: look at authorKind.' },
  ),
  Type.Object(
    { type: Type.Literal('queued'), ...about },
    { description: 'It waits for an agent: at first, or again.' },
  ),
  Type.Object(
    { type: Type.Literal('assigned'), ...about, agent: UpdateAgent },
    { description: 'An agent has it.' },
  ),
  Type.Object(
    { type: Type.Literal('closed'), ...about, reason: Nullable(Type.String()) },
    { description: 'It is over.' },
  ),
  Type.Object(
    { type: Type.Literal('read'), ...about, seq: Type.Integer() },
    { description: 'The agent has read up to the message of this number.' },
  ),
  Type.Object(
    { type: Type.Literal('typing'), ...about, agent: UpdateAgent, typing: Type.Boolean() },
    { description: 'Comes at that moment only, and is never kept.' },
  ),
]);
export type Update = Static<typeof Update>;

/** What a node passes to all: somebody types in a channel, or (null) there may be news in the workspace. */
export type ToldPrograms = { channelId: string; update: Update } | null;
