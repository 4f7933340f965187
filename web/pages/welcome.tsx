// The way from an empty workspace to the first conversation: one next step at a time.
import { Button } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { channelKinds } from '../../src/contract/channel-kinds.ts';
import { ask, client } from '../api/client.ts';
import { channelsQuery, settingsQuery, usersQuery } from '../api/queries.ts';
import { useAvailability } from '../components/session/use-availability.ts';
import { useCan, useSession } from '../components/session/use-session.ts';
import { CompanyName } from '../components/settings/company-name.tsx';
import { paths } from '../paths.ts';
import { Card, Page } from '../ui/page.tsx';
import classes from './settings/settings.module.css';

/** The title of pages that nobody has named. */
const UNNAMED = 'Usher';

export default function WelcomePage() {
  const { t } = useTranslation();
  const { user } = useSession();
  const steps = useSteps();
  const next = steps?.find(({ done }) => !done);
  return (
    <Page
      title={t('welcome.title', { name: user.name.split(' ')[0] })}
      text={steps && t(next === undefined ? 'welcome.allDone' : 'welcome.text')}
      narrow
    >
      <Card flush>
        <ol className={classes.steps}>
          {steps?.map((step) => (
            <StepRow key={step.name} step={step} isNext={step === next} />
          ))}
        </ol>
      </Card>
      <Button
        component={Link}
        to={paths.inbox('mine')}
        variant={steps && next === undefined ? 'filled' : 'default'}
      >
        {t('welcome.toInbox')}
      </Button>
    </Page>
  );
}

interface Step {
  name: 'company' | 'online' | 'try' | 'invite' | 'channel';
  done: boolean;
  /** A page, or something to press. */
  go: { to: string; label: string } | { press: () => void; label: string } | null;
  /** What is asked for in its place until it is done. */
  form?: ReactNode;
}

/** Only what its reader may do; undefined: it is not known yet which are done. */
function useSteps(): Step[] | undefined {
  const { t } = useTranslation();
  const can = useCan();
  const { availability, choose } = useAvailability();
  const may = {
    company: can('settings.write'),
    channel: can('channels.read'),
    invite: can('users.write'),
  };
  const again = { refetchInterval: 5000 };
  const settings = useQuery({ ...settingsQuery, enabled: may.company });
  const channels = useQuery({ ...channelsQuery, ...again, enabled: may.channel });
  const users = useQuery({ ...usersQuery, ...again, enabled: may.invite });
  const first = useQuery({
    queryKey: ['found', 'first'],
    queryFn: () => ask(client.GET('/api/v1/conversations', { params: { query: { limit: 1 } } })),
    ...again,
  });
  if ([settings, channels, users, first].some(({ isLoading }) => isLoading)) return undefined;
  const connected = channels.data ?? [];
  const open = t('common.open');
  const steps: (Step & { may?: boolean })[] = [
    {
      name: 'company',
      may: may.company,
      done: settings.data?.branding.pageTitle !== UNNAMED,
      go: null,
      form: <CompanyName channels={connected} />,
    },
    {
      name: 'online',
      done: availability === 'online',
      go: { press: () => choose('online'), label: t('welcome.online') },
    },
    {
      name: 'try',
      done: (first.data?.items.length ?? 0) > 0,
      go: { to: paths.tryOut, label: t('try.now') },
    },
    {
      name: 'invite',
      may: may.invite,
      done: (users.data?.length ?? 0) > 1,
      go: { to: paths.settings('people'), label: open },
    },
    {
      name: 'channel',
      may: may.channel,
      // The chat on one's own pages is there from the start.
      done: connected.some(({ kind }) => channelKinds[kind].visitors !== 'here'),
      go: { to: paths.settings('channels'), label: open },
    },
  ];
  return steps.filter((step) => step.may !== false);
}

function StepRow({ step, isNext }: { step: Step; isNext: boolean }) {
  const { t } = useTranslation();
  const { name, done, go, form } = step;
  const look = { size: 'xs', variant: isNext ? 'filled' : 'default' } as const;
  return (
    <li className={classes.step} aria-current={isNext ? 'step' : undefined}>
      <span className={classes.check} data-done={done || undefined}>
        <IconCheck size={14} stroke={3} aria-label={done ? t('welcome.done') : t('welcome.open')} />
      </span>
      <div>
        <strong>{t(`welcome.${name}`)}</strong>
        <p>{t(`welcome.${name}Text`)}</p>
        {!done && form}
      </div>
      {go !== null && 'to' in go && (
        <Button component={Link} to={go.to} {...look}>
          {go.label}
        </Button>
      )}
      {go !== null && 'press' in go && !done && (
        <Button onClick={go.press} {...look}>
          {go.label}
        </Button>
      )}
    </li>
  );
}
