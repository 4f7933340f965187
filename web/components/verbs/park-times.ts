// What can be parked, and until when one may want that: quick choices, by the clock on the wall of whoever chooses. Pure.
import { channelKinds } from '../../../src/contract/channel-kinds.ts';
import type { Conversation } from '../../api/shapes.ts';

/** Somebody has it, and answers here. */
export function mayPark({ state, channelKind, confirmedAt }: Conversation): boolean {
  return state === 'assigned' && confirmedAt !== null && channelKinds[channelKind].desk === 'ours';
}

export interface ParkTime {
  name: 'hour' | 'tomorrow' | 'monday' | 'contact';
  /** null: until the contact writes. */
  until: Date | null;
}

const HOUR_MS = 3_600_000;
const MORNING = 9;
const MONDAY = 1;

/** The next working morning is named once: on a Sunday, Monday is tomorrow. */
export function listParkTimes(now: Date): ParkTime[] {
  const tomorrow = morning(now, 1);
  const monday = morning(now, ((MONDAY - now.getDay() + 6) % 7) + 1);
  const times: ParkTime[] = [
    { name: 'hour', until: new Date(now.getTime() + HOUR_MS) },
    { name: 'tomorrow', until: tomorrow },
  ];
  if (monday.getTime() !== tomorrow.getTime()) times.push({ name: 'monday', until: monday });
  return [...times, { name: 'contact', until: null }];
}

function morning(now: Date, days: number): Date {
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() + days, MORNING);
}

const LEAST_MS = 5000;
const MOST_MS = 366 * 24 * HOUR_MS;

/** As the server refuses it; null: it may be chosen. */
export function refuseParkTime(until: Date, now: Date): 'park.tooSoon' | 'park.tooLate' | null {
  const ahead = until.getTime() - now.getTime();
  if (!(ahead >= LEAST_MS)) return 'park.tooSoon';
  return ahead > MOST_MS ? 'park.tooLate' : null;
}

/** As a field of date and time takes it, without a zone. */
export function toField(at: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
  return `${day}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
