// What the API takes and gives about contacts: lists, what is on record about one, merging, blocking, erasing.
import { type Static, Type } from 'typebox';
import { kindNames } from './channel-kinds.ts';
import { conversationStates } from './conversation-states.ts';
import { Contact } from './endpoints.ts';
import { Id, Nullable, Page, Text, Time } from './shapes.ts';
import { AnyName } from './storable.ts';

export const ContactQuery = Type.Object({
  ...Page.properties,
  q: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 100,
      pattern: '\\S',
      description:
        'The beginnings of words of a name, the beginning of an e-mail address or a phone number, a whole id, what a guest is called; any part of a name, address or id among the latest 20,000 contacts.',
    }),
  ),
  tag: Type.Optional(Text(100, 1)),
  attribute: Type.Optional(Text(100, 1)),
  value: Type.Optional(
    Type.String({ maxLength: 1000, description: 'Of the attribute: all of it, as a text.' }),
  ),
  blocked: Type.Optional(Type.Literal(true)),
});

export const ListedContact = Type.Object({
  ...Contact.properties,
  latest: Nullable(
    Type.Object(
      { id: Id, state: Type.Enum([...conversationStates]), queuedAt: Time },
      { description: 'The newest conversation; null: none.' },
    ),
  ),
});
export type ListedContact = Static<typeof ListedContact>;

export const reachObstacles = [
  'no-call',
  'visitor-gone',
  'unknown-name',
  'blocked',
  'open',
] as const;
export type ReachObstacle = (typeof reachObstacles)[number];

export const Reach = Type.Object({
  identityId: Id,
  channelId: Id,
  channelName: Type.String(),
  channelKind: Type.Enum([...kindNames]),
  externalId: Type.String({ description: 'As the channel knows the contact.' }),
  obstacle: Nullable(
    Type.Enum([...reachObstacles], {
      description:
        'Why nobody can write first there; null: one can. no-call: the outside system has no call for it. visitor-gone: no session of the visitor stands. unknown-name: its program has had no conversation with them. open: one is open.',
    }),
  ),
  openId: Nullable(Type.String({ description: 'What is open, if one may see it.' })),
});
export const Reaches = Type.Object({ items: Type.Array(Reach) });

export const ConversationStart = Type.Object(
  {
    identityId: Id,
    text: Type.String({ ...Text(10_000, 1), description: 'What the agent says first.' }),
    force: Type.Optional(
      Type.Boolean({ description: 'Beyond the agent’s capacity; for supervisors.' }),
    ),
  },
  { additionalProperties: false },
);

const By = Type.String({ description: 'agent:<id>, or a token’s name.' });
const Reason = Text(500, 1);

export const ContactMerge = Type.Object({
  id: Id,
  keptId: Id,
  mergedId: Id,
  mergedName: Type.String({ description: 'What the merged one was called.' }),
  at: Time,
  by: By,
  undoneAt: Nullable(Time),
  undoneBy: Nullable(By),
});
export type ContactMerge = Static<typeof ContactMerge>;

export const ContactRecord = Type.Object({
  identities: Type.Array(
    Type.Object({
      id: Id,
      channelId: Id,
      channelName: Type.String(),
      channelKind: Type.Enum(kindNames),
      externalId: Type.String({ description: 'The channel’s own id of the contact.' }),
      name: Nullable(Type.String()),
      email: Nullable(Type.String()),
      phone: Nullable(Type.String()),
      createdAt: Time,
      seenAt: Time,
    }),
    { description: 'As which the channels know the contact: itself first, then what was merged.' },
  ),
  merges: Type.Array(ContactMerge, { description: 'Newest first, 100 at most.' }),
  block: Nullable(
    Type.Object(
      { id: Id, reason: Type.String(), at: Time, by: By },
      { description: 'null: not blocked.' },
    ),
  ),
  visits: Type.Array(
    Type.Object({
      at: Time,
      seenAt: Time,
      channelId: Id,
      page: Type.Record(AnyName, Type.Unknown(), {
        description: 'What the page and the browser said.',
      }),
      address: Nullable(
        Type.String({
          description: 'From where. null: not known, or whoever asks may not block it.',
        }),
      ),
    }),
    { description: 'Sessions over the web, newest first, 20 at most, while they are kept.' },
  ),
  ratings: Type.Object({
    count: Type.Integer(),
    mean: Nullable(Type.Number({ description: 'From 1 to 5; null: none.' })),
  }),
  conversations: Type.Object({ open: Type.Integer(), ended: Type.Integer() }),
  notes: Type.Array(
    Type.Object({
      conversationId: Id,
      text: Type.String(),
      authorName: Nullable(Type.String({ description: 'null: no agent.' })),
      at: Time,
    }),
    { description: 'Notes of agents in its conversations, newest first, 20 at most.' },
  ),
});
export type ContactRecord = Static<typeof ContactRecord>;

export const MergeAsking = Type.Object({ mergedId: Id }, { additionalProperties: false });
export const MergePreview = Type.Object({
  kept: Type.Object(Contact.properties, { description: 'As it will be.' }),
  merged: Type.Object(Contact.properties),
  given: Type.Array(Type.String(), {
    description:
      'What it gets of the other: name, email, phone, lang, agentId, groups, tags, attributes.',
  }),
  leftOut: Type.Integer({ description: 'Tags and attributes beyond what a contact may have.' }),
  conversations: Type.Integer({ description: 'That the merged one has.' }),
});
export type MergePreview = Static<typeof MergePreview>;

export const Blocking = Type.Object({ reason: Reason }, { additionalProperties: false });

const Network = Type.String({
  minLength: 2,
  maxLength: 64,
  description: 'An address, or a network as 192.0.2.0/24. At least /16 of IPv4, /32 of IPv6.',
});
export const NetworkBlock = Type.Object({
  id: Id,
  network: Type.String(),
  reason: Type.String(),
  at: Time,
  by: By,
});
export type NetworkBlock = Static<typeof NetworkBlock>;
export const NetworkBlocking = Type.Object(
  { network: Network, reason: Reason },
  { additionalProperties: false },
);

export const Erasing = Type.Object(
  {
    confirm: Type.String({
      maxLength: 2000,
      description: 'The display name of the contact, or the id: what is erased does not come back.',
    }),
  },
  { additionalProperties: false },
);
export const Erased = Type.Object({
  conversations: Type.Integer(),
  messages: Type.Integer(),
  files: Type.Integer(),
  identities: Type.Integer(),
  deliveries: Type.Integer(),
});
export type Erased = Static<typeof Erased>;
