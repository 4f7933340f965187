// Ratings: how often each score, what people wrote, and by whom they were served.
import { BarChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { Button, SegmentedControl, Skeleton } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { reportQuery } from '../../api/queries.ts';
import type { RatingReport, Report } from '../../api/shapes.ts';
import { behindQuery, ratingsQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { Figure } from './behind-figures.tsx';
import { nameRow } from './name-row.ts';
import type { ReportSpan } from './report-range.ts';
import classes from './reports.module.css';

export function RatingSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const report = useQuery(ratingsQuery(span));
  const found = report.data;
  if (report.isError && found === undefined) {
    return <ErrorNote error={report.error} onRetry={() => void report.refetch()} />;
  }
  if (found === undefined) {
    return (
      <Card title={t('rating.scores')}>
        <Skeleton height={180} />
      </Card>
    );
  }
  if (found.ratings === 0) {
    return (
      <Card title={t('rating.scores')}>
        <p className={classes.nothing}>{t('rating.none')}</p>
      </Card>
    );
  }
  return (
    <>
      <Scores report={found} span={span} />
      <Comments span={span} />
      <Served span={span} />
    </>
  );
}

type Score = RatingReport['scores'][number];

function Scores({ report, span }: { report: RatingReport; span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const counted = (of: 'count' | 'commented', head: string): Column<Score> => ({
    head,
    right: true,
    cell: (row) => (
      <Figure
        of={{ figure: 'ratings', score: row.score, ...(of === 'commented' && { commented: true }) }}
        title={`${t('report.rating')} ${row.score}`}
        count={row[of]}
      >
        {format.number(row[of])}
      </Figure>
    ),
  });
  const columns: Column<Score>[] = [
    { head: t('rating.score'), cell: ({ score }) => format.number(score) },
    counted('count', t('times.count')),
    {
      head: t('rating.share'),
      right: true,
      cell: ({ count }) => format.share(count / report.ratings),
    },
    counted('commented', t('rating.commented')),
  ];
  return (
    <Card
      title={t('rating.scores')}
      note={t('report.ratings', { count: report.ratings })}
      actions={
        <CsvLink
          path="/api/v1/reports/ratings.csv"
          query={span}
          label={t('rating.scores')}
          size="compact-sm"
        />
      }
    >
      <BarChart
        h={180}
        data={report.scores
          .toReversed()
          .map(({ score, count }) => ({ score: format.number(score), count }))}
        dataKey="score"
        series={[{ name: 'count', label: t('times.count'), color: 'iris.5' }]}
        yAxisProps={{ allowDecimals: false }}
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: 2, maxBarSize: 44 }}
      />
      <Table
        label={t('rating.scores')}
        columns={columns}
        rows={report.scores}
        rowKey={({ score }) => String(score)}
      />
    </Card>
  );
}

function Comments({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const list = useInfiniteQuery(behindQuery({ ...span, figure: 'ratings', commented: true }));
  const said = list.data?.pages.flatMap(({ items }) => items);
  return (
    <Card title={t('rating.comments')}>
      {list.isError && said === undefined ? (
        <ErrorNote error={list.error} onRetry={() => void list.refetch()} />
      ) : said === undefined ? (
        <Skeleton height={60} />
      ) : said.length === 0 ? (
        <p className={classes.nothing}>{t('rating.noWords')}</p>
      ) : (
        <ul className={classes.said}>
          {said.map(({ id, contactName, agentName, at, rating }) => (
            <li key={id}>
              <p>
                <strong>{format.number(rating?.score ?? 0)}</strong> {rating?.comment}
              </p>
              <small>
                <Link className={classes.link ?? ''} to={paths.conversation('all', id)}>
                  {contactName}
                </Link>
                {` · ${agentName ?? '–'} · ${format.full(at)}`}
              </small>
            </li>
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <Button mt="md" variant="default" size="xs" onClick={() => void list.fetchNextPage()}>
          {t('common.showMore')}
        </Button>
      )}
    </Card>
  );
}

const bys = ['agent', 'team'] as const;
type By = (typeof bys)[number];
type Row = Report['rows'][number];

function Served({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<By>('agent');
  const report = useQuery(reportQuery({ ...span, by }));
  const columns: Column<Row>[] = [
    { head: t(`report.${by}`), cell: ({ label }) => nameRow(label, by, format) },
    {
      head: t('report.rating'),
      right: true,
      cell: ({ ratingAverage }) => (ratingAverage === null ? '–' : format.decimal(ratingAverage)),
    },
    {
      head: t('times.count'),
      right: true,
      cell: ({ key, label, ratings }) => (
        <Figure
          of={{ figure: 'ratings', by, key }}
          title={`${t('report.rating')}, ${nameRow(label, by, format)}`}
          count={ratings}
        >
          {format.number(ratings)}
        </Figure>
      ),
    },
  ];
  return (
    <Card
      title={t('rating.perAgent')}
      actions={
        <SegmentedControl
          size="xs"
          aria-label={t('report.by')}
          data={bys.map((value) => ({ value, label: t(`report.${value}`) }))}
          value={by}
          onChange={(value) => setBy(value as By)}
        />
      }
      flush
    >
      {report.isError && report.data === undefined ? (
        <ErrorNote error={report.error} onRetry={() => void report.refetch()} />
      ) : (
        <Table
          label={t('rating.perAgent')}
          columns={columns}
          rows={report.data?.rows.filter(({ ratings }) => ratings > 0)}
          rowKey={({ key }) => key}
        />
      )}
    </Card>
  );
}
