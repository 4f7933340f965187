// How long something takes, exactly: 45 s, 1 min 30 s, 2 h, 1 d.
import { useTranslation } from 'react-i18next';

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

export function useWordTime(): (seconds: number) => string {
  const { t, i18n } = useTranslation();
  return (seconds) => {
    if (seconds === 0) return t('plans.atOnce');
    let left = seconds;
    const parts = units.flatMap(([unit, size]) => {
      const count = Math.floor(left / size);
      left -= count * size;
      if (count === 0) return [];
      const style = { style: 'unit', unit, unitDisplay: 'short' } as const;
      return new Intl.NumberFormat(i18n.language, style).format(count);
    });
    return parts.join(' ');
  };
}
