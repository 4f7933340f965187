// Takes what is typed between asking for a dialog and its field having the focus, and puts it there.
import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findOpener, standInFor } from '../../ui/find-opener.ts';
import { setText } from '../../ui/set-text.ts';
import classes from './on-demand.module.css';

const FIELDS = '[aria-modal="true"] :is(input, textarea)';

/** `asked`: it is still waited for; without it the focus goes back to where it was. */
export function EarlyTyping({ asked }: { asked: boolean }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  useLayoutEffect(() => {
    const early = field.current;
    if (early === null) return;
    if (!asked) return giveBack(early, opener.current);
    opener.current = findOpener();
    standInFor(opener.current, early);
    early.focus({ preventScroll: true });
  }, [asked]);
  useLayoutEffect(() => {
    const early = field.current;
    return () => giveBack(early, opener.current);
  }, []);
  if (isOver) return null;
  const handOver = ({ currentTarget, relatedTarget }: FocusEvent<HTMLInputElement>) => {
    const next = relatedTarget as HTMLInputElement | HTMLTextAreaElement | null;
    if (next === null || !next.matches('[aria-modal="true"] *')) return;
    const { value } = currentTarget;
    setOver(true);
    if (value !== '' && next.matches(FIELDS)) setText(next, value + next.value);
  };
  return (
    <input
      ref={field}
      className={classes.early}
      aria-label={t('common.loading')}
      autoComplete="off"
      // On a phone no keyboard comes for what nobody sees.
      inputMode="none"
      tabIndex={-1}
      onBlur={handOver}
    />
  );
}

function giveBack(early: HTMLElement | null, opener: HTMLElement | null): void {
  if (early === null || document.activeElement !== early) return;
  opener?.focus({ preventScroll: true });
  // There was none, or it takes no focus: the keys are the page's again.
  early.blur();
}
