// The parts of the routing page, each at an address of its own, with how many changes the draft has in it.

import { Link, useLocation } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { partsOf } from '../../../src/contract/policy/point.ts';
import { paths, type RoutingSection, routingSections } from '../../paths.ts';
import { Pill } from '../../ui/pill.tsx';
import classes from './routing-draft.module.css';
import { useDraft } from './use-draft.tsx';

const lists = ['rules', 'plans', 'calendars'];

/** Where the change of such a path is made. */
export function sectionOf(path: string): RoutingSection {
  const [part = ''] = partsOf(path);
  return lists.includes(part) ? (part as RoutingSection) : 'defaults';
}

export function SectionTabs() {
  const { t } = useTranslation();
  const { changes, faults } = useDraft();
  const { pathname } = useLocation();
  return (
    <nav className={classes.tabs} aria-label={t('routing.sections')}>
      {routingSections.map((section) => {
        const isHere = (path: string) => sectionOf(path) === section;
        const count = changes.filter(({ path }) => isHere(path)).length;
        const isFaulty = faults.some(({ path }) => path !== '' && isHere(path));
        const active = pathname.startsWith(paths.routing(section));
        return (
          <Link
            key={section}
            to={paths.routing(section)}
            data-active={active || undefined}
            aria-current={active ? 'page' : undefined}
          >
            {t(`routing.section.${section}`)}
            {count > 0 && (
              <Pill tone={isFaulty ? 'bad' : 'accent'}>
                <span aria-hidden>{count}</span>
                <span className="spoken">{wordCount(t, count)}</span>
              </Pill>
            )}
          </Link>
        );
      })}
    </nav>
  );
}

export function wordCount(t: TFunction, number: number): string {
  return number === 1 ? t('routing.oneChange') : t('routing.changes', { number });
}
