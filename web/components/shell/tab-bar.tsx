// The way around on a small screen.
import {
  IconActivity,
  IconChartBar,
  IconInbox,
  IconSettings,
  IconUser,
  IconUsersGroup,
} from '@tabler/icons-react';
import { Link, useLocation, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { paths } from '../../paths.ts';
import { useCan } from '../session/use-session.ts';
import { seesSettings } from './settings-access.ts';
import classes from './shell.module.css';

export function TabBar() {
  const { t } = useTranslation();
  const can = useCan();
  const { pathname } = useLocation();
  const { conversationId } = useParams({ strict: false }) as { conversationId?: string };
  const tabs = [
    {
      to: paths.inbox('mine'),
      under: '/inbox',
      name: t('nav.inbox'),
      Icon: IconInbox,
      shown: true,
    },
    { to: paths.live, under: '/live', name: t('nav.live'), Icon: IconActivity, shown: true },
    {
      to: paths.contacts,
      under: '/contacts',
      name: t('nav.contacts'),
      Icon: IconUsersGroup,
      shown: true,
    },
    {
      to: paths.reports,
      under: '/reports',
      name: t('nav.reports'),
      Icon: IconChartBar,
      shown: can('reports.read'),
    },
    {
      to: '/settings',
      under: '/settings',
      name: t('nav.settings'),
      Icon: IconSettings,
      shown: seesSettings(can),
    },
    { to: paths.profile, under: '/profile', name: t('nav.me'), Icon: IconUser, shown: true },
  ];
  return (
    <nav
      className={classes.tabs}
      aria-label={t('nav.tabs')}
      data-hidden={conversationId !== undefined || undefined}
    >
      {tabs
        .filter(({ shown }) => shown)
        .map(({ to, under, name, Icon }) => (
          <Link
            key={under}
            to={to}
            className={classes.tab}
            data-active={pathname.startsWith(under) || undefined}
          >
            <Icon size={20} stroke={1.7} />
            <span className="cut">{name}</span>
          </Link>
        ))}
    </nav>
  );
}
