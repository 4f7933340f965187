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
