// How long something takes, exactly: 45 s, 1 min 30 s, 2 h, 1 d. Pure.
import { localeOf } from '../../i18n/locale-of.ts';

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

export function wordTime(seconds: number, language: string): string {
  let left = Math.abs(seconds);
  const parts = units.flatMap(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    if (count === 0 && !(seconds === 0 && unit === 'second')) return [];
    const style = { style: 'unit', unit, unitDisplay: 'short' } as const;
    return new Intl.NumberFormat(localeOf(language), style).format(count);
  });
  return `${seconds < 0 ? '−' : ''}${parts.join(' ')}`;
}
