// The figures of a whole span, each beside the span before and with the list behind it.
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Tile, Tiles } from '../../ui/page.tsx';
import { Figure } from './behind-figures.tsx';
import { ChangeSince } from './change-since.tsx';

type Totals = Report['totals'];
type Time = 'wait' | 'firstAnswer' | 'handling';
type Count = 'opened' | 'abandoned';

export function ReportTotals(props: { totals: Totals | undefined; before: Totals | undefined }) {
  const { totals, before } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const wait = <Skeleton height={24} width={48} mt={4} />;
  const counted = (figure: Count) => (
    <Tile
      label={t(`report.${figure}`)}
      value={
        totals ? (
          <Figure of={{ figure }} title={t(`report.${figure}`)} count={totals[figure]}>
            {format.number(totals[figure])}
          </Figure>
        ) : (
          wait
        )
      }
      note={
        totals && (
          <Notes
            first={
              figure === 'opened'
                ? t('report.closedCount', { count: totals.closed })
                : totals.closed > 0 && format.share(totals.abandoned / totals.closed)
            }
          >
            {before && <ChangeSince now={totals[figure]} before={before[figure]} />}
          </Notes>
        )
      }
    />
  );
  return (
    <Tiles>
      {counted('opened')}
      {(['wait', 'firstAnswer', 'handling'] as const).map((time) => (
        <TimeTile key={time} {...{ time, totals, before }} />
      ))}
      {counted('abandoned')}
      <Tile
        label={t('report.rating')}
        value={
          totals ? (
            <Figure of={{ figure: 'ratings' }} title={t('report.rating')} count={totals.ratings}>
              {totals.ratingAverage === null ? '–' : format.decimal(totals.ratingAverage)}
            </Figure>
          ) : (
            wait
          )
        }
        note={
          totals && (
            <Notes first={t('report.ratings', { count: totals.ratings })}>
              {before && <ChangeSince now={totals.ratings} before={before.ratings} />}
            </Notes>
          )
        }
      />
    </Tiles>
  );
}

function TimeTile(props: { time: Time; totals: Totals | undefined; before: Totals | undefined }) {
  const { time, totals, before } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const label = t(`report.${time}`);
  const [p50, p90] = [`${time}SecondsP50`, `${time}SecondsP90`] as const;
  const count = `${time}s` as const;
  if (totals === undefined) {
    return <Tile label={label} value={<Skeleton height={24} width={48} mt={4} />} />;
  }
  return (
    <Tile
      label={label}
      value={
        <Figure of={{ figure: count }} title={label} count={totals[count]}>
          {totals[p50] === null ? '–' : format.longSpan(totals[p50])}
        </Figure>
      }
      note={
        <Notes
          first={totals[p90] !== null && t('report.p90', { time: format.longSpan(totals[p90]) })}
        >
          {before && (
            <ChangeSince
              now={totals[p50]}
              before={before[p50]}
              of={{ now: totals[count], before: before[count] }}
              isTime
            />
          )}
        </Notes>
      }
    />
  );
}

function Notes({ first, children }: { first: string | false; children: React.ReactNode }) {
  return (
    <>
      {first}
      {first && <br />}
      {children}
    </>
  );
}
