// When a company is open: weekly hours and dated exceptions in a time zone.
import { type Static, Type } from 'typebox';
import { PolicyName } from './names.ts';
import { weekdays } from './weekdays.ts';

const From = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', description: 'As 08:00.' });
const To = Type.String({
  pattern: '^(([01]\\d|2[0-3]):[0-5]\\d|24:00)$',
  description:
    'As 17:00. Not later than `from`: it ends on the next day, also when equal. 24:00: the midnight after.',
});

export const WeeklySpan = Type.Object(
  {
    days: Type.Array(Type.Enum(weekdays), {
      minItems: 1,
      maxItems: 7,
      uniqueItems: true,
      description: 'The days on which the span begins.',
    }),
    from: From,
    to: To,
  },
  { additionalProperties: false },
);
export type WeeklySpan = Static<typeof WeeklySpan>;

export const DatedException = Type.Object(
  {
    date: Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'As 2026-12-25.' }),
    from: Type.Optional(From),
    to: Type.Optional(To),
  },
  {
    additionalProperties: false,
    description:
      'Replaces the weekly spans that begin on this date. Without hours it is closed. Two of one date are two spans.',
  },
);
export type DatedException = Static<typeof DatedException>;

export const Calendar = Type.Object(
  {
    name: PolicyName,
    timeZone: Type.String({ minLength: 1, maxLength: 64, description: 'IANA, as Asia/Jakarta.' }),
    weekly: Type.Array(WeeklySpan, { maxItems: 100 }),
    exceptions: Type.Optional(Type.Array(DatedException, { maxItems: 1000 })),
  },
  { additionalProperties: false },
);
export type Calendar = Static<typeof Calendar>;
