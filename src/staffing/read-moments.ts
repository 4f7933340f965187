// Reads hundreds of thousands of written times in a second: those of one half hour are looked up once.
import { type Moment, momentOf } from '../routing/calendars/moment-of.ts';

const PARTS =
  /^(\d{4}-\d\d-\d\d[t ]\d\d):([0-5]\d)(?::([0-5]\d)(?:\.\d{1,3})?)?(z|[+-]\d\d:?\d\d)?$/i;
const KEPT = 100_000;

/** As `momentOf`, to the second: no clock changes within what it shows as half an hour. */
export function makeMomentReader(timeZone: string): (text: string) => Moment {
  const kept = new Map<string, Moment>();
  const lookUp = (begin: string): Moment => {
    const known = kept.get(begin) ?? momentOf(begin, timeZone);
    if (kept.size >= KEPT) kept.clear();
    kept.set(begin, known);
    return known;
  };
  return (text) => {
    const [, hour, minutes = '0', seconds = '0', offset = ''] = PARTS.exec(text) ?? [];
    if (hour === undefined) return { fault: 'time-unreadable' };
    const past = Number(minutes) % 30;
    const begin = lookUp(`${hour}:${past === Number(minutes) ? '00' : '30'}${offset}`);
    if ('fault' in begin) return begin;
    return { at: begin.at + (past * 60 + Number(seconds)) * 1000 };
  };
}
