// How far agents kept to their shifts, and where shifts come from.
import { Button } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AdherenceRow } from '../../api/shapes.ts';
import { adherenceQuery } from '../../api/side-queries.ts';
import { localeOf } from '../../i18n/locale-of.ts';
import { useFormat } from '../../i18n/use-format.ts';
import type { Column } from '../../ui/table.tsx';
import { DayLink } from './day-link.tsx';
import type { ReportSpan } from './report-range.ts';
import { ShiftUpload } from './shift-upload.tsx';
import { type SideBy, SideSection } from './side-section.tsx';

const parts = [
  ['adhered', 'teal.6'],
  ['late', 'yellow.5'],
  ['early', 'orange.7'],
  ['interrupted', 'gray.5'],
  ['absent', 'red.5'],
] as const;
const HOUR_MS = 3_600_000;

export function AdherenceSection({ span }: { span: ReportSpan }) {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<SideBy>('agent');
  const [uploads, setUploads] = useState(false);
  const asked = { ...span, by: by === 'team' ? ('team' as const) : ('agent' as const) };
  const rows = useQuery(adherenceQuery(asked));
  const days = useQuery(adherenceQuery({ ...span, by: 'all', per: 'day' }));
  const hours = (value: number) =>
    new Intl.NumberFormat(localeOf(i18n.language), {
      ...{ style: 'unit', unit: 'hour', unitDisplay: 'narrow', maximumFractionDigits: 1 },
    }).format(value);
  const time = (ms: number) => (ms === 0 ? '–' : format.longSpan(ms / 1000));
  const columns: Column<AdherenceRow>[] = [
    {
      head: t('side.adherence'),
      right: true,
      cell: ({ adherence }) => (adherence === null ? '–' : format.share(adherence)),
    },
    { head: t('side.planned'), right: true, cell: ({ plannedMs }) => time(plannedMs) },
    ...parts.map(
      ([name]): Column<AdherenceRow> => ({
        head: t(`side.${name}`),
        right: true,
        cell: (row) => time(row[`${name}Ms`]),
      }),
    ),
    { head: t('side.unplanned'), right: true, cell: ({ unplannedMs }) => time(unplannedMs) },
    ...(by === 'agent'
      ? [{ head: t('day.title'), cell: ({ key }: AdherenceRow) => <DayLink agentId={key} /> }]
      : []),
  ];
  const upload = (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconUpload size={15} />}
      onClick={() => setUploads(true)}
    >
      {t('shift.upload')}
    </Button>
  );
  return (
    <>
      <SideSection
        title={t('side.adherence')}
        note={t('side.adherenceText')}
        bys={['agent', 'team']}
        onBy={setBy}
        {...{ span, by, rows, days, columns }}
        bars={parts.map(([name, color]) => ({ name, label: t(`side.${name}`), color }))}
        barsOf={(row) =>
          Object.fromEntries(parts.map(([name]) => [name, row[`${name}Ms`] / HOUR_MS]))
        }
        wordOf={hours}
        csv={{ path: '/api/v1/reports/adherence.csv', query: asked }}
        isEmpty={({ plannedMs, unplannedMs }) => plannedMs + unplannedMs === 0}
        empty={{ title: t('side.noShifts'), text: t('side.noShiftsText') }}
        actions={upload}
      />
      {uploads && <ShiftUpload onClose={() => setUploads(false)} />}
    </>
  );
}
