// A time of the clock as people type it: 9, 9:30, 0930, 9.30, 5 pm.

/** As 09:30; 24:00 only where a day may end with it; null: no time of the clock. */
export function readClockText(text: string, { endsDay }: { endsDay: boolean }): string | null {
  const parts = /^(\d{1,2})(?:[:.h ]?(\d{2}))?\s*([ap])?\.?m?\.?$/i.exec(text.trim());
  if (parts === null) return null;
  const [, hourText = '', minuteText = '0', half] = parts;
  const hour = toHour(Number(hourText), half?.toLowerCase());
  const minute = Number(minuteText);
  if (hour === null || minute > 59) return null;
  if (hour > 23 && !(endsDay && hour === 24 && minute === 0)) return null;
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

function toHour(hour: number, half: string | undefined): number | null {
  if (half === undefined) return hour;
  if (hour < 1 || hour > 12) return null;
  return (hour % 12) + (half === 'p' ? 12 : 0);
}
