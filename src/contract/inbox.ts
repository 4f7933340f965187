// What agents work with beside the conversations: counts, read marks, canned replies, tags.
import { type Static, Type } from 'typebox';
import { Priority } from './conversation.ts';
import { conversationStates } from './conversation-states.ts';
import { Id, Nullable, Page, Text } from './shapes.ts';
import { STORABLE } from './storable.ts';

export const ConversationQuery = Type.Object({
  ...Page.properties,
  state: Type.Optional(
    Type.Enum([...conversationStates, 'open'], { description: 'open: not closed.' }),
  ),
  agentId: Type.Optional(Type.Union([Id, Type.Literal('me')])),
  unassigned: Type.Optional(Type.Boolean()),
  teamId: Type.Optional(
    Type.Union([Id, Type.Literal('mine')], { description: 'mine: the teams one is in.' }),
  ),
  consulted: Type.Optional(
    Type.Literal('me', { description: 'Those that a colleague has, who has asked one about it.' }),
  ),
  channelId: Type.Optional(Id),
  tag: Type.Optional(Text(100, 1)),
  due: Type.Optional(
    Type.Enum(['soon', 'overdue'], {
      description:
        'Of open ones: those whose next target is due soon, or was missed and is still to be done.',
    }),
  ),
  unanswered: Type.Optional(
    Type.Boolean({
      description: 'Those whose contact waits for the agent’s answer longer than the plan allows.',
    }),
  ),
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '\\S',
      description:
        'The contact’s whole id, what a guest is called, the beginning of a name or an e-mail address, the conversation’s id in its channel; any part of a name, address or message among the latest 20,000 contacts and 50,000 messages.',
    }),
  ),
  sort: Type.Optional(
    Type.Enum(['waiting', 'recent', 'oldest', 'due', 'until'], {
      description:
        'waiting: in the order of the queue. due: whose target is due first; those without one last. until: of what is parked, what comes back first; without a time last. recent: the latest message, or end, first. oldest: the first to come, or to end, first. Default: waiting for what waits, until for what is parked, else recent. Without a state, recent and oldest go by when it came, and due and until by the oldest.',
    }),
  ),
});
export type ConversationQuery = Static<typeof ConversationQuery>;

export const InboxCounts = Type.Object({
  mine: Type.Integer(),
  parked: Type.Integer({ description: 'By oneself.' }),
  waiting: Type.Integer(),
  team: Type.Integer({ description: 'Open ones of the teams one is in.' }),
  all: Type.Integer(),
  consulted: Type.Integer({ description: 'About which colleagues have asked one.' }),
  mentions: Type.Integer({
    description: 'Notes that name one and that one has not looked at, at most 100.',
  }),
  unread: Type.Integer({ description: 'Of mine: those with something unread.' }),
  dueSoon: Type.Integer({ description: 'Of all: those whose next target is due soon.' }),
  overdue: Type.Integer({ description: 'Of all: those whose next target was missed.' }),
  unanswered: Type.Integer({
    description:
      'Of all: those whose contact waits for the agent’s answer longer than the plan allows.',
  }),
});
export type InboxCounts = Static<typeof InboxCounts>;

export const ReadMark = Type.Object(
  { upToSeq: Type.Integer({ minimum: 0, maximum: 2_147_483_647 }) },
  { additionalProperties: false },
);

export const UnreadMark = Type.Object(
  {
    fromSeq: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: 2_147_483_647,
        description: 'The first message that is to be unread. Absent: the contact’s last one.',
      }),
    ),
  },
  { additionalProperties: false },
);

export const ConversationUpdate = Type.Object(
  {
    tags: Type.Optional(Type.Array(Text(100, 1), { maxItems: 50, uniqueItems: true })),
    priority: Type.Optional(Priority),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const MessageQuery = Type.Object({
  after: Type.Optional(Type.Integer({ minimum: 0, maximum: 2_147_483_647 })),
  afterSeq: Type.Optional(
    Type.Integer({ minimum: 0, maximum: 2_147_483_647, description: 'The same as after.' }),
  ),
  beforeSeq: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      description: 'Instead: the last ones before it, oldest first.',
    }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 200 })),
});

const Shortcut = Type.String({
  pattern: '^[^\\s/\\u0000\\ud800-\\udfff]{1,60}$',
  description: 'Typed after a slash; no spaces.',
});
const CannedText = Type.String({
  minLength: 1,
  maxLength: 10_000,
  pattern: STORABLE,
  description:
    '{name} becomes the contact’s name and {agent} the agent’s; {name|there} says “there” to whoever has none. Any other name in braces is refused.',
});
const cannedFields = { shortcut: Shortcut, text: CannedText, teamId: Nullable(Id) };
export const CannedReply = Type.Object({ id: Id, ...cannedFields });
export type CannedReply = Static<typeof CannedReply>;
export const CannedReplyCreation = Type.Object(
  { ...cannedFields, teamId: Type.Optional(Nullable(Id)) },
  { additionalProperties: false },
);
export const CannedReplyUpdate = Type.Object(Type.Partial(Type.Object(cannedFields)).properties, {
  additionalProperties: false,
  minProperties: 1,
});

const tagFields = {
  name: Text(100, 1),
  colour: Type.String({ pattern: '^#[0-9a-fA-F]{6}$', description: '#rrggbb' }),
};
export const Tag = Type.Object({ id: Id, ...tagFields });
export type Tag = Static<typeof Tag>;
export const TagCreation = Type.Object(tagFields, { additionalProperties: false });
export const TagUpdate = Type.Object(Type.Partial(Type.Object(tagFields)).properties, {
  additionalProperties: false,
  minProperties: 1,
});
