// The queue for a screen on the wall: by team and plan, by what is due, and the last hour.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

const group = {
  waiting: Type.Integer(),
  longestWaitSeconds: Type.Number(),
  soon: Type.Integer({ description: 'Of these, those whose target is due soon.' }),
  overdue: Type.Integer({ description: 'Of these, those whose target is overdue.' }),
};

export const Wall = Type.Object({
  ...group,
  teams: Type.Array(
    Type.Object({
      teamId: Nullable(Id),
      name: Nullable(Type.String({ description: 'null: of no team.' })),
      ...group,
    }),
    { description: 'Whoever waits longest first; 200 at most.' },
  ),
  plans: Type.Array(
    Type.Object({ plan: Nullable(Type.String({ description: 'null: by no plan.' })), ...group }),
    { description: 'Likewise.' },
  ),
  lastHour: Type.Array(
    Type.Object({
      start: Time,
      came: Type.Integer({ description: 'Conversations that came.' }),
      given: Type.Integer({ description: 'Times a person was given one.' }),
      waiting: Type.Integer({
        description:
          'How many waited when these minutes ended. One that returned from being parked is counted once somebody has it.',
      }),
      longestWaitSeconds: Nullable(
        Type.Number({ description: 'Of those who were given to anybody for the first time.' }),
      ),
    }),
    { description: 'Twelve times five minutes, by the clock; the last are not over.' },
  ),
});
export type Wall = Static<typeof Wall>;
