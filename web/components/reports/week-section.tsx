// The hours of the week: how many come in each on average, and how long they wait.
import { SegmentedControl, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WeekReport } from '../../api/shapes.ts';
import { weekQuery } from '../../api/side-queries.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Card } from '../../ui/page.tsx';
import { CsvLink } from '../answers/csv-link.tsx';
import { ErrorNote } from '../answers/error-note.tsx';
import { BehindFigures, Figure } from './behind-figures.tsx';
import type { ReportSpan } from './report-range.ts';
import classes from './reports.module.css';
import { useWhose, Whose } from './whose.tsx';

type Cell = WeekReport['cells'][number];
type Shows = 'opened' | 'wait';
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
const STEPS = 4;

export function WeekSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const [shows, setShows] = useState<Shows>('opened');
  const { narrowed, ...who } = useWhose(span);
  const report = useQuery(weekQuery(narrowed));
  const cells = report.data?.cells;
  const failed = report.isError && cells === undefined;
  return (
    <BehindFigures span={narrowed}>
      <div className={classes.bar}>
        <SegmentedControl
          size="xs"
          aria-label={t('week.shows')}
          data={[
            { value: 'opened', label: t('week.opened') },
            { value: 'wait', label: t('report.wait') },
          ]}
          value={shows}
          onChange={(value) => setShows(value as Shows)}
        />
        <Whose {...who} />
        <CsvLink path="/api/v1/reports/week.csv" query={narrowed} label={t('side.week')} />
      </div>
      {failed && <ErrorNote error={report.error} onRetry={() => void report.refetch()} />}
      {!failed && (
        <Card
          title={shows === 'opened' ? t('week.opened') : t('report.wait')}
          note={t(`week.${shows}Note`, { zone: span.timeZone })}
        >
          {cells === undefined ? (
            <Skeleton height={640} />
          ) : cells.every(({ opened, waits }) => opened + waits === 0) ? (
            <p className={classes.nothing}>{t('week.none')}</p>
          ) : (
            <Hours cells={cells} shows={shows} />
          )}
        </Card>
      )}
    </BehindFigures>
  );
}

/** What is coloured; null: there is nothing. */
function shownOf({ opened, hours, waitSecondsP50 }: Cell, shows: Shows): number | null {
  if (shows === 'wait') return waitSecondsP50;
  return hours === 0 ? null : opened / hours;
}

function Hours({ cells, shows }: { cells: readonly Cell[]; shows: Shows }) {
  const { t, i18n } = useTranslation();
  const most = Math.max(...cells.map((cell) => shownOf(cell, shows) ?? 0));
  // The fifth of January 2026 is a Monday.
  const days = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 0, 5 + day, 12));
  const nameDay = (style: 'short' | 'long') => {
    const format = new Intl.DateTimeFormat(localeOf(i18n.language), {
      weekday: style,
      timeZone: 'UTC',
    });
    return days.map((at) => format.format(at));
  };
  const [short, long] = [nameDay('short'), nameDay('long')];
  const find = (weekday: number, hour: number) => cells[(weekday - 1) * 24 + hour];
  return (
    <table className={classes.week} aria-label={t('side.week')}>
      <thead>
        <tr>
          <th scope="col">
            <span className="spoken">{t('report.hour')}</span>
          </th>
          {short.map((name, nth) => (
            <th key={name} scope="col" abbr={long[nth]}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {HOURS.map((hour) => (
          <tr key={hour}>
            <th scope="row">{clock(hour)}</th>
            {long.map((name, nth) => (
              <HourCell
                key={name}
                cell={find(nth + 1, hour)}
                title={`${name} ${clock(hour)}`}
                {...{ shows, most }}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const clock = (hour: number) => `${String(hour).padStart(2, '0')}:00`;

function HourCell(props: { cell: Cell | undefined; shows: Shows; most: number; title: string }) {
  const { cell, shows, most, title } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const value = cell === undefined ? null : shownOf(cell, shows);
  if (cell === undefined || value === null) return <td data-step="0">–</td>;
  const step = value === 0 ? 0 : Math.max(1, Math.ceil((value / most) * STEPS));
  const figure = shows === 'opened' ? 'opened' : 'waits';
  const { weekday, hour } = cell;
  return (
    <td data-step={step}>
      <Figure
        of={{ figure, weekday, hour }}
        title={`${t(shows === 'opened' ? 'report.opened' : 'report.wait')}, ${title}`}
        count={cell[figure]}
      >
        {shows === 'opened' ? format.decimal(value) : format.span(value)}
      </Figure>
    </td>
  );
}
