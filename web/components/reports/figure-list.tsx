// The conversations that a figure counts, the latest first; each opens.
import { Button } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ReportList, ReportListQuery } from '../../api/shapes.ts';
import { behindQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import classes from './reports.module.css';

type Row = ReportList['items'][number];

export function FigureList(props: { title: string; query: ReportListQuery; onClose(): void }) {
  const { title, query, onClose } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const list = useInfiniteQuery(behindQuery(query));
  const first = list.data?.pages[0];
  const columns = useColumns(first);
  const heading = first === undefined ? title : `${title}: ${format.number(first.count)}`;
  return (
    <Dialog opened onClose={onClose} title={heading} size="xl">
      <div className={classes.behindHead}>
        <span>{first && t('behind.conversations', { count: first.conversations })}</span>
        <CsvLink
          path="/api/v1/reports/conversations.csv"
          query={query}
          label={title}
          size="compact-sm"
        />
      </div>
      {list.isError && first === undefined ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Table
          label={t('behind.list')}
          columns={columns}
          rows={list.data?.pages.flatMap(({ items }) => items)}
          rowKey={({ id }) => id}
          empty={<p className={classes.nothing}>{t('behind.none')}</p>}
        />
      )}
      {list.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          size="xs"
          loading={list.isFetchingNextPage}
          onClick={() => void list.fetchNextPage()}
        >
          {t('common.showMore')}
        </Button>
      )}
    </Dialog>
  );
}

function useColumns(first: ReportList | undefined): Column<Row>[] {
  const { t } = useTranslation();
  const format = useFormat();
  const rows = first?.items ?? [];
  const columns: (Column<Row> | false)[] = [
    {
      head: t('behind.customer'),
      cell: ({ id, contactName }) => (
        <Link className={`cut ${classes.link}`} to={paths.conversation('all', id)}>
          {contactName}
        </Link>
      ),
    },
    { head: t('behind.at'), cell: ({ at }) => format.full(at) },
    { head: t('report.agent'), cell: ({ agentName }) => agentName ?? '–' },
    { head: t('report.channel'), cell: ({ channelName }) => channelName },
    rows.some(({ seconds }) => seconds !== null) && {
      head: t('behind.took'),
      right: true,
      cell: ({ seconds }) => (seconds === null ? '–' : format.longSpan(seconds)),
    },
    rows.some(({ times }) => times > 1) && {
      head: t('behind.times'),
      right: true,
      cell: ({ times }) => format.number(times),
    },
    first?.figure === 'ratings' && {
      head: t('behind.rating'),
      cell: ({ rating }) =>
        rating === null
          ? '–'
          : [format.number(rating.score), rating.comment].filter(Boolean).join(' – '),
    },
  ];
  return columns.filter((column) => column !== false);
}
