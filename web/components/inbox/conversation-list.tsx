// Conversations in rows, however many: only what is seen is drawn, and more is fetched before it is needed.
import { Button, Skeleton } from '@mantine/core';
import { IconMoodSmile, IconPlugConnectedX, IconSearchOff } from '@tabler/icons-react';
import { type UseInfiniteQueryResult, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate, useRouter } from '@tanstack/react-router';
import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { conversationsQuery, countsQuery } from '../../api/queries.ts';
import type { Conversation } from '../../api/shapes.ts';
import { withWords } from '../../i18n/start-i18n.ts';
import { noteSeen } from '../../live/apply-hints.ts';
import { extendSelection, select, toggleSelected, useSelection } from '../../live/selection.ts';
import { useKeys } from '../../live/use-keys.ts';
import { type InboxView, paths } from '../../paths.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useNarrow } from '../../ui/use-narrow.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { partOf, WhenItComes } from '../on-demand/on-demand.tsx';
import { useAvailability } from '../session/use-availability.ts';
import { ConversationRow, PassingRow } from './conversation-row.tsx';
import classes from './inbox.module.css';
import { type InboxSearch, toFilter } from './inbox-filter.ts';
import { InboxHead } from './inbox-head.tsx';

const bulkBar = partOf(
  async () => (await withWords(import('./bulk-bar.tsx'), 'inbox', 'together')).BulkBar,
);

const ROW = 76;

export function ConversationList(props: {
  view: InboxView;
  search: InboxSearch;
  openId: string | undefined;
}) {
  const { view, search } = props;
  const { t } = useTranslation();
  const query = useInfiniteQuery(conversationsQuery(toFilter(view, search)));
  const rows = useMemo(() => query.data?.pages.flatMap(({ items }) => items) ?? [], [query.data]);
  const isAlone = useNarrow('48em') && props.openId === undefined;
  const Area = isAlone ? 'main' : 'section';
  return (
    <Area className={classes.list} aria-label={t(`view.${view}`)}>
      <Head view={view} search={search} />
      <Rows {...props} query={query} rows={rows} />
      <Picked rows={rows} />
    </Area>
  );
}

/** Fetched when something is selected for the first time. */
function Picked({ rows }: { rows: readonly Conversation[] }) {
  return useSelection() !== null && <WhenItComes part={bulkBar} rows={rows} />;
}

function Head({ view, search }: { view: InboxView; search: InboxSearch }) {
  const counts = useQuery(countsQuery).data;
  return (
    <InboxHead view={view} search={search} count={view === 'closed' ? undefined : counts?.[view]} />
  );
}

/** By itself, so that scrolling draws rows and nothing else. */
function Rows(props: {
  view: InboxView;
  search: InboxSearch;
  openId: string | undefined;
  query: UseInfiniteQueryResult<unknown>;
  rows: readonly Conversation[];
}) {
  const { view, search, openId, query, rows } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const router = useRouter();
  const suffix = router.buildLocation({ to: '/', search: search as never }).searchStr;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    // What scrolls by is drawn with the frame, not in the middle of it.
    useFlushSync: false,
  });
  const items = virtual.getVirtualItems();
  const rushing = useRush(virtual);
  const lastSeen = items.at(-1)?.index ?? 0;
  useEffect(() => noteSeen(toFilter(view, search), lastSeen), [view, search, lastSeen]);
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && lastSeen > rows.length - 40) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, lastSeen, rows.length]);
  useListKeys({ rows, view, search, openId, onShow: (index) => virtual.scrollToIndex(index) });

  return (
    <div ref={scroller} className={classes.rows}>
      {query.isPending && <RowSkeletons />}
      {query.isError && rows.length === 0 && (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isSuccess && rows.length === 0 && <NothingHere view={view} search={search} />}
      <div role="list" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start, key }) => {
          const conversation = rows[index] as Conversation;
          return (
            <div
              key={key}
              role="listitem"
              style={{ position: 'absolute', top: 0, insetInline: 0, translate: `0 ${start}px` }}
            >
              {rushing ? (
                <PassingRow conversation={conversation} />
              ) : (
                <ConversationRow
                  conversation={conversation}
                  view={view}
                  suffix={suffix}
                  active={conversation.id === openId}
                />
              )}
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Twice in a row everything that was seen has gone: nobody can read what flies past so, and rows are dear. */
function useRush({
  range,
  isScrolling,
}: Pick<Virtualizer<HTMLDivElement, Element>, 'range' | 'isScrolling'>): boolean {
  const before = useRef<{ range: typeof range; leapt: boolean }>({ range: null, leapt: false });
  const last = before.current;
  const leapt =
    isScrolling &&
    range !== null &&
    last.range !== null &&
    (range.startIndex > last.range.endIndex || range.endIndex < last.range.startIndex);
  useEffect(() => {
    before.current = { range, leapt };
  });
  return leapt && last.leapt;
}

function useListKeys(args: {
  rows: readonly Conversation[];
  view: InboxView;
  search: InboxSearch;
  openId: string | undefined;
  onShow(index: number): void;
}): void {
  const { rows, view, search, openId, onShow } = args;
  const navigate = useNavigate();
  const move = (by: 1 | -1) => {
    const at = rows.findIndex(({ id }) => id === openId);
    const index = at < 0 ? 0 : Math.min(rows.length - 1, Math.max(0, at + by));
    const row = rows[index];
    if (row === undefined) return;
    onShow(index);
    void navigate({ to: paths.conversation(view, row.id), search });
  };
  const picking = useSelection() !== null;
  const extend = (by: 1 | -1) => onShow(extendSelection(rows, { from: openId, by }));
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view has other rows
  useEffect(() => () => select(null), [view]);
  useKeys({
    next: () => move(1),
    previous: () => move(-1),
    select: () => toggleSelected(openId ?? rows[0]?.id ?? ''),
    selectNext: () => extend(1),
    selectPrevious: () => extend(-1),
    ...(picking && { unselect: () => select(null) }),
    search: () => document.querySelector<HTMLInputElement>('#inbox-search')?.focus(),
  });
}

function NothingHere({ view, search }: { view: InboxView; search: InboxSearch }) {
  const { t } = useTranslation();
  const { availability, choosesHere, choose } = useAvailability();
  const waiting = useQuery(countsQuery).data?.waiting ?? 0;
  const filtered = Object.keys(search).some((name) => name !== 'sort');
  if (filtered) {
    return (
      <EmptyState
        icon={<IconSearchOff size={20} />}
        title={t('inbox.noneFound')}
        text={t('inbox.noneFoundText')}
      />
    );
  }
  if (view === 'mine' && choosesHere && availability !== 'online') {
    return (
      <EmptyState
        icon={<IconPlugConnectedX size={20} />}
        title={t('inbox.absent', { availability: t(`availability.${availability}`).toLowerCase() })}
        text={t('inbox.absentText', { count: waiting })}
      >
        <Button mt="md" onClick={() => choose('online')}>
          {t('welcome.online')}
        </Button>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<IconMoodSmile size={20} />}
      title={t(`inbox.empty.${view}`)}
      text={t(`inbox.emptyText.${view}`)}
    />
  );
}

function RowSkeletons() {
  return [1, 2, 3, 4, 5, 6, 7].map((row) => (
    <div key={row} className={classes.row} aria-hidden>
      <Skeleton circle height={36} />
      <div>
        <Skeleton height={11} width="45%" mt={4} />
        <Skeleton height={10} width="85%" mt={9} />
        <Skeleton height={9} width="30%" mt={9} />
      </div>
    </div>
  ));
}
