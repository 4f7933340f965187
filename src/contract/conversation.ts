// A conversation as the API shows it.
import { type Static, Type } from 'typebox';
import { kindNames } from './channel-kinds.ts';
import { TransferNote } from './consult.ts';
import { conversationStates } from './conversation-states.ts';
import { CloseMetaItem } from './events.ts';
import { priorities } from './priorities.ts';
import { authorKinds } from './said-by.ts';
import { DisplayName, Id, Nullable, Text, Time } from './shapes.ts';
import { Silence } from './silence.ts';
import { AnyName } from './storable.ts';
import { NextDue } from './targets.ts';

export const Priority = Type.Enum(priorities);
export type Priority = Static<typeof Priority>;

export const ConversationState = Type.Enum([...conversationStates], {
  description:
    'parked: its agent has set it aside, until a time or until the contact writes. It keeps its agent and takes none of their capacity.',
});

export const Contact = Type.Object({
  id: Id,
  externalId: Type.String(),
  displayName: DisplayName,
  name: Nullable(Type.String()),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  avatarUrl: Nullable(Type.String()),
  verified: Nullable(
    Type.Boolean({
      description:
        'The company has proved that it is this contact who began the conversation. null: the channel knows no proof.',
    }),
  ),
});
export type Contact = Static<typeof Contact>;

/** How it came to whoever has it. */
const LastTransfer = Type.Object(
  {
    how: Type.Enum(['transferred', 'taken-over', 'given-back', 'handed-over'], {
      description: 'handed-over: by a bot, or by the house that took it from one.',
    }),
    by: Type.String({ description: 'Who did it, as events name them.' }),
    fromAgentId: Nullable(
      Type.Union([Id], { description: 'To whom `return` gives it; null: to nobody.' }),
    ),
    note: Nullable(Type.String()),
    at: Time,
  },
  { description: 'Since it came, or was put back into the queue.' },
);

const Consulted = Type.Object({
  agentId: Id,
  by: Type.String({ description: 'Who asked, as events name them.' }),
  note: Nullable(Type.String({ description: 'What was asked.' })),
  at: Time,
});

const LastWhisper = Type.Object({
  seq: Type.Integer({ description: 'The number of the note.' }),
  agentId: Type.Union([Id], { description: 'To whom.' }),
  by: Type.String(),
  at: Time,
});

export const Conversation = Type.Object({
  id: Id,
  channelId: Id,
  channelKind: Type.Enum(kindNames),
  externalId: Type.String({ description: 'The id that the channel gave: a room, a ticket.' }),
  contact: Contact,
  state: ConversationState,
  priority: Priority,
  agentId: Nullable(Id),
  agentName: Nullable(Type.String()),
  agentKind: Nullable(
    Type.Enum(['human', 'bot'], { description: 'What its agent is; null: it has none.' }),
  ),
  teamId: Nullable(Id),
  skillIds: Type.Array(Id, { description: 'An agent must have all of them.' }),
  teamName: Nullable(Type.String()),
  queuedAt: Time,
  rankAt: Type.String({
    format: 'date-time',
    description:
      'What waits is served in this order: when it came, less the boost of its priority; in a plan with `order: due`, when its target is due.',
  }),
  activeAt: Type.String({ format: 'date-time', description: 'The latest message, note or end.' }),
  assignedAt: Nullable(Time),
  confirmedAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'When the outside system accepted the assignment; null while it is pending.',
    }),
  ),
  offeredUntil: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'The agent has to accept it before, because its plan or channel asks for that; null: it is not, or no longer, an offer.',
    }),
  ),
  parked: Nullable(
    Type.Object(
      {
        since: Time,
        until: Nullable(
          Type.String({
            format: 'date-time',
            description:
              'It comes back then; null: when the contact writes. It does so in any case.',
          }),
        ),
        by: Type.String({ description: 'agent:<id> or token:<name>.' }),
      },
      { description: 'null unless the state is parked.' },
    ),
  ),
  closedAt: Nullable(Time),
  closeReason: Nullable(Type.String()),
  heldUntil: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'It is not given to anybody before; null with a holdReason: until that is settled.',
    }),
  ),
  holdReason: Nullable(Type.String()),
  position: Nullable(
    Type.Integer({ description: 'Its place in the queue, from 1; null unless it waits.' }),
  ),
  estimatedWait: Nullable(
    Type.Integer({
      description: 'Seconds, from the pace of the last ten minutes; null if unknown.',
    }),
  ),
  plan: Nullable(Type.String({ description: 'By which it goes, or went; null: by none.' })),
  step: Nullable(Type.Integer({ description: 'Of the plan, from 1.' })),
  due: Nullable(NextDue),
  silence: Nullable(Silence),
  waitRange: Nullable(
    Type.Object(
      { from: Type.Integer(), p50: Type.Integer(), to: Type.Integer() },
      {
        description:
          'How long it waits on, in seconds from now, as its contact is told: of waits like it a tenth end before from, half before p50, and nine tenths before to. null: too little is known, or its plan is closed. In lists null.',
      },
    ),
  ),
  opensAt: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'The next opening of its plan’s hours; null: it is open, or has no hours. In lists null.',
    }),
  ),
  tags: Type.Array(Type.String()),
  meta: Type.Record(AnyName, Type.Unknown()),
  lastMessage: Nullable(
    Type.Object(
      {
        text: Type.String({ description: 'Its first 300 characters.' }),
        authorKind: Type.Enum([...authorKinds]),
        authorId: Nullable(Id),
        authorName: Nullable(Type.String({ description: 'Of an agent.' })),
        at: Time,
        seq: Type.Integer(),
      },
      { description: 'Notes are none.' },
    ),
  ),
  unread: Type.Integer({
    description:
      'Messages of the contact that whoever has signed in has not read, at most 100; 0 for tokens.',
  }),
  awaitedSince: Nullable(
    Type.String({
      format: 'date-time',
      description:
        'Since when the contact waits for an answer: their first message after the last one of an agent, a bot or the company, at most a hundred messages back. null: the last word was not the contact’s, or it has ended.',
    }),
  ),
  rating: Nullable(
    Type.Object(
      { score: Type.Integer(), comment: Nullable(Type.String()) },
      {
        description: 'What the contact thinks of it, 1 to 5.',
      },
    ),
  ),
  closing: Nullable(
    Type.Object(
      {
        note: Nullable(Type.String()),
        categories: Type.Array(Type.String()),
        answers: Type.Array(CloseMetaItem, { description: 'What the form at the end was told.' }),
      },
      { description: 'null: it is open.' },
    ),
  ),
  transfer: Nullable(LastTransfer),
  consulted: Type.Array(Consulted, {
    description: 'Agents whom its agent has asked: they read it and write notes.',
  }),
  whisper: Nullable(LastWhisper),
  contactReadSeq: Nullable(
    Type.Integer({
      description: 'Up to which message the contact has read; null where nobody tells us.',
    }),
  ),
});
export type Conversation = Static<typeof Conversation>;

export const Assign = Type.Object(
  { agentId: Id, force: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);

export const TakeOver = Type.Object(
  { force: Type.Optional(Type.Boolean()), note: Type.Optional(TransferNote) },
  { additionalProperties: false },
);

/** A later time is refused. */
export const MOST_PARKED_DAYS = 366;
/** An earlier one, too: every node must see it before it comes. */
export const LEAST_PARKED_SECONDS = 5;

export const Park = Type.Object(
  {
    until: Type.Optional(
      Nullable(
        Type.String({
          format: 'date-time',
          description: `When it comes back, with a time zone: at least ${LEAST_PARKED_SECONDS} seconds and at most ${MOST_PARKED_DAYS} days ahead. Absent or null: when the contact writes, which brings it back in any case.`,
        }),
      ),
    ),
  },
  { additionalProperties: false },
);

const SkillIds = Type.Array(Id, {
  maxItems: 20,
  uniqueItems: true,
  description: 'Only an agent who has all of them may be given it. Absent: as it was.',
});

const PlanName = Type.String({
  ...Text(200, 1),
  description:
    'Of the policy in force. It enters the plan now and keeps its rank; no rule takes it out again.',
});

export const Transfer = Type.Union([
  Type.Object(
    { ...Assign.properties, note: Type.Optional(TransferNote) },
    { additionalProperties: false },
  ),
  Type.Object(
    { plan: PlanName, note: Type.Optional(TransferNote) },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      teamId: Type.Optional(Nullable(Id)),
      skillIds: Type.Optional(SkillIds),
      note: Type.Optional(TransferNote),
    },
    { additionalProperties: false, minProperties: 1 },
  ),
]);

export const Requeue = Type.Object(
  { reason: Type.Optional(Text(200)), skillIds: Type.Optional(SkillIds) },
  { additionalProperties: false },
);

export const Close = Type.Object(
  {
    reason: Type.Optional(Text(200, 1)),
    note: Type.Optional(Text(4000)),
    tags: Type.Optional(Type.Array(Text(100, 1), { maxItems: 50 })),
    categories: Type.Optional(Type.Array(Text(100, 1), { maxItems: 50 })),
    meta: Type.Optional(
      Type.Union(
        [
          Type.Array(CloseMetaItem, { maxItems: 100 }),
          Type.Record(AnyName, Type.Unknown(), {
            maxProperties: 100,
            propertyNames: Text(100, 1),
          }),
        ],
        {
          description: 'What the agent filled in: the items of a form, or simply names and values.',
        },
      ),
    ),
  },
  { additionalProperties: false },
);
