// The figures of one person's day.
import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import {
  adherenceQuery,
  answersQuery,
  occupancyQuery,
  offersQuery,
} from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { Tile, Tiles } from '../../ui/page.tsx';
import { ErrorNote } from '../answers/error-note.tsx';

interface Asked {
  from: string;
  to: string;
  timeZone: string;
  agentId: string;
  by: 'agent';
}

export function DayFigures({ query }: { query: Asked }) {
  const { t } = useTranslation();
  const format = useFormat();
  const occupancies = useQuery(occupancyQuery(query));
  const offered = useQuery(offersQuery(query));
  const answered = useQuery(answersQuery(query));
  const adherences = useQuery(adherenceQuery(query));
  const all = [occupancies, offered, answered, adherences];
  const failed = all.filter(({ isError, data }) => isError && data === undefined);
  if (failed[0] !== undefined) {
    const retry = () => failed.forEach((one) => void one.refetch());
    return <ErrorNote error={failed[0].error} onRetry={retry} />;
  }
  if (all.some(({ data }) => data === undefined))
    return <Skeleton height={86} radius={10} mb={16} />;
  const full = occupancies.data?.rows[0];
  const offers = offered.data?.rows[0];
  const answers = answered.data?.rows[0];
  const kept = adherences.data?.rows[0];
  const time = (ms: number | null | undefined) =>
    ms === null || ms === undefined ? '–' : format.longSpan(ms / 1000);
  const share = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : format.share(value);
  return (
    <Tiles>
      <Tile label={t('availability.online')} value={time(full?.onlineMs)} />
      <Tile label={t('side.occupancy')} value={share(full?.occupancy)} />
      <Tile
        label={t('side.given')}
        value={format.number(offers?.given ?? 0)}
        note={
          offers !== undefined && offers.offered > 0
            ? t('day.refused', { declined: offers.declined, missed: offers.missed })
            : undefined
        }
      />
      <Tile label={t('side.own')} value={time(answers?.ownMsP50)} note={t('side.median')} />
      <Tile label={t('side.next')} value={time(answers?.nextMsP50)} note={t('side.median')} />
      {kept !== undefined && (
        <Tile
          label={t('side.adherence')}
          value={share(kept.adherence)}
          note={t('day.keptOf', { kept: time(kept.adheredMs), planned: time(kept.plannedMs) })}
        />
      )}
    </Tiles>
  );
}
