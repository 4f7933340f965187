// How soon contacts were answered: at first, after being given to an agent, and each time after.
import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AnswerRow } from '../../api/shapes.ts';
import { answersQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';
import type { ReportSpan } from './report-range.ts';
import { type SideBy, SideSection, sideBys } from './side-section.tsx';

const kinds = ['first', 'own', 'next'] as const;
const withins = [30, 60, 120, 300, 900, 3600];

export function AnswerSection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<SideBy>('agent');
  const [withinSeconds, setWithin] = useState(60);
  const asked = { ...span, withinSeconds };
  const rows = useQuery(answersQuery({ ...asked, by }));
  const days = useQuery(answersQuery({ ...asked, by: 'all', per: 'day' }));
  const time = (ms: number | null) => (ms === null ? '–' : format.longSpan(ms / 1000));
  const shareOf = (some: number, all: number) =>
    all === 0
      ? '–'
      : t('side.shareOf', { share: format.share(some / all), count: format.number(all) });
  const columns = kinds.flatMap((kind): Column<AnswerRow>[] => [
    {
      ...{ group: t(`side.${kind}`), head: t('side.median'), right: true },
      cell: (row) => time(row[`${kind}MsP50`]),
    },
    {
      ...{ group: t(`side.${kind}`), head: t('side.p90'), right: true },
      cell: (row) => time(row[`${kind}MsP90`]),
    },
    {
      ...{ group: t(`side.${kind}`), head: t('side.inTime'), right: true },
      cell: (row) => shareOf(row[`${kind}sWithin`], row[`${kind}s`]),
    },
  ]);
  return (
    <SideSection
      title={t('side.answers')}
      note={t('side.answersText')}
      bys={sideBys}
      onBy={setBy}
      {...{ span, by, rows, days, columns }}
      bars={[{ name: 'within', label: t('side.firstWithin'), color: 'iris.5' }]}
      barsOf={({ firsts, firstsWithin }) => ({ within: firsts === 0 ? 0 : firstsWithin / firsts })}
      shares
      csv={{ path: '/api/v1/reports/answers.csv', query: { ...asked, by } }}
      isEmpty={({ firsts, owns, nexts }) => firsts + owns + nexts === 0}
      empty={{ title: t('side.nothingAnswered'), text: t('report.noneText') }}
      actions={
        <Select
          size="xs"
          w={220}
          allowDeselect={false}
          aria-label={t('side.within')}
          data={withins.map((seconds) => ({
            value: String(seconds),
            label: t('side.withinTime', { time: format.span(seconds) }),
          }))}
          value={String(withinSeconds)}
          onChange={(value) => setWithin(Number(value))}
        />
      }
    />
  );
}
