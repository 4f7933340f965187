// The name of the inbox, its search and its filters, all of which stand in the address.
import {
  ActionIcon,
  CloseButton,
  Indicator,
  TextInput,
  Title,
  UnstyledButton,
} from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconAdjustmentsHorizontal, IconMessagePlus, IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countsQuery, savedViewsQuery } from '../../api/queries.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { findAnswer } from '../../live/use-keys.ts';
import { type InboxView, inboxViews, paths } from '../../paths.ts';
import { MenuOnDemand, partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { useCan, useSession } from '../session/use-session.ts';
import classes from './inbox.module.css';
import { dues, type InboxSearch } from './inbox-filter.ts';
import { useChoices } from './use-choices.ts';

const filters = partOf(
  async () => (await withWords(import('./inbox-filters.tsx'), 'inbox')).InboxFilters,
);
const savedViews = partOf(
  async () => (await withWords(import('./saved-views.tsx'), 'inbox')).SavedViews,
);

export type Change = (part: Partial<Record<keyof InboxSearch, string | null>>) => void;

export function InboxHead(props: {
  view: InboxView;
  search: InboxSearch;
  count: number | undefined;
}) {
  const { view, search, count } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const saved = useQuery(savedViewsQuery).data ?? [];
  const change: Change = (part) => {
    const merged = { ...search, ...part };
    const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value));
    void navigate({ to: '.', search: kept as never, replace: true });
  };
  const can = useCan();
  const { user } = useSession();
  const isFiltered = ['channel', 'team', 'agent', 'tag', 'due', 'sort'].some(
    (name) => name in search,
  );
  return (
    <header className={classes.head}>
      <div className={classes.title}>
        <Title order={1}>
          {t(`view.${view}`)}
          {count !== undefined && <small>{count}</small>}
        </Title>
        {can('conversations.work') && user.agentId !== null && (
          <ActionIcon
            size={28}
            aria-label={t('keys.start')}
            data-tip={t('keys.start')}
            onClick={() => findAnswer('start')?.()}
          >
            <IconMessagePlus size={17} />
          </ActionIcon>
        )}
        <Indicator disabled={!isFiltered} size={7} offset={4}>
          <MenuOnDemand
            part={filters}
            kind="dialog"
            search={search}
            onChange={change}
            view={view}
            target={
              <ActionIcon size={28} aria-label={t('inbox.filters')} data-tip={t('inbox.filters')}>
                <IconAdjustmentsHorizontal size={17} />
              </ActionIcon>
            }
          />
        </Indicator>
      </div>
      <Views view={view} />
      {saved.length > 0 && <WhenItComes part={savedViews} {...{ view, search }} views={saved} />}
      <SearchField value={search.q ?? ''} onChange={(q) => change({ q: q || null })} />
      {view !== 'closed' && <DueCounts search={search} onChange={change} />}
      <Chips search={search} onChange={change} />
    </header>
  );
}

function Views({ view }: { view: InboxView }) {
  const { t } = useTranslation();
  const counts = useQuery(countsQuery).data;
  const shown = inboxViews.filter(
    (one) => one !== 'consulted' || one === view || (counts?.consulted ?? 0) > 0,
  );
  return (
    <nav className={classes.views} aria-label={t('nav.inbox')}>
      {shown.map((one) => (
        <Link
          key={one}
          to={paths.inbox(one)}
          className={classes.view}
          data-active={one === view || undefined}
          aria-current={one === view ? 'page' : undefined}
        >
          {t(`view.${one}`)}
          {one !== 'closed' && counts !== undefined && counts[one] > 0 && (
            <span>{counts[one]}</span>
          )}
        </Link>
      ))}
      {(counts?.mentions ?? 0) > 0 && (
        <Link to={paths.mentions} className={classes.view}>
          {t('nav.mentions')}
          <span>{counts?.mentions}</span>
        </Link>
      )}
    </nav>
  );
}

/** How many are near or past their targets, here or elsewhere; one click shows them. */
function DueCounts({ search, onChange }: { search: InboxSearch; onChange: Change }) {
  const { t } = useTranslation();
  const counts = useQuery(countsQuery).data;
  const shown = dues
    .map((due) => ({ due, count: counts?.[due === 'soon' ? 'dueSoon' : 'overdue'] ?? 0 }))
    .filter(({ due, count }) => count > 0 || search.due === due);
  if (shown.length === 0) return null;
  return (
    <div className={classes.chips}>
      {shown.map(({ due, count }) => (
        <UnstyledButton
          key={due}
          className={classes.due}
          data-tone={due === 'soon' ? 'warn' : 'bad'}
          aria-pressed={search.due === due}
          onClick={() => onChange({ due: search.due === due ? null : due })}
        >
          {t(`due.${due}`)} <b>{count}</b>
        </UnstyledButton>
      ))}
    </div>
  );
}

function SearchField({ value, onChange }: { value: string; onChange(value: string): void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  useEffect(() => setTyped(value), [value]);
  const type = (next: string) => {
    setTyped(next);
    tell(next.trim());
  };
  return (
    <TextInput
      id="inbox-search"
      type="search"
      size="xs"
      radius="md"
      value={typed}
      maxLength={100}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        // Enter keeps what was found, for j and k; Escape clears the field by itself.
        if (event.key === 'Enter' || event.key === 'Escape') event.currentTarget.blur();
      }}
      placeholder={t('inbox.search')}
      aria-label={t('inbox.search')}
      leftSection={<IconSearch size={15} />}
      rightSection={
        typed === '' ? null : (
          <CloseButton size="sm" aria-label={t('common.clear')} onClick={() => type('')} />
        )
      }
    />
  );
}

function Chips({ search, onChange }: { search: InboxSearch; onChange: Change }) {
  const { t } = useTranslation();
  const names = (['channel', 'team', 'agent', 'tag'] as const).filter((name) => name in search);
  const choices = useChoices(names.length > 0);
  if (names.length === 0) return null;
  return (
    <div className={classes.chips}>
      {names.map((name) => {
        const value = search[name] ?? '';
        const label = choices[name].find((one) => one.value === value)?.label ?? value;
        return (
          <span key={name} className={classes.chip}>
            <span className="cut">{label}</span>
            <ActionIcon
              size={18}
              color="iris"
              aria-label={t('inbox.removeFilter', { name: label })}
              onClick={() => onChange({ [name]: null })}
            >
              <IconX size={12} />
            </ActionIcon>
          </span>
        );
      })}
    </div>
  );
}
