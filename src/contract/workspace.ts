// The workspace’s queue and its API tokens, as the API takes and gives them.
import { Type } from 'typebox';
import { Role } from './agents.ts';
import { Id, Name, Nullable, Time } from './shapes.ts';

export const Queue = Type.Object({
  waiting: Type.Integer(),
  held: Type.Integer(),
  assigned: Type.Integer(),
  longestWaitSeconds: Type.Number(),
  agentsOnline: Type.Integer(),
  freeCapacity: Type.Integer(),
  assignedPerMinute: Type.Number({
    description: 'Over the last ten minutes, or since there is the workspace where that is less.',
  }),
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
  scopes: Nullable(Type.Array(Type.String(), { description: 'null: all that the role may.' })),
  agentId: Nullable(Id),
  createdAt: Time,
  expiresAt: Nullable(Time),
  usedAt: Nullable(Time),
  madeBy: Nullable(
    Type.String({ description: 'As in the audit; null: the start of a server made it.' }),
  ),
  makerGone: Type.Boolean({
    description: 'Whoever made it, a person or a token, may make none any more: replace it.',
  }),
});

export const MadeToken = Type.Object({
  id: Id,
  token: Type.String({ description: 'Shown this once.' }),
  expiresAt: Nullable(
    Type.String({
      format: 'date-time',
      description: 'null: never. What a token makes ends no later than that token.',
    }),
  ),
});

export const TokenCreation = Type.Object(
  {
    name: Name,
    role: Role,
    agentId: Type.Optional(Id),
    scopes: Type.Optional(
      Nullable(
        Type.Array(Type.String({ pattern: '^([a-z.-]{1,50}|channel:[0-9a-f-]{36})$' }), {
          minItems: 1,
          maxItems: 100,
          uniqueItems: true,
          description:
            'Limits the token within its role: names of actions, as GET /api/v1/session lists them, or read for every action that only looks. channel: and the id of an API channel: opens conversations there, and says and reads what is written in them. null: no limit.',
        }),
      ),
    ),
    expiresInDays: Type.Optional(
      Nullable(
        Type.Integer({ minimum: 1, maximum: 3650, description: 'Default 90; null: never.' }),
      ),
    ),
  },
  { additionalProperties: false },
);
