// The routing rules of a workspace, as they are stored, sent and shown.
import { type Static, Type } from 'typebox';
import type { Priority } from '../conversation.ts';
import { strategies, strategyNames } from '../strategies.ts';

export const Strategy = Type.Enum(strategyNames, {
  description: `Who is preferred among eligible agents. ${strategyNames.map((name) => `${name}: ${strategies[name].words}`).join('; ')}. Whoever is equal goes by the lowest id.`,
});
export type Strategy = Static<typeof Strategy>;

const Seconds = (description: string, minimum = 0) =>
  Type.Integer({ minimum, maximum: 604_800, description });

export const Policy = Type.Object(
  {
    strategy: Strategy,
    boostSeconds: Type.Object(
      {
        low: Seconds('Usually negative: ranks as if it had come that much later.', -604_800),
        normal: Seconds('Ranks as if it had come that much earlier.', -604_800),
        high: Seconds('Ranks as if it had come that much earlier.', -604_800),
        urgent: Seconds('Ranks as if it had come that much earlier.', -604_800),
      } satisfies Record<Priority, unknown>,
      {
        additionalProperties: false,
        description: 'How many seconds of waiting each priority is worth.',
      },
    ),
    whenAgentLeaves: Type.Enum(['keep', 'requeue'], {
      description:
        'What happens to the conversations of an agent who has been unavailable for longer than the grace: they stay, or go back to the queue at their old rank.',
    }),
    leaveGraceSeconds: Seconds('How long an agent may be unavailable before that happens.'),
    asleepSeconds: Type.Optional(
      Seconds(
        'How long an agent whose client is a phone counts as present after its last sign of life: a phone that sleeps sends none. The default is as for any other client.',
      ),
    ),
    whenNobodyOnline: Type.Optional(
      Type.Enum(['queue', 'abort'], {
        description:
          'A web chat when nobody is online who may have its conversations: it waits (the default), or ends at once, as Chimp Assist’s did.',
      }),
    ),
  },
  { additionalProperties: false },
);
export type Policy = Static<typeof Policy>;

export const defaultPolicy: Policy = {
  strategy: 'least-loaded',
  boostSeconds: { low: -600, normal: 0, high: 600, urgent: 3600 },
  whenAgentLeaves: 'keep',
  leaveGraceSeconds: 45,
};
