// Agents, teams and skills as the API takes and gives them.
import { type Static, Type } from 'typebox';
import { Id, Name, Named, Nullable, Text, Time } from './shapes.ts';
import { StatusReason, shownStatus } from './statuses.ts';
import { AnyName, STORABLE } from './storable.ts';

export const Role = Type.Enum(['admin', 'supervisor', 'agent']);
export type Role = Static<typeof Role>;
export const Availability = Type.Enum(['online', 'away', 'offline']);

export const AgentKind = Type.Enum(['human', 'bot'], {
  description:
    'bot: a program. It signs in nowhere, is given only what plans give it first, and counts as no person. Set when it is made.',
});

export const Capacity = Nullable(
  Type.Integer({
    minimum: 0,
    maximum: 1000,
    description: 'The most conversations at a time; null: the workspace’s default.',
  }),
);

const aboutLimits =
  'The most of a kind of channel (webchat, qiscus, …) or of one channel that an agent holds at a time, in weights as the capacity, which holds beside them. A channel may be named by its name; it is stored and answered by id.';

export const Limits = (description: string) =>
  Named(255, Type.Integer({ minimum: 0, maximum: 1000 }), {
    maxProperties: 50,
    description: `${aboutLimits} ${description}`,
  });

/** At most an hour. */
export const Seconds = (description: string) =>
  Type.Integer({ minimum: 0, maximum: 3600, description });

const OwnLimits = Nullable(Limits('{}: no limits; null: the workspace’s default.'));
const Pace = Nullable(
  Seconds(
    'The least seconds between two conversations that the router gives to the agent, from the last of them that the agent did not decline or miss; null: the workspace’s default.',
  ),
);
const WrapUpTime = Nullable(
  Seconds(
    'For how many seconds an ended conversation keeps its place, unless the agent is done before; null: the workspace’s default.',
  ),
);

/** From 1 to 5. */
export const SkillLevel = Type.Integer({ minimum: 1, maximum: 5 });

// A record alone looks at no name.
const SkillLevels = Type.Record(AnyName, SkillLevel, {
  propertyNames: Id,
  maxProperties: 100,
  description:
    'How well the agent has each skill, 1 to 5, by its id: the steps of a plan may ask for a least level. A skill that is given starts at 1.',
});

export const WrapUp = Type.Object({
  conversationId: Id,
  weight: Type.Integer(),
  since: Time,
  until: Type.String({
    format: 'date-time',
    description: 'Then it ends by itself, unless the agent is done before.',
  }),
});

export const WrapUpDone = Type.Object(
  { conversationId: Type.Optional(Id) },
  { additionalProperties: false },
);

export const Agent = Type.Object({
  id: Id,
  name: Type.String(),
  kind: AgentKind,
  webhook: Nullable(
    Type.Object(
      {
        endpointId: Id,
        host: Type.String(),
        enabled: Type.Boolean({ description: 'false: it is told nothing, and given nothing.' }),
      },
      { description: 'Where a bot hears of what it has: one of the endpoints. null: nowhere.' },
    ),
  ),
  email: Nullable(Type.String()),
  role: Role,
  capacity: Capacity,
  effectiveCapacity: Type.Integer({
    description: 'The capacity, or the default where it is null.',
  }),
  availability: Type.Enum(['online', 'away', 'offline'], {
    description: 'By the clock: whose lease is over is offline.',
  }),
  lapsed: Type.Boolean({
    description:
      'Offline only because nothing was heard of the agent’s client; online again as soon as it is.',
  }),
  ...shownStatus,
  load: Type.Integer({
    description: 'What Usher holds for the agent, with what the agent wraps up.',
  }),
  parked: Type.Integer({
    description: 'Conversations that are set aside with the agent; they are no load.',
  }),
  externalLoad: Type.Integer({ description: 'What the outside system reports beyond that.' }),
  answersHere: Type.Boolean({
    description: 'Answers in Usher itself, not only in an outside system.',
  }),
  teamIds: Type.Array(Id),
  skillIds: Type.Array(Id),
  skillLevels: SkillLevels,
  lastAssignedAt: Nullable(Time),
  limits: OwnLimits,
  effectiveLimits: Type.Array(
    Type.Object({
      scope: Type.String({ description: 'A kind of channel, or the id of one.' }),
      most: Type.Integer(),
      load: Type.Integer({ description: 'What Usher holds for the agent of that.' }),
    }),
    { description: 'The limits in force, with what is held under each.' },
  ),
  pace: Pace,
  effectivePace: Type.Integer(),
  pacedUntil: Nullable(
    Type.String({
      format: 'date-time',
      description: 'Until then the router gives the agent nothing more; null: it may now.',
    }),
  ),
  wrapUp: WrapUpTime,
  effectiveWrapUp: Type.Integer(),
  wrapUps: Type.Array(WrapUp, {
    description: 'Ended conversations that keep their place, the first to end by itself first.',
  }),
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
  skillLevels: SkillLevels,
  limits: OwnLimits,
  pace: Pace,
  wrapUp: WrapUpTime,
};

const Webhook = Nullable(
  Type.Object(
    {
      url: Type.Optional(
        Type.String({
          ...Text(2048, 1),
          description: 'Absent: it stays as it is; a new one needs it.',
        }),
      ),
      secret: Type.Optional(
        Type.String({
          maxLength: 500,
          pattern: STORABLE,
          description:
            'Signs every request; never read back. Absent: it stays as it is. Empty: nothing is signed.',
        }),
      ),
    },
    {
      additionalProperties: false,
      description: 'Of a bot alone: where it hears of what it has. null: nowhere.',
    },
  ),
);

export const AgentUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(agentFields)).properties,
    webhook: Type.Optional(Webhook),
    statusId: Type.Optional(
      Nullable(
        Type.String({
          ...Id,
          description:
            'Why the agent is away: one of the workspace’s statuses. It sets whoever is not away away; null: away without one.',
        }),
      ),
    ),
    statusReason: Type.Optional(StatusReason),
    leaseSeconds: Type.Optional(
      Nullable(
        Type.Integer({
          minimum: 1,
          maximum: 86_400,
          description:
            'Counts as online only for so long unless sent again; null: until changed. For clients that may vanish. Whoever goes online after a lease that is over, and sends none, has 30 seconds for the client to be heard of.',
        }),
      ),
    ),
  },
  { additionalProperties: false, minProperties: 1 },
);

export const AgentCreation = Type.Object(
  {
    ...Type.Partial(Type.Object(agentFields)).properties,
    name: Name,
    kind: Type.Optional(AgentKind),
    webhook: Type.Optional(Webhook),
  },
  { additionalProperties: false },
);

export const Group = Type.Object({ id: Id, name: Type.String() });
export const GroupCreation = Type.Object({ name: Name }, { additionalProperties: false });

const TeamSkills = Type.Array(Id, {
  maxItems: 20,
  uniqueItems: true,
  description: 'Each conversation of the team needs these: only members who have all are given it.',
});
export const Team = Type.Object({ id: Id, name: Type.String(), skillIds: TeamSkills });
export const TeamCreation = Type.Object(
  { name: Name, skillIds: Type.Optional(TeamSkills) },
  { additionalProperties: false },
);
export const TeamUpdate = Type.Object(
  { name: Type.Optional(Name), skillIds: Type.Optional(TeamSkills) },
  { additionalProperties: false, minProperties: 1 },
);
