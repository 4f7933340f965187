// What the program of a channel is told, one after another: its shapes, and the events that it comes from.
import { type Static, Type } from 'typebox';
import type { EventType } from './event-types.ts';
import { MessageAttachment } from './events.ts';
import { presenceStates } from './presence.ts';
import { authorKinds } from './said-by.ts';
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
  authorKind: Type.Enum([...authorKinds], {
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

/** How a contact waits, in the program's shapes. */
export const UpdatePlace = Type.Object({
  position: Type.Integer({ description: 'From 1, among all that wait.' }),
  estimatedWaitSeconds: Nullable(
    Type.Integer({ description: 'null: nobody has been served yet.' }),
  ),
  waitRange: Nullable(
    Type.Object(
      { from: Type.Integer(), p50: Type.Integer(), to: Type.Integer() },
      {
        description:
          'How long it waits on, in seconds from now: of waits like it a tenth end before from, half before p50, and nine tenths before to. null: too little is known.',
      },
    ),
  ),
  opensAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'While the hours of its plan are closed: when it opens.',
    }),
  ),
});

export const PresenceShown = Type.Enum(presenceStates, {
  description:
    'here: an agent who may have the channel’s conversations is online and has room. busy: agents are online, and none has room. away: none of them is online.',
});

export const ShownState = Type.Enum(['waiting', 'assigned', 'closed'], {
  description:
    'As the contact is shown it: what is parked is assigned, and what an agent has yet to accept waits.',
});

/** How one conversation stands, as its contact is shown it. */
export const Standing = Type.Object({
  id: Id,
  conversation: Type.String({ description: 'Your own id of it.' }),
  contact: Type.Object({ externalId: Type.String() }),
  state: ShownState,
  place: Nullable(UpdatePlace),
  agent: Nullable(
    Type.Object({
      ...{ name: Type.String(), avatarUrl: Nullable(Type.String()) },
      present: Type.Boolean({ description: 'Online at this moment.' }),
    }),
  ),
  ...{ queuedAt: Time, closedAt: Nullable(Time) },
  reason: Nullable(Type.String({ description: 'Why it was closed.' })),
  lastSeq: Type.Integer({ description: 'Of the last message; 0: nothing was said.' }),
  readSeq: Type.Object(
    { contact: Type.Integer(), agent: Type.Integer() },
    { description: 'Up to which message each side has read.' },
  ),
  transcript: Type.Enum(['email', 'download'], {
    description:
      'email: POST …/transcript has it sent. download: nobody sends it; make one of GET …/messages.',
  }),
});

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
  Type.Object(
    { type: Type.Literal('place'), ...about, place: UpdatePlace },
    {
      description: 'It waits at another place now. Comes with also=place, at that moment only.',
    },
  ),
  Type.Object(
    { type: Type.Literal('presence'), at: Time, presence: PresenceShown },
    {
      description:
        'Whether somebody is there for the contacts of the channel. Of no conversation. Comes with also=presence, at that moment only.',
    },
  ),
]);
export type Update = Static<typeof Update>;

/** Of one conversation. */
export type TalkUpdate = Exclude<Update, { type: 'presence' }>;

/** What comes at its moment, and only to a program that asks for it: not every channel shows it. */
export const askedUpdates = ['place', 'presence'] as const satisfies readonly Update['type'][];
export type AskedUpdate = (typeof askedUpdates)[number];

/** What a node passes to all: somebody types in a channel, or (null) there may be news in the workspace. */
export type ToldPrograms = { channelId: string; update: Update } | null;
