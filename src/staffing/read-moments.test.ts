// Reading many times fast comes to the same as reading each one alone.
import { expect, test } from 'vitest';
import { momentOf } from '../routing/calendars/moment-of.ts';
import { makeMomentReader } from './read-moments.ts';

const HOURS = ['00:10', '01:29:59', '01:30', '01:59', '02:00', '02:15:30', '02:45', '03:00:01'];
const DAYS = ['2026-03-29', '2026-10-25', '2026-04-05', '2026-10-04', '2026-06-01', '2026-02-30'];
const OFFSETS = ['', 'Z', '+02:00', '-0330', '+05:45'];
const ODD = ['', 'x', '2026-01-05', '2026-01-05 24:00', '2026-01-05T7:00', '2026-01-05 01:60'];

test.each(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu'])(
  'in %s, also around changes of the clocks',
  (timeZone) => {
    const read = makeMomentReader(timeZone);
    const texts = DAYS.flatMap((day) =>
      HOURS.flatMap((hour) => OFFSETS.map((offset) => `${day}T${hour}${offset}`)),
    );
    for (const text of [...texts, ...texts, ...ODD]) {
      expect(read(text), text).toEqual(momentOf(text, timeZone));
    }
  },
);
