// What is left of an offer's time: in figures, and as a bar that grows shorter.
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './offers.module.css';

const HURRY_MS = 10_000;

export function useLeftMs(offeredUntil: string): number {
  return Date.parse(offeredUntil) - useNow();
}

/** Read out once, with the offer, and not each second. */
export function TimeLeft({ offeredUntil }: { offeredUntil: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const leftMs = useLeftMs(offeredUntil);
  return (
    <span className={classes.left} data-hurry={leftMs <= HURRY_MS || undefined} aria-hidden>
      {leftMs <= 0
        ? t('offers.over')
        : t('offers.left', { time: format.longSpan(Math.ceil(leftMs / 1000)) })}
    </span>
  );
}

export function TimeBar({ offeredAt, offeredUntil }: { offeredAt: string; offeredUntil: string }) {
  const leftMs = useLeftMs(offeredUntil);
  const wholeMs = Date.parse(offeredUntil) - Date.parse(offeredAt);
  const share = Math.min(1, Math.max(0, leftMs / wholeMs));
  return (
    <div className={classes.bar} data-hurry={leftMs <= HURRY_MS || undefined} aria-hidden>
      <div style={{ transform: `scaleX(${share})` }} />
    </div>
  );
}
