// What a policy would change for those who wait and for the last conversations, without being put in force.
import { type Static, Type } from 'typebox';
import { Priority } from '../conversation.ts';
import { conversationStates } from '../conversation-states.ts';
import { Id, Nullable, Time } from '../shapes.ts';
import { AnyName } from '../storable.ts';

/** How many that wait are tried at most; of more a part, spread evenly. */
export const MAX_TRIED_WAITING = 10_000;
export const MAX_TRIED_LAST = 1000;
/** How many rows each part names at most. */
export const MAX_MOVED = 100;

export const Standing = Type.Object(
  {
    rule: Nullable(
      Type.String({ description: 'null: there are no rules, or none was asked yet.' }),
    ),
    plan: Nullable(Type.String()),
    step: Nullable(Type.Integer({ description: 'From 1.' })),
    team: Nullable(Type.String({ description: 'By name; null: anybody.' })),
    skills: Type.Record(AnyName, Type.Integer(), {
      description: 'The least level of each, by its name.',
    }),
    priority: Priority,
    ends: Nullable(
      Type.String({
        description:
          'Its plan ends it: closed-hours or waited-too-long; null: it does not. Whether a plan is full is not foretold.',
      }),
    ),
  },
  { description: 'Where a conversation stands, and what it needs there.' },
);
export type Standing = Static<typeof Standing>;

export const MovedConversation = Type.Object({
  conversationId: Id,
  contactName: Nullable(
    Type.String({ description: 'null: it has none, or who asks may not read conversations.' }),
  ),
  state: Type.Enum([...conversationStates]),
  queuedAt: Time,
  from: Standing,
  to: Standing,
});
export type MovedConversation = Static<typeof MovedConversation>;

const part = (description: string) =>
  Type.Object(
    {
      of: Type.Integer({ description: 'How many there are.' }),
      tried: Type.Integer({
        description:
          'How many were tried; all counts below are of these. Of more than 10,000 that wait, a part is tried, spread evenly over the queue.',
      }),
      elsewhere: Type.Integer({
        description:
          'How many would go elsewhere: by another plan or step, to another team, with other skills or another priority, or would end.',
      }),
      moved: Type.Array(MovedConversation, {
        maxItems: MAX_MOVED,
        description: 'The first hundred of them, the longest waiting or the latest first.',
      }),
    },
    { description },
  );

const counts = (description: string) =>
  Type.Object({ waiting: Type.Integer(), last: Type.Integer() }, { description });

export const DryRun = Type.Object(
  {
    at: Type.String({
      format: 'date-time',
      description: 'The moment for which it was worked out.',
    }),
    version: Type.Integer({ description: 'The version in force, with which it was compared.' }),
    waiting: part('Those who wait: from where they stand now.'),
    last: part(
      'The last thousand conversations that are held or have ended: by the policy in force and by this one, each at the moment of its arrival, with what is known of them now.',
    ),
    rules: Type.Array(
      Type.Object({ rule: Type.String(), waiting: Type.Integer(), last: Type.Integer() }),
      { description: 'How many each rule of this policy decides about, in their order.' },
    ),
    plans: Type.Array(
      Type.Object({
        plan: Nullable(Type.String({ description: 'null: without a plan.' })),
        before: counts('How many go by it now.'),
        after: counts('How many would go by it.'),
      }),
    ),
  },
  { description: 'What putting it in force at this moment would change. It writes nothing.' },
);
export type DryRun = Static<typeof DryRun>;
