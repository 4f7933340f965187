// What is wrong with a shift and what to do, for programs and people without a page. Pure.
import {
  LONGEST_SHIFT_DAYS,
  LONGEST_SHIFT_HOURS,
  MOST_SHIFTS,
  type ShiftFault,
} from '../contract/shifts.ts';

const words: Record<ShiftFault['code'], string> = {
  unreadable: 'The file cannot be read as CSV in UTF-8. Save it as “CSV UTF-8” and try again.',
  empty: 'There is no shift in the file. Add a line for each, below the header.',
  'too-many': `There are more than ${MOST_SHIFTS} shifts. Send fewer days at a time.`,
  'header-missing':
    'The first line must name the columns: agent, start, end and, if you like, status.',
  'column-unknown': 'There is no such column. Use agent, start, end and status.',
  'column-twice': 'The column is there twice. Remove one.',
  'agent-unknown': 'Nobody has this name, address or id. Write it as under People.',
  'agent-ambiguous': 'Several people have this name. Write the e-mail address instead.',
  'time-unreadable': 'This is no date and time. Write it as 2026-01-31 09:00.',
  'time-left-out': 'The clocks skip this time on that day. Write one that exists.',
  'time-twice':
    'The clocks show this time twice on that day. Write it with its offset, as 2026-10-25T02:30+02:00.',
  'end-before-start': 'The end must come after the start. A night shift ends on the next date.',
  'too-long': `A shift has at most ${LONGEST_SHIFT_HOURS} hours. Split it.`,
  'status-unknown':
    'There is no such status. Use online, away, or the name of one in Settings → Statuses.',
  'outside-span':
    'It begins outside of the days that are replaced. Remove it, or replace more days.',
  'span-too-long': `From the first to the last are more than ${LONGEST_SHIFT_DAYS} days. Send fewer at a time.`,
  overlaps: 'It overlaps another one of the same agent. Change one of the two.',
};

export function wordShiftFault(fault: Omit<ShiftFault, 'text'>): ShiftFault {
  return { ...fault, text: words[fault.code] };
}
