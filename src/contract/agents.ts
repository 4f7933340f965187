// Agents, teams and skills as the API takes and gives them.
import { type Static, Type } from 'typebox';
import { Id, Name, Nullable, Time } from './shapes.ts';
import { StatusReason, shownStatus } from './statuses.ts';

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

/** From 1 to 5. */
export const SkillLevel = Type.Integer({ minimum: 1, maximum: 5 });

const SkillLevels = Type.Record(Id, SkillLevel, {
  maxProperties: 100,
  description:
    'How well the agent has each skill, 1 to 5, by its id: the steps of a plan may ask for a least level. A skill that is given starts at 1.',
});

export const Agent = Type.Object({
  id: Id,
  name: Type.String(),
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
  load: Type.Integer({ description: 'What Usher holds for the agent.' }),
  externalLoad: Type.Integer({ description: 'What the outside system reports beyond that.' }),
  answersHere: Type.Boolean({
    description: 'Answers in Usher itself, not only in an outside system.',
  }),
  teamIds: Type.Array(Id),
  skillIds: Type.Array(Id),
  skillLevels: SkillLevels,
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
  skillLevels: SkillLevels,
};

export const AgentUpdate = Type.Object(
  {
    ...Type.Partial(Type.Object(agentFields)).properties,
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
  { ...Type.Partial(Type.Object(agentFields)).properties, name: Name },
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
