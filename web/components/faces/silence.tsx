// Who is silent in a conversation that an agent holds, and when it goes back or ends for that.
import { VisuallyHidden } from '@mantine/core';
import { IconMessage2Off, IconMessage2Question } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './faces.module.css';

/** Shown once supervisors know, or the contact was reminded, and in the last minute before it ends. */
export function Silence({ silence }: { silence: Conversation['silence'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (silence === null) return null;
  const { of, since, noticedAt, dueAt } = silence;
  const left = dueAt === null ? null : (Date.parse(dueAt) - now) / 1000;
  if (noticedAt === null && (left === null || left > SOON_SECONDS)) return null;
  const for_ = format.span(Math.max(0, now - Date.parse(since)) / 1000);
  const shown = left === null ? for_ : format.span(Math.max(0, left));
  const at = dueAt === null ? '' : format.time(dueAt);
  const kind = dueAt === null ? 'Only' : '';
  const said = t(`silence.${of}${kind}`, { time: for_, at });
  const Icon = of === 'agent' ? IconMessage2Question : IconMessage2Off;
  return (
    <span
      className={`${classes.wait} ${classes.flag}`}
      data-tone={of === 'agent' ? 'bad' : 'warn'}
      title={said}
    >
      <Icon size={13} />
      <span aria-hidden>{shown}</span>
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}

const SOON_SECONDS = 60;
