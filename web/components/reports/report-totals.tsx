// The figures of a whole span.
import { Skeleton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Report } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Tile, Tiles } from '../../ui/page.tsx';

export function ReportTotals({ totals }: { totals: Report['totals'] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const wait = <Skeleton height={24} width={48} mt={4} />;
  const span = (seconds: number | null) => (seconds === null ? '–' : format.longSpan(seconds));
  const p90 = (seconds: number | null) =>
    seconds === null ? undefined : t('report.p90', { time: format.longSpan(seconds) });
  return (
    <Tiles>
      <Tile
        label={t('report.opened')}
        value={totals ? format.number(totals.opened) : wait}
        note={totals && t('report.closedCount', { count: totals.closed })}
      />
      <Tile
        label={t('report.wait')}
        value={totals ? span(totals.waitSecondsP50) : wait}
        note={totals && p90(totals.waitSecondsP90)}
      />
      <Tile
        label={t('report.firstAnswer')}
        value={totals ? span(totals.firstAnswerSecondsP50) : wait}
        note={totals && p90(totals.firstAnswerSecondsP90)}
      />
      <Tile
        label={t('report.handling')}
        value={totals ? span(totals.handlingSecondsP50) : wait}
        note={totals && p90(totals.handlingSecondsP90)}
      />
      <Tile
        label={t('report.abandoned')}
        value={totals ? format.number(totals.abandoned) : wait}
        note={
          totals && totals.closed > 0 ? format.share(totals.abandoned / totals.closed) : undefined
        }
      />
      <Tile
        label={t('report.rating')}
        value={
          totals
            ? totals.ratingAverage === null
              ? '–'
              : format.decimal(totals.ratingAverage)
            : wait
        }
        note={totals && t('report.ratings', { count: totals.ratings })}
      />
    </Tiles>
  );
}
