// What a calendar can begin with.
import type { Calendar, WeeklySpan } from '../../../src/contract/policy/calendar.ts';
import { weekdays } from '../../../src/contract/policy/weekdays.ts';

const working = weekdays.slice(0, 5);

export const calendarStarts = {
  office: [{ days: working, from: '09:00', to: '17:00' }],
  daily: [{ days: [...weekdays], from: '08:00', to: '20:00' }],
  nights: [{ days: [...weekdays], from: '22:00', to: '06:00' }],
  always: [{ days: [...weekdays], from: '00:00', to: '24:00' }],
  empty: [],
} satisfies Record<string, WeeklySpan[]>;
export type CalendarStart = keyof typeof calendarStarts;
export const calendarStartNames = Object.keys(calendarStarts) as CalendarStart[];

/** In the zone in which its maker sits. */
export function beginCalendar(name: string, start: CalendarStart): Calendar {
  const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
  return { name, timeZone, weekly: structuredClone(calendarStarts[start]) };
}
