// The way around: inboxes with their counts, overviews, settings, and oneself.
import { UnstyledButton } from '@mantine/core';
import {
  IconActivity,
  IconArchive,
  IconAt,
  IconCalendarTime,
  IconChartBar,
  IconClockPause,
  IconFlask,
  IconHourglass,
  IconInbox,
  IconMessages,
  IconSearch,
  IconSettings,
  IconUser,
  IconUserQuestion,
  IconUsersGroup,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery, settingsQuery } from '../../api/queries.ts';
import { givenTitle } from '../../i18n/read-brand.ts';
import { type InboxView, paths } from '../../paths.ts';
import { isMac } from '../../ui/is-mac.ts';
import { Keys } from '../../ui/keys.tsx';
import { useCan, useSession } from '../session/use-session.ts';
import { LineState } from './line-state.tsx';
import { OwnMenu } from './own-menu.tsx';
import { seesSettings } from './settings-access.ts';
import classes from './shell.module.css';

export const viewIcons: Record<InboxView, ReactNode> = {
  mine: <IconInbox size={17} stroke={1.7} />,
  parked: <IconClockPause size={17} stroke={1.7} />,
  consulted: <IconUserQuestion size={17} stroke={1.7} />,
  waiting: <IconHourglass size={17} stroke={1.7} />,
  team: <IconUsersGroup size={17} stroke={1.7} />,
  all: <IconMessages size={17} stroke={1.7} />,
  closed: <IconArchive size={17} stroke={1.7} />,
};

export function Sidebar({ onFind, onHelp }: { onFind(): void; onHelp(): void }) {
  const { t } = useTranslation();
  const can = useCan();
  const { workspace } = useSession();
  const counts = useQuery(countsQuery).data;
  const settings = useQuery({ ...settingsQuery, enabled: can('settings.read') }).data;
  // Few are ever asked: without that the way there is nobody's.
  const asked = counts?.consulted ?? 0;
  const mentions = counts?.mentions ?? 0;
  const view = (name: InboxView, count?: number) => (
    <SideLink
      to={paths.inbox(name)}
      icon={viewIcons[name]}
      count={count}
      name={t(`view.${name}`)}
    />
  );
  return (
    <nav className={classes.side} aria-label={t('nav.main')}>
      <div className={classes.brand}>
        <img src={settings?.branding?.logoUrl ?? '/icon.svg'} alt="" />
        <span className="cut">{givenTitle(settings?.branding?.pageTitle) ?? workspace.name}</span>
      </div>
      <UnstyledButton className={classes.find} onClick={onFind}>
        <IconSearch size={15} />
        <span>{t('nav.find')}</span>
        <Keys keys={isMac ? '⌘ K' : 'Ctrl K'} />
      </UnstyledButton>
      {view('mine', counts?.mine)}
      {view('parked', counts?.parked)}
      {asked > 0 && view('consulted', asked)}
      {mentions > 0 && (
        <SideLink
          to={paths.mentions}
          icon={<IconAt size={17} stroke={1.7} />}
          count={mentions}
          name={t('nav.mentions')}
        />
      )}
      {view('waiting', counts?.waiting)}
      {view('team', counts?.team)}
      {view('all', counts?.all)}
      {view('closed')}
      <Overview />
      <span className={classes.grow} />
      <LineState className={classes.state} />
      <OwnMenu onHelp={onHelp} />
    </nav>
  );
}

/** The pages on the whole, those that one may see. */
function Overview() {
  const { t } = useTranslation();
  const can = useCan();
  const { user } = useSession();
  return (
    <>
      <div className={classes.group}>{t('nav.overview')}</div>
      <SideLink
        to={paths.live}
        icon={<IconActivity size={17} stroke={1.7} />}
        name={t('nav.live')}
      />
      <SideLink
        to={paths.contacts}
        icon={<IconUser size={17} stroke={1.7} />}
        name={t('nav.contacts')}
      />
      {user.agentId !== null && (
        <SideLink
          to={paths.day}
          icon={<IconCalendarTime size={17} stroke={1.7} />}
          name={t('nav.day')}
        />
      )}
      {can('reports.read') && (
        <SideLink
          to={paths.reports}
          icon={<IconChartBar size={17} stroke={1.7} />}
          name={t('nav.reports')}
        />
      )}
      {can('simulations.write') && (
        <SideLink to={paths.lab} icon={<IconFlask size={17} stroke={1.7} />} name={t('nav.lab')} />
      )}
      {seesSettings(can) && (
        <SideLink
          to="/settings"
          icon={<IconSettings size={17} stroke={1.7} />}
          name={t('nav.settings')}
        />
      )}
    </>
  );
}

function SideLink(props: {
  to: string;
  icon: ReactNode;
  name: string;
  count?: number | undefined;
}) {
  const { pathname } = useLocation();
  const active = pathname === props.to || pathname.startsWith(`${props.to}/`);
  return (
    <Link
      to={props.to}
      className={classes.link}
      data-active={active || undefined}
      aria-current={active ? 'page' : undefined}
      title={props.name}
    >
      {props.icon}
      <span className="cut">{props.name}</span>
      {props.count !== undefined && props.count > 0 && <b>{props.count}</b>}
    </Link>
  );
}
