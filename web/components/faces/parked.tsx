// In how long a parked conversation comes back.
import { VisuallyHidden } from '@mantine/core';
import { IconClockPause } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './faces.module.css';

export function Parked({ parked }: { parked: Conversation['parked'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (parked === null) return null;
  if (parked.until === null) {
    const said = t('conversation.parkedUntilWritten');
    return (
      <span className={`${classes.flag} cut`} title={said}>
        <IconClockPause size={13} />
        <span className="cut" aria-hidden>
          {t('park.in.contact')}
        </span>
        <VisuallyHidden>{said}</VisuallyHidden>
      </span>
    );
  }
  const time = format.span(Math.max(0, (Date.parse(parked.until) - now) / 1000));
  const said = `${t('inbox.parkedLeft', { time })} (${format.full(parked.until)})`;
  return (
    <span className={`${classes.wait} ${classes.flag}`} title={said}>
      <IconClockPause size={13} />
      <span aria-hidden>{time}</span>
      <VisuallyHidden>{said}</VisuallyHidden>
    </span>
  );
}
