// What the API takes and gives, beside the conversations: agents, teams, channels, policy, queue, tokens.
import { type Static, Type } from 'typebox';
import { CloseMetaItem, MessageAttachment } from './events.ts';
import { AnyName, STORABLE } from './storable.ts';
import { WebChatConfig, WebChatSecrets } from './webchat.ts';

export const Id = Type.String({ format: 'uuid' });
export const Time = Type.String({ format: 'date-time' });
export const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
export const Text = (maxLength: number, minLength = 0) =>
  Type.String({ minLength, maxLength, pattern: STORABLE });
const Name = Type.String({
  minLength: 1,
  maxLength: 255,
  pattern: '^[^\\u0000\\ud800-\\udfff]*[^\\s\\u0000\\ud800-\\udfff][^\\u0000\\ud800-\\udfff]*$',
});

/** RFC 9457. */
export const Problem = Type.Object(
  {
    type: Type.String({ description: 'about:blank' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.String({ description: 'What is wrong and what to do.' }),
    code: Type.String({ description: 'Stable, as noun.reason.' }),
    requestId: Type.String(),
  },
  { $id: 'Problem' },
);

export const IdParams = Type.Object({ id: Id });

export const Page = Type.Object({
  cursor: Type.Optional(
    Type.String({ description: 'What the previous page gave as nextCursor.', maxLength: 200 }),
  ),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
});

export const PageOf = <T extends Type.TSchema>(item: T) =>
  Type.Object({ items: Type.Array(item), nextCursor: Nullable(Type.String()) });

export const Role = Type.Enum(['admin', 'supervisor', 'agent']);
export type Role = Static<typeof Role>;
export const Availability = Type.Enum(['online', 'away', 'offline']);

const Capacity = Nullable(
  Type.Integer({
    minimum: 0,
    maximum: 1000,
    description: 'The most conversations at a time; null: the workspace’s default.',
  }),
);

export const Agent = Type.Object({
  id: Id,
  name: Type.String(),
  email: Nullable(Type.String()),
  role: Role,
  capacity: Capacity,
  effectiveCapacity: Type.Integer({
    description: 'The capacity, or the default where it is null.',
  }),
  availability: Availability,
  load: Type.Integer({ description: 'What Usher holds for the agent.' }),
  externalLoad: Type.Integer({ description: 'What the outside system reports beyond that.' }),
  answersHere: Type.Boolean({
    description: 'Answers in Usher itself, not only in an outside system.',
  }),
  teamIds: Type.Array(Id),
  skillIds: Type.Array(Id),
  lastAssignedAt: Nullable(Time),
});
export type Agent = Static<typeof Agent>;

const agentFields = {
  name: Name,
  email: Nullable(Type.String({ format: 'email', maxLength: 255 })),
  role: Role,
  capacity: Capacity,
  availability: Availability,
  answersHere: Type.Boolean(),
  teamIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
  skillIds: Type.Array(Id, { maxItems: 100, uniqueItems: true }),
};
export const AgentUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(agentFields)).properties,
    leaseSeconds: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 1,
          maximum: 86_400,
          description:
            'Counts as online only for so long unless sent again; null: until changed. For clients that may vanish.',
        }),
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export const AgentCreation = Type.Object(
  { ...Type.Partial(Type.Object(agentFields)).properties, name: Name },
  { additionalProperties: false },
);

export const Group = Type.Object({ id: Id, name: Type.String() });
export const GroupCreation = Type.Object({ name: Name }, { additionalProperties: false });

export const Channel = Type.Object({
  id: Id,
  kind: Type.Enum(['qiscus', 'rapidpro', 'webchat']),
  name: Type.String(),
  config: Type.Record(Type.String(), Type.Unknown()),
  teamId: Nullable(Id),
  weight: Type.Integer(),
  urls: Type.Record(Type.String(), Type.String(), {
    description: 'The addresses to paste into the other system; a secret shows as <secret>.',
  }),
  syncedAt: Nullable(Time),
  connected: Nullable(
    Type.String({ description: 'The host of the outside system that has connected itself.' }),
  ),
  syncError: Nullable(Type.String({ description: 'What an admin must mend over there.' })),
  shownOnce: Type.Optional(
    Type.Record(Type.String(), Type.String(), {
      description: 'What else to paste over there; shown in the answer to the creation only.',
    }),
  ),
});
export type Channel = Static<typeof Channel>;

export const QiscusConfig = Type.Object(
  {
    baseUrl: Type.String({ pattern: '^https?://', maxLength: 500 }),
    appId: Text(100, 1),
    email: Type.Optional(Text(255)),
  },
  { additionalProperties: false },
);
export type QiscusConfig = Static<typeof QiscusConfig>;
const QiscusSecrets = Type.Object(
  { secretKey: Text(200, 1), password: Text(200, 1), webhookSecret: Text(200, 8) },
  { additionalProperties: false },
);
const channelFields = {
  name: Name,
  teamId: Nullable(Id),
  weight: Type.Integer({ minimum: 1, maximum: 1000 }),
};
export const RapidProConfig = Type.Object(
  {
    onSecondTicket: Type.Optional(
      Type.Enum(['supersede', 'refuse'], {
        description:
          'A contact with an open conversation gets another ticket: end the open one, or refuse.',
      }),
    ),
    unknownDepartment: Type.Optional(
      Type.Enum(['note', 'refuse'], {
        description: 'A ticket for a department that is no team: open it with a note, or refuse.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type RapidProConfig = Static<typeof RapidProConfig>;
const RapidProSecrets = Type.Object(
  {
    secret: Type.String({
      minLength: 8,
      maxLength: 200,
      pattern: STORABLE,
      description: 'The one that RapidPro’s page shows.',
    }),
    apiToken: Type.String({
      maxLength: 200,
      pattern: STORABLE,
      description: 'Of RapidPro’s API, to show what was said before. Empty: not wanted.',
    }),
  },
  { additionalProperties: false },
);
const creationFields = { ...Type.Partial(Type.Object(channelFields)).properties, name: Name };
export const ChannelCreation = Type.Union([
  Type.Object(
    {
      ...creationFields,
      kind: Type.Literal('webchat'),
      config: Type.Optional(WebChatConfig),
      secrets: Type.Optional(Type.Partial(WebChatSecrets)),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...creationFields,
      kind: Type.Literal('qiscus'),
      config: QiscusConfig,
      secrets: Type.Partial(QiscusSecrets),
    },
    { additionalProperties: false },
  ),
  Type.Object(
    {
      ...creationFields,
      kind: Type.Literal('rapidpro'),
      config: Type.Optional(RapidProConfig),
      secrets: Type.Optional(Type.Partial(RapidProSecrets)),
    },
    { additionalProperties: false },
  ),
]);
export const ChannelUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(channelFields)).properties,
    config: Type.Optional(Type.Union([QiscusConfig, RapidProConfig, WebChatConfig])),
    secrets: Type.Optional(
      Type.Union([
        Type.Partial(QiscusSecrets),
        Type.Partial(RapidProSecrets),
        Type.Partial(WebChatSecrets),
      ]),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const Assign = Type.Object(
  { agentId: Id, force: Type.Optional(Type.Boolean()) },
  { additionalProperties: false },
);
export const Transfer = Type.Union([
  Assign,
  Type.Object({ teamId: Id }, { additionalProperties: false }),
]);
export const Requeue = Type.Object(
  { reason: Type.Optional(Text(200)) },
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
export const MessageWriting = Type.Object(
  {
    text: Type.Optional(Text(10_000)),
    attachmentIds: Type.Optional(Type.Array(Id, { maxItems: 10, uniqueItems: true })),
  },
  { additionalProperties: false, minProperties: 1 },
);
export const NoteWriting = Type.Object({ text: Text(10_000, 1) }, { additionalProperties: false });
export const Message = Type.Object({
  id: Id,
  seq: Type.Integer(),
  kind: Type.Enum(['text', 'note']),
  authorKind: Type.String(),
  authorId: Nullable(Id),
  text: Type.String(),
  attachments: Type.Array(MessageAttachment),
  late: Type.Boolean({ description: 'Came after the end, before the outside system knew of it.' }),
  history: Type.Boolean({ description: 'Was said before the conversation began.' }),
  createdAt: Time,
  delivery: Nullable(
    Type.Object({
      state: Type.Enum(['sending', 'delivered', 'not-delivered']),
      reason: Nullable(Type.String()),
    }),
  ),
});
export type Message = Static<typeof Message>;
export const Event = Type.Object({
  id: Id,
  seq: Type.Integer(),
  type: Type.String(),
  at: Time,
  data: Type.Record(Type.String(), Type.Unknown()),
});

export const DecisionRecord = Type.Object({
  assignmentId: Id,
  agentId: Id,
  agentName: Nullable(Type.String()),
  state: Type.Enum(['pending', 'confirmed', 'ended', 'undone']),
  assignedBy: Type.String(),
  forced: Type.Boolean(),
  assignedAt: Time,
  confirmedAt: Nullable(Time),
  endedAt: Nullable(Time),
  endReason: Nullable(Type.String()),
  policyVersion: Nullable(Type.Integer()),
  because: Nullable(Type.Record(Type.String(), Type.Unknown())),
  sentences: Type.Array(Type.String()),
});
export const Decisions = Type.Object({
  state: Type.Enum(['waiting', 'assigned', 'closed']),
  explanation: Type.Array(Type.String(), {
    description: 'Why it stands as it does, and for a waiting one what would release it.',
  }),
  decisions: Type.Array(DecisionRecord),
});
export type Decisions = Static<typeof Decisions>;

export const Queue = Type.Object({
  waiting: Type.Integer(),
  held: Type.Integer(),
  assigned: Type.Integer(),
  longestWaitSeconds: Type.Number(),
  agentsOnline: Type.Integer(),
  freeCapacity: Type.Integer(),
  assignedPerMinute: Type.Number(),
  groups: Type.Array(
    Type.Object({
      teamId: Nullable(Id),
      channelId: Id,
      waiting: Type.Integer(),
      longestWaitSeconds: Type.Number(),
    }),
  ),
});

export const Token = Type.Object({
  id: Id,
  name: Type.String(),
  role: Role,
  agentId: Nullable(Id),
  createdAt: Time,
  expiresAt: Nullable(Time),
});
export const TokenCreation = Type.Object(
  {
    name: Name,
    role: Role,
    agentId: Type.Optional(Id),
    expiresInDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
  },
  { additionalProperties: false },
);
