// Why a conversation is where it is, and what has happened to it.
import { type Static, Type } from 'typebox';
import { conversationStates } from './conversation-states.ts';
import { Reason } from './reasons.ts';
import { Id, Nullable, Time } from './shapes.ts';

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
  offeredUntil: Nullable(
    Type.String({
      format: 'date-time',
      description: 'Until then the agent could accept it; null: it was no offer.',
    }),
  ),
  endedAt: Nullable(Time),
  endReason: Nullable(Type.String()),
  declineReason: Nullable(Type.String({ description: 'What the agent said who declined it.' })),
  policyVersion: Nullable(Type.Integer()),
  because: Nullable(Type.Record(Type.String(), Type.Unknown())),
  reasons: Type.Array(Reason),
  sentences: Type.Array(Type.String(), { description: 'The reasons, in English.' }),
});

export const Decisions = Type.Object({
  state: Type.Enum([...conversationStates]),
  reasons: Type.Array(Reason, {
    description: 'Why it stands as it does, and for a waiting one what would release it.',
  }),
  explanation: Type.Array(Type.String(), { description: 'The reasons, in English.' }),
  decisions: Type.Array(DecisionRecord),
});
export type Decisions = Static<typeof Decisions>;
