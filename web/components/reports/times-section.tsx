// How long waits, first answers and handling took: how they spread, and day by day.
import { BarChart, LineChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Distribution } from '../../api/shapes.ts';
import { distributionQuery } from '../../api/side-queries.ts';
import { type Format, useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { Card, Tile, Tiles } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { BehindFigures, Figure } from './behind-figures.tsx';
import type { ReportSpan } from './report-range.ts';
import classes from './reports.module.css';
import { useWhose, Whose } from './whose.tsx';

const measures = ['wait', 'firstAnswer', 'handling'] as const;
type Measure = (typeof measures)[number];
const marks = ['p50', 'p90', 'p95'] as const;

export function TimesSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const [measure, setMeasure] = useState<Measure>('wait');
  const { narrowed, ...who } = useWhose(span);
  const query = { ...narrowed, measure };
  const report = useQuery(distributionQuery(query));
  const found = report.data;
  return (
    <BehindFigures span={narrowed}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('times.measure')}
          data={measures.map((value) => ({ value, label: t(`report.${value}`) }))}
          value={measure}
          onChange={(value) => setMeasure(value as Measure)}
        />
        <Whose {...who} />
        <CsvLink path="/api/v1/reports/distribution.csv" query={query} label={t('side.times')} />
      </div>
      {report.isError && found === undefined ? (
        <ErrorNote error={report.error} onRetry={() => void report.refetch()} />
      ) : found === undefined ? (
        <Card title={t('times.spread')}>
          <Skeleton height={220} />
        </Card>
      ) : found.count === 0 ? (
        <Card title={t('times.spread')}>
          <p className={classes.nothing}>{t('times.none')}</p>
        </Card>
      ) : (
        <>
          <Marks report={found} />
          <Spread report={found} />
          <Days report={found} />
        </>
      )}
    </BehindFigures>
  );
}

function Marks({ report }: { report: Distribution }) {
  const { t } = useTranslation();
  const format = useFormat();
  const heads = { p50: t('side.median'), p90: t('side.p90'), p95: t('times.p95') };
  const title = t(`report.${report.measure}`);
  return (
    <Tiles>
      <Tile
        label={t('times.count')}
        value={
          <Figure of={{ figure: `${report.measure}s` }} title={title} count={report.count}>
            {format.number(report.count)}
          </Figure>
        }
      />
      {marks.map((mark) => (
        <Tile key={mark} label={heads[mark]} value={told(report[mark], format)} />
      ))}
    </Tiles>
  );
}

function told(seconds: number | null, format: Format): string {
  return seconds === null ? '–' : format.longSpan(seconds);
}

type Bucket = Distribution['buckets'][number];

function Spread({ report }: { report: Distribution }) {
  const { t } = useTranslation();
  const format = useFormat();
  const title = t('times.spread');
  const nameOf = ({ atLeastSeconds, underSeconds }: Bucket) => {
    const [from, to] = [format.span(atLeastSeconds), format.span(underSeconds ?? 0)];
    if (atLeastSeconds === 0) return t('times.under', { to });
    return underSeconds === null ? t('times.from', { from }) : t('times.between', { from, to });
  };
  const columns: Column<Bucket>[] = [
    { head: t('times.length'), cell: nameOf },
    {
      head: t('times.count'),
      right: true,
      cell: (bucket) => {
        const { atLeastSeconds, underSeconds, count } = bucket;
        const until = underSeconds === null ? {} : { underSeconds };
        const of = { figure: `${report.measure}s`, atLeastSeconds, ...until } as const;
        const name = `${t(`report.${report.measure}`)}, ${nameOf(bucket)}`;
        return (
          <Figure of={of} title={name} count={count}>
            {format.number(count)}
          </Figure>
        );
      },
    },
    {
      head: t('rating.share'),
      right: true,
      cell: ({ count }) => format.share(count / report.count),
    },
  ];
  return (
    <Card title={title} note={t(`report.${report.measure}`)}>
      <BarChart
        h={220}
        data={report.buckets.map((bucket) => ({ label: nameOf(bucket), count: bucket.count }))}
        dataKey="label"
        series={[{ name: 'count', label: t('times.count'), color: 'iris.5' }]}
        yAxisProps={{ allowDecimals: false }}
        xAxisProps={{ interval: 'equidistantPreserveStart' }}
        tickLine="none"
        gridAxis="x"
        barProps={{ radius: 2, maxBarSize: 44 }}
      />
      <details>
        <summary>{t('times.asTable')}</summary>
        <Table
          label={title}
          columns={columns}
          rows={report.buckets}
          rowKey={({ atLeastSeconds }) => String(atLeastSeconds)}
        />
      </details>
    </Card>
  );
}

type Day = Distribution['days'][number];

/** Nothing for a single day, whose figures stand above. */
function Days({ report }: { report: Distribution }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (report.days.length < 2) return null;
  const heads = { p50: t('side.median'), p90: t('side.p90'), p95: t('times.p95') };
  const colours = { p50: 'iris.5', p90: 'orange.5', p95: 'gray.5' };
  const dayOf = ({ day }: Day) => format.day(`${day}T12:00:00`);
  const columns: Column<Day>[] = [
    { head: t('report.day'), cell: dayOf },
    {
      head: t('times.count'),
      right: true,
      cell: (row) => (
        <Figure
          of={{ figure: `${report.measure}s`, by: 'day', key: row.day }}
          title={`${t(`report.${report.measure}`)}, ${dayOf(row)}`}
          count={row.count}
        >
          {format.number(row.count)}
        </Figure>
      ),
    },
    ...marks.map((mark): Column<Day> => {
      return { head: heads[mark], right: true, cell: (row) => told(row[mark], format) };
    }),
  ];
  return (
    <Card title={t('side.byDay')}>
      <LineChart
        h={220}
        data={report.days.map((row) => ({ ...row, day: dayOf(row) }))}
        dataKey="day"
        series={marks.map((name) => ({ name, label: heads[name], color: colours[name] }))}
        valueFormatter={(seconds) => format.longSpan(seconds)}
        yAxisProps={{ width: 72, allowDecimals: false }}
        withLegend
        legendProps={inOrder}
        withDots={report.days.length <= 31}
        connectNulls={false}
        curveType="linear"
        tickLine="none"
        gridAxis="x"
      />
      <details>
        <summary>{t('times.asTable')}</summary>
        <Table
          label={t('side.byDay')}
          columns={columns}
          rows={report.days}
          rowKey={({ day }) => day}
        />
      </details>
    </Card>
  );
}
