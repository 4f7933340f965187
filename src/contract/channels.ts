// Channels as the API takes and gives them, with what each kind can be told.
import { type Static, type TObject, type TSchema, Type } from 'typebox';
import { type ChannelKind, kindNames } from './channel-kinds.ts';
import { AppCode, Id, Name, Nullable, Text, Time } from './shapes.ts';
import { STORABLE } from './storable.ts';
import { WebChatConfig, WebChatSecrets } from './webchat.ts';

export const Channel = Type.Object({
  id: Id,
  kind: Type.Enum(kindNames),
  name: Type.String(),
  config: Type.Record(Type.String(), Type.Unknown()),
  teamId: Nullable(Id),
  weight: Type.Integer(),
  enabled: Type.Boolean({
    description: 'false: switched off. Nothing is taken from it, and nothing is told to it.',
  }),
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
      description:
        'What to paste over there: of Qiscus, the addresses with a secret that was made here; shown in the answer to the creation only.',
    }),
  ),
});
export type Channel = Static<typeof Channel>;

const ImpliedSkills = Type.Optional(
  Type.Array(Text(255, 1), {
    maxItems: 20,
    description: 'Skills, by name or id, that each conversation of the channel needs.',
  }),
);

export const QiscusConfig = Type.Object(
  {
    baseUrl: Type.String({ pattern: '^https?://', maxLength: 500 }),
    appId: Text(100, 1),
    email: Type.Optional(Text(255)),
    appCode: Type.Optional(AppCode),
    skills: ImpliedSkills,
  },
  { additionalProperties: false },
);
export type QiscusConfig = Static<typeof QiscusConfig>;

const WebhookSecret = Type.String({
  minLength: 8,
  maxLength: 200,
  pattern: STORABLE,
  description:
    'What Qiscus’ webhooks carry, no other channel’s. Absent in a creation: one is made and shown once.',
});

export const QiscusSecrets = Type.Object(
  { secretKey: Text(200, 1), password: Text(200, 1), webhookSecret: WebhookSecret },
  { additionalProperties: false },
);

const channelFields = {
  name: Name,
  teamId: Nullable(Id),
  weight: Type.Integer({ minimum: 1, maximum: 1000 }),
};

export const RapidProConfig = Type.Object(
  {
    appCode: Type.Optional(AppCode),
    onSecondTicket: Type.Optional(
      Type.Enum(['supersede', 'refuse'], {
        description:
          'A contact with an open conversation gets another ticket: end the open one, or refuse.',
      }),
    ),
    unknownDepartment: Type.Optional(
      Type.Enum(['note', 'refuse'], {
        description:
          'A ticket for a department that is neither a team nor a skill: open it with a note, or refuse.',
      }),
    ),
    skills: ImpliedSkills,
  },
  { additionalProperties: false },
);
export type RapidProConfig = Static<typeof RapidProConfig>;

export const ApiConfig = Type.Object(
  { appCode: Type.Optional(AppCode), skills: ImpliedSkills },
  { additionalProperties: false },
);

const Handover = Type.Object(
  {
    teamId: Id,
    departmentId: Type.String({ pattern: '^[A-Za-z0-9._-]{1,64}$' }),
    /** Its name, for people. */
    department: Type.Optional(Text(255, 1)),
  },
  { additionalProperties: false },
);
export type Handover = Static<typeof Handover>;

export const RocketChatConfig = Type.Object(
  {
    baseUrl: Type.String({ pattern: '^https?://', maxLength: 500 }),
    userId: Text(100, 1),
    callsPerMinute: Type.Optional(
      Type.Union([Type.Integer({ minimum: 1, maximum: 100_000 }), Type.Null()], {
        description:
          'How often Usher calls one address of Rocket.Chat’s API in a minute. Absent or null: what its limiter allows unless it is changed, 10, and 5 for new visitors.',
      }),
    ),
    awayCounts: Type.Optional(
      Type.Boolean({
        description:
          'Whether agents who are away may be given conversations, as Livechat_enabled_when_agent_idle says there. Absent: yes.',
      }),
    ),
    handovers: Type.Optional(
      Type.Array(Handover, {
        maxItems: 200,
        description:
          'Teams whose conversations go to a department over there, where Rocket.Chat’s own routing chooses the agent. Each team once, in one channel.',
      }),
    ),
    handoverSeconds: Type.Optional(
      Type.Union([Type.Integer({ minimum: 60, maximum: 604_800 }), Type.Null()], {
        description:
          'For how long Rocket.Chat decides alone; then Usher’s routing may give the conversation to an agent of the team as well. null: without end. Absent: 600. A change holds for conversations that are handed over from then on.',
      }),
    ),
    appCode: Type.Optional(AppCode),
    skills: ImpliedSkills,
  },
  { additionalProperties: false },
);
export type RocketChatConfig = Static<typeof RocketChatConfig>;

export const RocketChatSecrets = Type.Object(
  {
    authToken: Text(200, 1),
    webhookSecret: Type.String({
      minLength: 8,
      maxLength: 200,
      pattern: STORABLE,
      description:
        'What Rocket.Chat’s webhook and its app carry. Absent in a creation: one is made and shown once.',
    }),
  },
  { additionalProperties: false },
);

export const RapidProSecrets = Type.Object(
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

/**
 * The settings and secrets of each kind; `misfit` is the message for settings that are not its own.
 */
export const channelSettings = {
  qiscus: {
    config: QiscusConfig,
    secrets: QiscusSecrets,
    misfit: 'body/config must have baseUrl and appId: it is a Qiscus channel',
  },
  rapidpro: {
    config: RapidProConfig,
    secrets: RapidProSecrets,
    misfit: 'body/config holds what a RapidPro channel does not know',
  },
  webchat: {
    config: WebChatConfig,
    secrets: WebChatSecrets,
    misfit: 'body/config holds what a web chat channel does not know',
  },
  api: {
    config: ApiConfig,
    secrets: Type.Object({}, { additionalProperties: false }),
    misfit: 'body/config holds what an API channel does not know',
  },
  rocketchat: {
    config: RocketChatConfig,
    secrets: RocketChatSecrets,
    misfit: 'body/config must have baseUrl and userId: it is a Rocket.Chat channel',
  },
} as const satisfies Record<ChannelKind, { config: TObject; secrets: TObject; misfit: string }>;

/** What the API never accepts: the outside system sets it, or it is made here. */
interface SetOtherwise {
  rapidpro: { config: { webhookUrl?: string }; secrets: { authToken?: string } };
}
type Otherwise<K extends ChannelKind> = K extends keyof SetOtherwise
  ? SetOtherwise[K]
  : { config: unknown; secrets: unknown };

/** A kind with the settings and secrets of that kind, as they are kept. */
export type ChannelSettings = {
  [K in ChannelKind]: {
    kind: K;
    config: Static<(typeof channelSettings)[K]['config']> & Otherwise<K>['config'];
    secrets: Partial<Static<(typeof channelSettings)[K]['secrets']>> & Otherwise<K>['secrets'];
  };
}[ChannelKind];

const creationOf = <
  K extends ChannelKind,
  S extends Partial<Record<'config' | 'secrets', TSchema>>,
>(
  kind: K,
  settings: S,
) =>
  Type.Object(
    { ...creationFields, kind: Type.Literal(kind), ...settings },
    { additionalProperties: false },
  );

export const ChannelCreation = Type.Union([
  creationOf('webchat', {
    config: Type.Optional(WebChatConfig),
    secrets: Type.Optional(Type.Partial(WebChatSecrets)),
  }),
  creationOf('qiscus', { config: QiscusConfig, secrets: Type.Partial(QiscusSecrets) }),
  creationOf('rapidpro', {
    config: Type.Optional(RapidProConfig),
    secrets: Type.Optional(Type.Partial(RapidProSecrets)),
  }),
  creationOf('api', { config: Type.Optional(ApiConfig) }),
  creationOf('rocketchat', {
    config: RocketChatConfig,
    secrets: Type.Partial(RocketChatSecrets),
  }),
]);

const all = kindNames.map((kind) => channelSettings[kind]);

export const ChannelUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(channelFields)).properties,
    enabled: Type.Optional(Type.Boolean()),
    config: Type.Optional(Type.Union(all.map(({ config }) => config))),
    secrets: Type.Optional(Type.Union(all.map(({ secrets }) => Type.Partial(secrets)))),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const ResolveRegistration = Type.Object({
  url: Type.String({ description: 'What Qiscus calls; <secret> stands for the channel’s.' }),
  allocationEnabled: Type.Boolean({ description: 'Whether its custom agent allocation is on.' }),
});
export type ResolveRegistration = Static<typeof ResolveRegistration>;

const BodyVerdict = Type.Enum(
  [
    'passed',
    'dropped',
    'no-answer',
    'tls',
    'redirected',
    'elsewhere',
    'no-public-url',
    'no-secret',
  ],
  {
    description:
      'What became of a GET with a body that was sent through PUBLIC_URL. dropped: without a body it is answered, with one it does not arrive unchanged. elsewhere: something else than this Usher answers there.',
  },
);
export type BodyVerdict = Static<typeof BodyVerdict>;

export const BodyCheck = Type.Object({ verdict: BodyVerdict });
export type BodyCheck = Static<typeof BodyCheck>;

export const DeskCheckItem = Type.Object({
  what: Type.Enum(
    [
      'reach',
      'login',
      'roles',
      'omnichannel',
      'agents',
      'webhook-off',
      'webhook-url',
      'webhook-secret',
      'switches',
      'own-messages',
      'webhook-arrives',
      'custom-fields',
      'routing',
      'departments',
      'limiter',
    ],
    {
      description:
        'What was looked at. webhook-off: none is set, which the app makes up for. departments: those that take teams over, where there are any.',
    },
  ),
  state: Type.Enum(['ok', 'wrong', 'unknown']),
  setting: Nullable(
    Type.String({ description: 'What to change over there: settings, roles or fields.' }),
  ),
  found: Nullable(Type.String({ description: 'What stands there, or why it is unknown.' })),
});
export type DeskCheckItem = Static<typeof DeskCheckItem>;

export const DeskCheck = Type.Object({ items: Type.Array(DeskCheckItem) });
export type DeskCheck = Static<typeof DeskCheck>;

export const DeskDepartments = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      isEnabled: Type.Boolean(),
      members: Nullable(Type.Integer({ description: 'null: Rocket.Chat does not say.' })),
    }),
  ),
  trouble: Nullable(Type.String({ description: 'Why there are none to show.' })),
});
export type DeskDepartments = Static<typeof DeskDepartments>;
