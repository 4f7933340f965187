// The way from an empty workspace to the first conversation.
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../api/client.ts';
import { channelsQuery, usersQuery } from '../api/queries.ts';
import { useAvailability } from '../components/session/use-availability.ts';
import { useCan, useSession } from '../components/session/use-session.ts';
import { paths } from '../paths.ts';
import { Card, Page } from '../ui/page.tsx';
import classes from './settings/settings.module.css';

export default function WelcomePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const can = useCan();
  const { availability, choose } = useAvailability();
  const channels = useQuery({
    ...channelsQuery,
    enabled: can('channels.read'),
    refetchInterval: 5000,
  }).data;
  const users = useQuery({
    ...usersQuery,
    enabled: can('users.write'),
    refetchInterval: 5000,
  }).data;
  const first = useQuery({
    queryKey: ['found', 'first'],
    queryFn: () => ask(client.GET('/api/v1/conversations', { params: { query: { limit: 1 } } })),
    refetchInterval: 5000,
  }).data;
  const steps = [
    {
      name: 'channel',
      done: (channels?.length ?? 0) > 0,
      to: paths.settings('channels'),
    },
    { name: 'invite', done: (users?.length ?? 0) > 1, to: paths.settings('people') },
    { name: 'online', done: availability === 'online', to: null },
    { name: 'try', done: (first?.items.length ?? 0) > 0, to: paths.settings('widget') },
  ] as const;
  return (
    <Page
      title={t('welcome.title', { name: user.name.split(' ')[0] })}
      text={t('welcome.text')}
      narrow
    >
      <Card flush>
        <ol className={classes.steps}>
          {steps.map(({ name, done, to }) => (
            <li key={name} className={classes.step}>
              <span className={classes.check} data-done={done || undefined}>
                <IconCheck
                  size={14}
                  stroke={3}
                  aria-label={done ? t('welcome.done') : t('welcome.open')}
                />
              </span>
              <div>
                <strong>{t(`welcome.${name}`)}</strong>
                <p>{t(`welcome.${name}Text`)}</p>
              </div>
              {to === null ? (
                !done && (
                  <Button size="xs" variant="default" onClick={() => choose('online')}>
                    {t('welcome.online')}
                  </Button>
                )
              ) : (
                <Button component={Link} to={to} size="xs" variant={done ? 'default' : 'filled'}>
                  {t('common.open')}
                </Button>
              )}
            </li>
          ))}
        </ol>
      </Card>
      <Button component={Link} to={paths.inbox('mine')} variant="default">
        {t('welcome.toInbox')}
      </Button>
    </Page>
  );
}
