// When agents are planned to be what.
import { type Static, Type } from 'typebox';
import { Id, Nullable, Time } from './shapes.ts';

/** At a time. */
export const MOST_SHIFTS = 10_000;
export const LONGEST_SHIFT_HOURS = 24;
/** Further plans are slips of the keyboard, and would stand for ever. */
export const PLANNABLE = { from: Date.UTC(2000, 0), to: Date.UTC(2100, 0) };
export const isPlannable = (at: number): boolean => at >= PLANNABLE.from && at <= PLANNABLE.to;
/** From the first to the last that are put at a time. */
export const LONGEST_SHIFT_DAYS = 100;
/** At a time. */
export const MOST_SHIFT_FAULTS = 50;

export const Shift = Type.Object({
  agentId: Id,
  start: Time,
  end: Time,
  expects: Type.Enum(['online', 'away'], {
    description: 'What the agent is to be meanwhile: online, or away for a break.',
  }),
  statusId: Nullable(
    Type.String({ ...Id, description: 'Away with this status; null: with any or none.' }),
  ),
});
export type Shift = Static<typeof Shift>;

export const ShiftGiven = Type.Object(
  {
    agentId: Id,
    start: Time,
    end: Type.String({
      format: 'date-time',
      description: `At most ${LONGEST_SHIFT_HOURS} hours after start.`,
    }),
    expects: Type.Optional(Shift.properties.expects),
    statusId: Type.Optional(Shift.properties.statusId),
  },
  { additionalProperties: false },
);
export type ShiftGiven = Static<typeof ShiftGiven>;

const replaced = {
  from: Time,
  to: Type.String({
    format: 'date-time',
    description: `Not included. At most ${LONGEST_SHIFT_DAYS} days after from.`,
  }),
};

export const ShiftsPut = Type.Object(
  {
    ...replaced,
    agentIds: Type.Optional(
      Type.Array(Id, {
        maxItems: 1000,
        uniqueItems: true,
        description: 'Whose shifts are replaced. Default: those who are in shifts.',
      }),
    ),
    shifts: Type.Array(ShiftGiven, {
      maxItems: MOST_SHIFTS,
      description:
        'They begin within from and to. A break (away) may lie in a shift (online), which is cut around it; others of an agent may not overlap.',
    }),
  },
  { additionalProperties: false },
);
export type ShiftsPut = Static<typeof ShiftsPut>;

export const ShiftsQuery = Type.Object({ ...replaced, agentId: Type.Optional(Id) });

export const ShiftsReplaced = Type.Object({
  from: Time,
  to: Time,
  agents: Type.Integer({ description: 'Whose shifts were replaced.' }),
  removed: Type.Integer(),
  added: Type.Integer({ description: 'With those that a break cut in two.' }),
});
export type ShiftsReplaced = Static<typeof ShiftsReplaced>;

export const ShiftCsvQuery = Type.Object({
  timeZone: Type.String({
    maxLength: 64,
    description: 'IANA, as Asia/Jakarta: of the times in the file that name no offset.',
  }),
  from: Type.Optional(Time),
  to: Type.Optional(
    Type.String({
      format: 'date-time',
      description:
        'Not included. Default of both: from the first day on which a shift of the file begins, to the end of the last.',
    }),
  ),
  check: Type.Optional(
    Type.Boolean({ description: 'Only says what would happen and what is wrong.' }),
  ),
});
export type ShiftCsvQuery = Static<typeof ShiftCsvQuery>;

export const ShiftFault = Type.Object({
  line: Nullable(Type.Integer({ description: 'Of the file, from 1; null: the whole of it.' })),
  code: Type.Enum([
    'unreadable',
    'empty',
    'too-many',
    'header-missing',
    'column-unknown',
    'column-twice',
    'agent-unknown',
    'agent-ambiguous',
    'time-unreadable',
    'time-left-out',
    'time-twice',
    'end-before-start',
    'too-long',
    'status-unknown',
    'outside-span',
    'span-too-long',
    'overlaps',
  ]),
  value: Nullable(Type.String({ description: 'What stands there.' })),
  text: Type.String({ description: 'What is wrong and what to do.' }),
});
export type ShiftFault = Static<typeof ShiftFault>;

export const ShiftCsvResult = Type.Object({
  ...ShiftsReplaced.properties,
  from: Nullable(Time),
  to: Nullable(Time),
  faults: Type.Array(ShiftFault, {
    description: `At most ${MOST_SHIFT_FAULTS}. With any, nothing is changed.`,
  }),
  shifts: Type.Array(
    Type.Object({
      line: Type.Integer(),
      agentName: Type.String(),
      ...Shift.properties,
      status: Nullable(Type.String()),
    }),
    { description: 'The first 200 of the file, as they were understood.' },
  ),
});
export type ShiftCsvResult = Static<typeof ShiftCsvResult>;
