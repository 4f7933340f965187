// How long a conversation has been waiting.
import { IconHourglass } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './faces.module.css';

/** Amber after two minutes, red after five: what a person who waits feels. */
export function Wait({ since }: { since: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const seconds = Math.max(0, (useNow() - Date.parse(since)) / 1000);
  const tone = seconds >= 300 ? 'bad' : seconds >= 120 ? 'warn' : 'plain';
  const text = format.span(seconds);
  return (
    <span
      className={`${classes.wait} ${classes.flag}`}
      data-tone={tone}
      title={t('inbox.waits', { time: text })}
    >
      <IconHourglass size={12} />
      {text}
    </span>
  );
}
