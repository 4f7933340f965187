// What contacts were told of their waits, held against what came: shapes of the report.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

export const toldWaitGroups = ['hour', 'day', 'plan', 'length', 'method'] as const;
export type ToldWaitGroup = (typeof toldWaitGroups)[number];

/** The ends of the lengths by which it is grouped, in seconds of what was told as p50. */
export const toldLengths = [60, 120, 300, 600, 1800] as const;

export const ToldWaitsQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({ maxLength: 64, description: 'IANA, for days and hours. Default UTC.' }),
  ),
  by: Type.Optional(
    Type.Enum([...toldWaitGroups], {
      description:
        'Default hour: of the day. length: by how long it was told to take, as the seconds from which on; method: state, by the state of then; recent, as others had waited within the hour.',
    }),
  ),
  which: Type.Optional(
    Type.Enum(['first', 'all'], {
      description: 'first (default): what each wait was told first. all: also what was told anew.',
    }),
  ),
  channelId: Type.Optional(Id),
});
export type ToldWaitsQuery = Static<typeof ToldWaitsQuery>;

const Share = (description: string) => Nullable(Type.Number({ description }));

export const ToldWaitFigures = Type.Object({
  told: Type.Integer({ description: 'Ranges that were told in the span.' }),
  known: Type.Integer({ description: 'Of those, whose place is known.' }),
  within: Type.Integer({ description: 'The wait ended within the range.' }),
  shorter: Type.Integer({ description: 'It ended before it.' }),
  longer: Type.Integer({ description: 'It was longer, also of those who left after the end.' }),
  withinShare: Share('Of those that are known. It should be about 0.8. null: none is known.'),
  shorterThanP50Share: Share(
    'Of those that were served: who waited no longer than p50. It should be about 0.5.',
  ),
  toldSecondsP50: Share('The median of what was told as p50, in seconds.'),
  waitedSecondsP50: Share('The median of the waits of those that were served, in seconds.'),
});
export type ToldWaitFigures = Static<typeof ToldWaitFigures>;

export const ToldWaitsReport = Type.Object({
  from: Time,
  to: Time,
  timeZone: Type.String(),
  by: Type.Enum([...toldWaitGroups]),
  which: Type.Enum(['first', 'all']),
  totals: ToldWaitFigures,
  rows: Type.Array(
    Type.Object({
      key: Type.String({ description: 'none: what waited in no plan.' }),
      ...ToldWaitFigures.properties,
    }),
  ),
});
export type ToldWaitsReport = Static<typeof ToldWaitsReport>;
