// Whose figures are shown: everybody's, a team's or an agent's.
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, teamsQuery } from '../../api/queries.ts';
import { Select } from '../../ui/select.tsx';
import type { ReportSpan } from './report-range.ts';

/** A span, narrowed to those who are chosen. */
export type NarrowedSpan = ReportSpan & { agentId?: string; teamId?: string };

export function useWhose(span: ReportSpan): {
  narrowed: NarrowedSpan;
  whose: string;
  setWhose(whose: string): void;
} {
  const [whose, setWhose] = useState('');
  const [kind, id] = whose.split(' ');
  const narrowed =
    id === undefined ? span : { ...span, ...(kind === 'team' ? { teamId: id } : { agentId: id }) };
  return { narrowed, whose, setWhose };
}

export function Whose(props: { whose: string; setWhose(whose: string): void }) {
  const { t } = useTranslation();
  const teams = useQuery(teamsQuery).data ?? [];
  const agents = useQuery(agentsQuery).data?.filter(({ kind }) => kind !== 'bot') ?? [];
  const itemsOf = (kind: 'team' | 'agent', of: readonly { id: string; name: string }[]) =>
    of.map(({ id, name }) => ({ value: `${kind} ${id}`, label: name }));
  return (
    <Select
      size="xs"
      w={200}
      searchable
      allowDeselect={false}
      aria-label={t('who.label')}
      nothingFoundMessage={t('nav.nothingFound')}
      data={[
        { value: '', label: t('who.everybody') },
        { group: t('who.teams'), items: itemsOf('team', teams) },
        { group: t('who.agents'), items: itemsOf('agent', agents) },
      ]}
      value={props.whose}
      onChange={(value) => props.setWhose(value ?? '')}
    />
  );
}
