// How many conversations came, half hour by half hour: what a forecast is made from.
import { type Static, Type } from 'typebox';
import { Id, Time } from './shapes.ts';

export const ArrivalsQuery = Type.Object({
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: 'Not included. At most 400 days after from.',
  }),
  timeZone: Type.Optional(
    Type.String({
      maxLength: 64,
      description: 'IANA: half hours begin when its clocks show :00 and :30. Default UTC.',
    }),
  ),
  teamId: Type.Optional(Id),
  channelId: Type.Optional(Id),
});
export type ArrivalsQuery = Static<typeof ArrivalsQuery>;

export const ArrivalsRow = Type.Object({
  start: Time,
  arrivals: Type.Integer({ description: 'Conversations that came.' }),
});
export type ArrivalsRow = Static<typeof ArrivalsRow>;

export const ArrivalsReport = Type.Object({
  from: Time,
  to: Time,
  timeZone: Type.String(),
  rows: Type.Array(ArrivalsRow, {
    description:
      'Each whole half hour that is over, from the first in which somebody came, also where nobody came.',
  }),
});
export type ArrivalsReport = Static<typeof ArrivalsReport>;
