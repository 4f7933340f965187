// What the API takes and gives about endpoints, deliveries, contacts and their external messages.
import { type Static, Type } from 'typebox';
import { bindableTypes } from './event-types.ts';
import { DisplayName, Id, Nullable, Page, Text, Time } from './shapes.ts';
import { AnyName, STORABLE } from './storable.ts';

const Bindable = Type.Enum(bindableTypes, {
  description: 'One of the four Gitple types or one of Usher’s own; it decides the body.',
});
const Url = Text(2048, 1);

const fields = {
  url: Url,
  verifyTls: Type.Boolean({ description: 'Refuse certificates that are not valid.' }),
  events: Type.Array(Bindable, { maxItems: 100, uniqueItems: true }),
  signatureEncoding: Type.Enum(['hex', 'base64'], {
    description: 'Of X-Hub-Signature; hex unless a receiver wants it otherwise.',
  }),
  absentTimes: Type.Enum(['omit', 'null'], {
    description: 'How a Gitple body shows a time that is not reached.',
  }),
};
const Secret = Type.String({
  maxLength: 500,
  pattern: STORABLE,
  description: 'Signs every request; never read back. Empty: requests are not signed.',
});

export const Endpoint = Type.Object({
  id: Id,
  agentId: Nullable(
    Type.String({
      format: 'uuid',
      description:
        'The bot that listens there, and is told of what it has alone. null: it is no bot’s.',
    }),
  ),
  ...fields,
  enabled: Type.Boolean(),
  disabledReason: Nullable(
    Type.Enum(['paused', 'gone', 'failing'], {
      description: 'paused: by an admin. gone: it answered 410. failing: no success for five days.',
    }),
  ),
  hasSecret: Type.Boolean(),
  oldSecretUntil: Nullable(Time),
  state: Type.Enum(['new', 'healthy', 'failing', 'disabled']),
  failures: Type.Integer({ description: 'Attempts since the last success.' }),
  failingSince: Nullable(Time),
  lastSuccessAt: Nullable(Time),
  lastFailureAt: Nullable(Time),
  createdAt: Time,
  warnings: Type.Array(Type.String(), { description: 'What should be changed, in words.' }),
});
export type Endpoint = Static<typeof Endpoint>;

/** The answer to a new secret: the only time that its library form is shown. */
export const EndpointWithSecret = Type.Object({
  ...Endpoint.properties,
  librarySecret: Type.Optional(
    Type.String({
      description:
        'The secret as Standard Webhooks libraries want it. Shown only when a secret is set.',
    }),
  ),
});
export type EndpointWithSecret = Static<typeof EndpointWithSecret>;

export const EndpointCreation = Type.Object(
  {
    ...Type.Partial(Type.Object(fields)).properties,
    url: Url,
    events: fields.events,
    secret: Type.Optional(Secret),
    enabled: Type.Optional(Type.Boolean()),
  },
  { additionalProperties: false },
);
export const EndpointUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(fields)).properties,
    secret: Type.Optional(Secret),
    keepOldSecretSeconds: Type.Optional(
      Type.Integer({
        minimum: 0,
        maximum: 604_800,
        description: 'With a new secret: how long the old one signs too. A day unless given.',
      }),
    ),
    enabled: Type.Optional(Type.Boolean()),
    held: Type.Optional(
      Type.Enum(['send', 'drop'], {
        description: 'When it is switched on: what happens to the events held meanwhile. send.',
      }),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const EndpointTest = Type.Object(
  { type: Type.Optional(Bindable) },
  { additionalProperties: false },
);
export const EndpointTestResult = Type.Object({
  delivered: Type.Boolean(),
  type: Type.String(),
  triggerId: Type.String(),
  result: Type.String({ description: 'delivered, answered <status>, or the error in a word.' }),
  status: Nullable(Type.Integer()),
  answer: Nullable(Type.String()),
  latencyMs: Type.Integer(),
  request: Type.Object({
    url: Type.String(),
    headers: Type.Record(Type.String(), Type.String()),
    body: Type.String(),
  }),
});
export type EndpointTestResult = Static<typeof EndpointTestResult>;

export const DeliveryState = Type.Enum(['pending', 'sending', 'held', 'done', 'failed']);
export const DeliveryAttempt = Type.Object({
  attempt: Type.Integer(),
  startedAt: Time,
  latencyMs: Type.Integer(),
  address: Nullable(Type.String({ description: 'The network address it went to.' })),
  result: Type.String(),
  status: Nullable(Type.Integer()),
  answer: Nullable(Type.String({ description: 'The first 4 KiB of the answer, or the error.' })),
  requestHeaders: Nullable(Type.Record(Type.String(), Type.String())),
});
export const DeliverySummary = Type.Object({
  id: Type.String({ description: 'Grows with every delivery.' }),
  endpointId: Id,
  triggerId: Type.String({ description: 'The webhook-id: the same on every attempt.' }),
  type: Type.String(),
  subjectId: Id,
  state: DeliveryState,
  attempts: Type.Integer(),
  parked: Type.Boolean({ description: 'Holds back none of those behind it.' }),
  outcome: Nullable(Type.String()),
  nextAttemptAt: Nullable(Time),
  replayOf: Nullable(Type.String()),
  createdAt: Time,
  doneAt: Nullable(Time),
});
export type DeliverySummary = Static<typeof DeliverySummary>;
export const DeliveryDetail = Type.Object({
  ...DeliverySummary.properties,
  body: Nullable(Type.String({ description: 'Null until the first attempt.' })),
  log: Type.Array(DeliveryAttempt),
});
export type DeliveryDetail = Static<typeof DeliveryDetail>;
export const DeliveryHoursQuery = Type.Object({
  hours: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 168, description: 'The current one is the last. 24' }),
  ),
});
export const DeliveryHours = Type.Object({
  items: Type.Array(
    Type.Object({
      at: Type.String({ format: 'date-time', description: 'The beginning of an hour of UTC.' }),
      delivered: Type.Integer(),
      failed: Type.Integer({ description: 'Given up.' }),
      waiting: Type.Integer({ description: 'To be sent, tried again, or held.' }),
    }),
    { description: 'By when the events happened, the earliest hour first.' },
  ),
  isCut: Type.Boolean({
    description:
      'More than 20,000 deliveries in the span: hours before the first one shown are left out.',
  }),
});
export type DeliveryHours = Static<typeof DeliveryHours>;

export const Redeliver = Type.Object(
  {
    since: Time,
    states: Type.Optional(
      Type.Enum(['failed', 'all'], {
        description: 'Only what failed for good, or everything. failed',
      }),
    ),
  },
  { additionalProperties: false },
);

export const Contact = Type.Object({
  id: Id,
  channelId: Id,
  externalId: Type.String(),
  displayName: DisplayName,
  name: Nullable(Type.String()),
  email: Nullable(Type.String()),
  phone: Nullable(Type.String()),
  avatarUrl: Nullable(Type.String()),
  verified: Nullable(
    Type.Boolean({
      description: 'The company has proved who this is. null: the channel knows no proof.',
    }),
  ),
  anonymous: Type.Boolean(),
  lang: Nullable(Type.String()),
  groups: Type.Array(Type.String()),
  tags: Type.Array(Type.String()),
  attributes: Type.Record(AnyName, Type.Unknown()),
  agentId: Nullable(
    Type.String({
      format: 'uuid',
      description: 'The agent to whom the contact belongs. null: nobody.',
    }),
  ),
  createdAt: Time,
  seenAt: Time,
  blockedAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'What it sends opens nothing since then. null: it is not blocked.',
    }),
  ),
});
export type Contact = Static<typeof Contact>;
const Labels = Type.Array(Text(100, 1), { maxItems: 100, uniqueItems: true });
const changeable = {
  name: Nullable(Text(255)),
  email: Nullable(Text(255)),
  phone: Nullable(Text(50)),
  lang: Nullable(Type.String({ pattern: '^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$', maxLength: 35 })),
  groups: Labels,
  tags: Labels,
  agentId: Nullable(Id),
};
export const ContactUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(changeable)).properties,
    attributes: Type.Optional(
      Type.Record(AnyName, Nullable(Text(1000)), {
        maxProperties: 100,
        propertyNames: Text(100, 1),
        description: 'Added to what is there; null removes one.',
      }),
    ),
    was: Type.Optional(
      Type.Object(
        {
          ...Type.Partial(
            Type.Object({
              ...changeable,
              name: Nullable(Type.String({ maxLength: 1000 })),
              email: Nullable(Type.String({ maxLength: 1000 })),
              phone: Nullable(Type.String({ maxLength: 1000 })),
              lang: Nullable(Type.String({ maxLength: 100 })),
            }),
          ).properties,
          attributes: Type.Optional(
            Type.Record(AnyName, Type.Unknown(), {
              maxProperties: 100,
              propertyNames: Text(100, 1),
            }),
          ),
        },
        {
          additionalProperties: false,
          description:
            'What the caller has read of what it changes. Where something of it is another by now, nothing is changed: 409 contact.changed.',
        },
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);
export type ContactUpdate = Static<typeof ContactUpdate>;

export const ExternalMessageText = Type.Object(
  { text: Text(10_000, 1) },
  { additionalProperties: false },
);
export const ExternalMessage = Type.Object({
  triggerId: Type.String(),
  text: Type.String(),
  from: Type.Object({ id: Type.String(), name: Nullable(Type.String()) }),
  at: Time,
  state: Type.Enum(['sending', 'sent', 'failed']),
  deliveries: Type.Array(
    Type.Object({
      id: Type.String(),
      endpointId: Id,
      state: DeliveryState,
      status: Nullable(Type.Integer({ description: 'Of the last answer.' })),
      outcome: Nullable(Type.String()),
    }),
  ),
});
export type ExternalMessage = Static<typeof ExternalMessage>;

const auditFilter = {
  actor: Type.Optional(
    Type.String({ maxLength: 200, description: 'Whose doings, as entries name them: agent:<id>.' }),
  ),
  kind: Type.Optional(
    Type.String({
      maxLength: 40,
      pattern: '^[a-z-]+$',
      description: 'The noun of the action, as `endpoint`.',
    }),
  ),
  objectId: Type.Optional(Id),
  from: Type.Optional(Time),
  to: Type.Optional(Type.String({ ...Time, description: 'Excluded.' })),
};
export const AuditQuery = Type.Object({ ...Page.properties, ...auditFilter });
export const AuditCsvQuery = Type.Object(auditFilter);

export const AuditEntry = Type.Object({
  id: Type.String(),
  at: Time,
  actor: Type.String(),
  action: Type.String({ description: 'As noun.past-verb.' }),
  objectKind: Type.String({ description: 'The noun of the action.' }),
  objectId: Id,
  objectName: Nullable(
    Type.String({
      description:
        'What it is called, or was when it was removed; of a conversation, its contact. null: it has no name.',
    }),
  ),
  change: Type.Record(Type.String(), Type.Unknown()),
});
export type AuditEntry = Static<typeof AuditEntry>;
