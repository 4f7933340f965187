// How long is left until the next target of its plan is due, or since when it is overdue.
import { VisuallyHidden } from '@mantine/core';
import { IconAlarm } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './faces.module.css';

/** Amber when it is due soon; red, and below zero, when it is overdue. */
export function Due({ due }: { due: Conversation['due'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (due === null) return null;
  const left = (Date.parse(due.dueAt) - now) / 1000;
  const tone = left <= 0 ? 'bad' : now >= Date.parse(due.soonAt) ? 'warn' : 'plain';
  const time = format.span(Math.abs(left));
  const target = t(`target.${due.target}`);
  const told = { target, time, at: format.full(due.dueAt) };
  const said = t(left <= 0 ? 'due.wasDue' : 'due.isDue', told);
  return (
    <span className={`${classes.wait} ${classes.flag}`} data-tone={tone} title={said}>
      <IconAlarm size={13} />
      <span aria-hidden>{left <= 0 ? `−${time}` : time}</span>
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}
