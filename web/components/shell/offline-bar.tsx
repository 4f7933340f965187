// A bar above every page for an agent who is offline: no new conversations come, and how to change that.
import { Button } from '@mantine/core';
import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useAvailability } from '../session/use-availability.ts';
import { useSession } from '../session/use-session.ts';
import classes from './shell.module.css';

export function OfflineBar() {
  const { t } = useTranslation();
  const { user } = useSession();
  const { availability, choosesHere, choose } = useAvailability();
  // Supervisors and admins are often here for something else; their inbox says it where it would be empty.
  if (!choosesHere || availability !== 'offline' || user.role !== 'agent') return null;
  return (
    <div role="status" className={classes.offline}>
      <IconPlugConnectedX size={16} />
      <span>{t('offlineBar.text')}</span>
      <Button size="compact-sm" onClick={() => choose('online')}>
        {t('welcome.online')}
      </Button>
    </div>
  );
}
