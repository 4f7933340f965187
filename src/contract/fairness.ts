// How evenly load and conversations were spread over the agents, day by day.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

export const FairnessQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'IANA, for days. Default UTC.' }),
  ),
  teamId: Type.Optional(Id),
});
export type FairnessQuery = Static<typeof FairnessQuery>;

const Spread = Type.Object({
  jain: Type.Number({
    description:
      'Jain’s index, (Σx)² ÷ (n · Σx²): 1 if all are equal (also if all are 0), 1/n if one has everything.',
  }),
  lowest: Type.Number(),
  mean: Type.Number(),
  highest: Type.Number(),
});

export const FairnessRow = Type.Object({
  day: Type.String({ description: 'As 2026-01-31.' }),
  agents: Type.Integer({
    description:
      'n: who was online for any time of the day, as the recorded changes of status say.',
  }),
  load: Nullable(Spread),
  given: Nullable(Spread),
});
export type FairnessRow = Static<typeof FairnessRow>;

export const FairnessReport = Type.Object({
  from: Time,
  to: Time,
  timeZone: Type.String(),
  rows: Type.Array(FairnessRow),
});
export type FairnessReport = Static<typeof FairnessReport>;

/** Said where the report is described. */
export const FAIRNESS_DEFINITION =
  'load: of each agent the weight of the conversations that they held, as the mean over the time they were online, not divided by the capacity. given: of each how many conversations they were given; whoever was online for a shorter time was given fewer. Both over the agents who were online that day; null: nobody was.';
