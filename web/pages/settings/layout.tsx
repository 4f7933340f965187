// The frame of the settings: only the pages that one may see.
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Fragment, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useCan } from '../../components/session/use-session.ts';
import { settingsActions } from '../../components/shell/settings-access.ts';
import { paths, type SettingsPage } from '../../paths.ts';
import classes from './settings.module.css';

const groups: { name: 'people' | 'channels' | 'work' | 'system'; pages: SettingsPage[] }[] = [
  { name: 'people', pages: ['people', 'teams', 'routing'] },
  { name: 'channels', pages: ['channels', 'widget'] },
  { name: 'work', pages: ['automations', 'macros', 'replies', 'tags', 'statuses', 'close-form'] },
  {
    name: 'system',
    pages: ['health', 'integration', 'alarms', 'tokens', 'security', 'audit', 'data'],
  },
];

export default function SettingsLayout() {
  const { t } = useTranslation();
  const can = useCan();
  const { pathname } = useLocation();
  const nav = useRef<HTMLElement>(null);
  // On a narrow screen the pages stand in a strip that is wider than the screen.
  useEffect(() => {
    const links = [...(nav.current?.querySelectorAll('a') ?? [])];
    const active = links.find((link) => pathname.startsWith(link.pathname));
    active?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [pathname]);
  return (
    <div className={classes.layout}>
      <nav ref={nav} className={classes.nav} aria-label={t('nav.settings')}>
        {groups.map(({ name, pages }) => {
          const shown = pages.filter((page) => can(settingsActions[page]));
          if (shown.length === 0) return null;
          return (
            <Fragment key={name}>
              <h2>{t(`settings.group.${name}`)}</h2>
              {shown.map((page) => {
                const active = pathname.startsWith(paths.settings(page));
                return (
                  <Link
                    key={page}
                    to={paths.settings(page)}
                    data-active={active || undefined}
                    aria-current={active ? 'page' : undefined}
                  >
                    {t(`settings.${page}`)}
                  </Link>
                );
              })}
            </Fragment>
          );
        })}
      </nav>
      <Outlet />
    </div>
  );
}
