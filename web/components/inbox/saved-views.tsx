// The saved views above the list: each a click away, with how many it shows.
import { ActionIcon } from '@mantine/core';
import { IconPencil, IconUsersGroup } from '@tabler/icons-react';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { SavedView } from '../../api/shapes.ts';
import { type InboxView, paths } from '../../paths.ts';
import { useCan } from '../session/use-session.ts';
import classes from './inbox.module.css';
import type { InboxSearch } from './inbox-filter.ts';
import { SaveViewDialog } from './save-view-dialog.tsx';
import { isSame, toSearch } from './view-filters.ts';

const MOST_COUNTED = 100;
/** More are not counted, so that many views ask no more than these. */
const COUNTED_VIEWS = 12;

const countQuery = (id: string) =>
  queryOptions({
    queryKey: ['saved-view-count', id],
    queryFn: () => {
      const params = { path: { id } };
      return ask(client.GET('/api/v1/saved-views/{id}/count', { params }));
    },
    refetchInterval: 30_000,
  });

export function SavedViews(props: {
  views: readonly SavedView[];
  view: InboxView;
  search: InboxSearch;
}) {
  const { views, view, search } = props;
  const { t } = useTranslation();
  const can = useCan();
  const [edited, setEdited] = useState<SavedView | null>(null);
  const active = views.find((one) => one.view === view && isSame(one.filters, search));
  const mayChange = active?.own === true || can('conversations.see-all');
  return (
    <nav className={classes.saved} aria-label={t('views.title')}>
      {views.map((one, nth) => (
        <Link
          key={one.id}
          to={paths.inbox(one.view)}
          search={toSearch(one.filters) as never}
          className={classes.savedView}
          data-active={one === active || undefined}
          aria-current={one === active ? 'page' : undefined}
        >
          {one.teamId !== null && <IconUsersGroup size={13} aria-hidden />}
          <span className="cut">{one.name}</span>
          {nth < COUNTED_VIEWS && <Count id={one.id} />}
        </Link>
      ))}
      {active !== undefined && mayChange && (
        <ActionIcon
          size={24}
          aria-label={t('views.change', { name: active.name })}
          data-tip={t('views.change', { name: active.name })}
          onClick={() => setEdited(active)}
        >
          <IconPencil size={14} />
        </ActionIcon>
      )}
      {edited !== null && (
        <SaveViewDialog saved={edited} {...{ view, search }} onClose={() => setEdited(null)} />
      )}
    </nav>
  );
}

function Count({ id }: { id: string }) {
  const count = useQuery(countQuery(id)).data?.count ?? null;
  if (count === null) return null;
  return <b>{count > MOST_COUNTED ? `${MOST_COUNTED}+` : count}</b>;
}
