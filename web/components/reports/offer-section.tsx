// What agents were given and offered, and how the offers ended.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OfferRow } from '../../api/shapes.ts';
import { offersQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';
import type { ReportSpan } from './report-range.ts';
import { type SideBy, SideSection, sideBys } from './side-section.tsx';

const outcomes = [
  ['accepted', 'teal.6'],
  ['declined', 'orange.5'],
  ['missed', 'red.5'],
  ['withdrawn', 'gray.5'],
] as const;

export function OfferSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<SideBy>('agent');
  const rows = useQuery(offersQuery({ ...span, by }));
  const days = useQuery(offersQuery({ ...span, by: 'all', per: 'day' }));
  const count = (name: 'given' | 'offered' | (typeof outcomes)[number][0]): Column<OfferRow> => ({
    head: t(`side.${name}`),
    right: true,
    cell: (row) => format.number(row[name]),
  });
  const columns: Column<OfferRow>[] = [
    count('given'),
    count('offered'),
    ...outcomes.map(([name]) => count(name)),
    {
      head: t('side.acceptTime'),
      right: true,
      cell: ({ acceptMsP50 }) => (acceptMsP50 === null ? '–' : format.longSpan(acceptMsP50 / 1000)),
    },
  ];
  const hasOffers = days.data?.rows.some(({ offered }) => offered > 0) ?? true;
  const given = [{ name: 'given', label: t('side.given'), color: 'iris.5' }];
  return (
    <SideSection
      title={t('side.offers')}
      note={t('side.offersText')}
      bys={sideBys}
      onBy={setBy}
      {...{ span, by, rows, days, columns }}
      bars={
        hasOffers
          ? outcomes.map(([name, color]) => ({ name, label: t(`side.${name}`), color }))
          : given
      }
      barsOf={(row): Record<string, number> => {
        const { accepted, declined, missed, withdrawn } = row;
        return hasOffers ? { accepted, declined, missed, withdrawn } : { given: row.given };
      }}
      csv={{ path: '/api/v1/reports/offers.csv', query: { ...span, by } }}
      isEmpty={({ given: all, offered }) => all + offered === 0}
      empty={{ title: t('side.nothingGiven'), text: t('report.noneText') }}
    />
  );
}
