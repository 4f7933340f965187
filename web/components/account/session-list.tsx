// Browsers in which a user is signed in, each with a way to sign it out.
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { LoginSession } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Pill } from '../../ui/pill.tsx';
import { nameBrowser } from '../naming/name-browser.ts';
import classes from './session-list.module.css';

export function SessionList(props: {
  sessions: LoginSession[];
  busy: boolean;
  onEnd(session: LoginSession): void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  if (props.sessions.length === 0) return <p className={classes.none}>{t('sessions.none')}</p>;
  return (
    <ul className={classes.sessions}>
      {props.sessions.map((session) => {
        const { id, current, begunBy, createdAt, seenAt, address, userAgent } = session;
        const name = nameBrowser(userAgent) ?? t('sessions.unknown');
        return (
          <li key={id}>
            <div>
              <strong title={userAgent ?? undefined}>{name}</strong>
              {current && <Pill tone="good">{t('sessions.current')}</Pill>}
              <span>{address}</span>
              <small>
                {t('sessions.since')}: {format.full(createdAt)}, {t(`sessions.by.${begunBy}`)}
              </small>
              <small>
                {t('sessions.seen')}: {format.full(seenAt)}
              </small>
            </div>
            <Button
              size="compact-sm"
              variant="default"
              disabled={props.busy}
              aria-label={t('sessions.endOf', { name })}
              onClick={() => props.onEnd(session)}
            >
              {t('sessions.end')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}
