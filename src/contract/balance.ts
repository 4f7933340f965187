// Moving conversations that nobody has answered yet, so that agents share the load evenly.
import { type Static, Type } from 'typebox';
import { Reason } from './reasons.ts';
import { DisplayName, Id, Nullable, Time } from './shapes.ts';

/** Of one plan. */
export const MOST_BALANCE_MOVES = 1000;

/** A plan that narrows the gap between the highest and the lowest load share by this is worth proposing. */
export const PROPOSED_GAP = 0.25;

export const BalanceQuery = Type.Object({
  teamId: Type.Optional(
    Type.String({
      format: 'uuid',
      description: 'Only its agents give and are given conversations. Default: everybody.',
    }),
  ),
});

const Share = (description: string) => Type.Number({ description });
const Party = Type.Object({ agentId: Id, agentName: Type.String() });

export const BalanceMove = Type.Object({
  conversationId: Id,
  contact: DisplayName,
  channelId: Id,
  from: Party,
  to: Party,
  reason: Reason,
  sentence: Type.String({ description: 'The reason, in English.' }),
});
export type BalanceMove = Static<typeof BalanceMove>;

export const LoadShare = Type.Object({
  agentId: Id,
  agentName: Type.String(),
  capacity: Type.Integer(),
  heldBefore: Type.Integer({ description: 'In weights, with what outside systems report.' }),
  heldAfter: Type.Integer(),
  before: Share('What the agent holds, over the capacity.'),
  after: Share('The same after all moves.'),
});
export type LoadShare = Static<typeof LoadShare>;

const Evenness = Type.Object({
  jain: Nullable(
    Type.Number({
      description:
        'Jain’s index of the load shares, (Σx)² ÷ (n · Σx²): 1 if all are equal, 1/n if one agent has everything. null: nobody takes part.',
    }),
  ),
  highest: Share('The highest load share.'),
  lowest: Share('The lowest load share.'),
});

export const BalancePlan = Type.Object({
  at: Time,
  teamId: Nullable(Id),
  moves: Type.Array(BalanceMove, {
    description:
      'The fewest that make the load shares as even as they can be; empty: they are. The capacity-weighted variance of the shares is what is made smallest.',
  }),
  shares: Type.Array(LoadShare, {
    description: 'Of the agents who take part: online, with a capacity above 0.',
  }),
  before: Evenness,
  after: Evenness,
  more: Type.Boolean({
    description: `A plan has at most ${MOST_BALANCE_MOVES} moves; true: further ones would make it more even. Ask again after this one.`,
  }),
  proposed: Type.Boolean({
    description: `It is worth doing: it narrows the gap between the highest and the lowest share by at least ${PROPOSED_GAP * 100} percentage points.`,
  }),
});
export type BalancePlan = Static<typeof BalancePlan>;

export const BalanceApplication = Type.Object({
  teamId: Type.Optional(Nullable(Id)),
  moves: Type.Array(Type.Object({ conversationId: Id, from: Id, to: Id }), {
    minItems: 1,
    maxItems: MOST_BALANCE_MOVES,
    description: 'Those of the plan, as it was shown: agents by their ids.',
  }),
});
export type BalanceApplication = Static<typeof BalanceApplication>;

export const BalanceResult = Type.Object({
  id: Type.String({
    format: 'uuid',
    description: 'Of this re-balance: what undoes it asks for it.',
  }),
  moved: Type.Integer(),
  shares: Type.Array(LoadShare),
  before: Evenness,
  after: Evenness,
});
export type BalanceResult = Static<typeof BalanceResult>;

/** Why a move cannot be made. */
export const MoveObstacle = Type.Enum(['not-movable', 'cannot-give', 'cannot-take', 'no-room'], {
  description:
    'not-movable: it was answered, closed, moved, or given by a person since. cannot-give: its agent is away, or not of the team. cannot-take: the other agent is, or may not have it. no-room: the other agent has no room.',
});
export type MoveObstacle = Static<typeof MoveObstacle>;

export const BalanceUndone = Type.Object({
  moved: Type.Integer({ description: 'Back to the agents who had them.' }),
  left: Type.Array(Type.Object({ conversationId: Id, obstacle: MoveObstacle }), {
    description: 'Those that stay where they are, and why.',
  }),
});
export type BalanceUndone = Static<typeof BalanceUndone>;
