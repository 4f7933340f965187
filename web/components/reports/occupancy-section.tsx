// How full agents were while they were online.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OccupancyRow } from '../../api/shapes.ts';
import { occupancyQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LoadBar } from '../../ui/load-bar.tsx';
import type { Column } from '../../ui/table.tsx';
import { DayLink } from './day-link.tsx';
import type { ReportSpan } from './report-range.ts';
import { type SideBy, SideSection, sideBys } from './side-section.tsx';

export function OccupancySection({ span }: { span: ReportSpan }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [by, setBy] = useState<SideBy>('agent');
  const rows = useQuery(occupancyQuery({ ...span, by }));
  const days = useQuery(occupancyQuery({ ...span, by: 'all', per: 'day' }));
  const hours = (ms: number) => (ms === 0 ? '–' : format.longSpan(ms / 1000));
  const columns: Column<OccupancyRow>[] = [
    {
      head: t('side.occupancy'),
      cell: ({ label, occupancy }) =>
        occupancy === null ? (
          '–'
        ) : (
          <span style={{ display: 'flex', alignItems: 'center', gap: 10 }}>
            <LoadBar
              width={90}
              value={Math.round(occupancy * 100)}
              most={100}
              label={`${label ?? ''} ${t('side.occupancy')}`}
            />
            <span className="numbers">{format.share(occupancy)}</span>
          </span>
        ),
    },
    { head: t('availability.online'), right: true, cell: ({ onlineMs }) => hours(onlineMs) },
    { head: t('side.held'), right: true, cell: ({ heldMs }) => hours(heldMs) },
    {
      head: t('side.heldAway'),
      right: true,
      cell: ({ heldNotOnlineMs }) => hours(heldNotOnlineMs),
    },
    ...(by === 'agent'
      ? [{ head: t('day.title'), cell: ({ key }: OccupancyRow) => <DayLink agentId={key} /> }]
      : []),
  ];
  return (
    <SideSection
      title={t('side.occupancy')}
      note={t(by === 'agent' || by === 'team' ? 'side.occupancyText' : 'side.occupancyOfAll')}
      bys={sideBys}
      onBy={setBy}
      {...{ span, by, rows, days, columns }}
      bars={[{ name: 'occupancy', label: t('side.occupancy'), color: 'iris.5' }]}
      barsOf={({ occupancy }) => ({ occupancy: occupancy ?? 0 })}
      shares
      csv={{ path: '/api/v1/reports/occupancy.csv', query: { ...span, by } }}
      isEmpty={({ onlineMs, heldMs, heldNotOnlineMs }) => onlineMs + heldMs + heldNotOnlineMs === 0}
      empty={{ title: t('side.nobodyOnline'), text: t('report.noneText') }}
    />
  );
}
