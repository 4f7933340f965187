// Of whom, of what sort, and of which days the audit is shown.
import { Group, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../../api/queries.ts';
import { Select } from '../../ui/select.tsx';

/** As the API takes it; what is absent narrows nothing. */
export interface AuditFilter {
  actor?: string;
  kind?: string;
  from?: string;
  to?: string;
}

/** The nouns of the actions, in the order of the settings. */
const kinds = [
  ...['user', 'agent', 'team', 'skill', 'channel', 'policy', 'endpoint', 'automation', 'macro'],
  ...['canned-reply', 'tag', 'status', 'settings', 'alarm-rules', 'token', 'sign-in'],
  ...['conversation', 'shifts', 'audit', 'tool', 'workspace'],
] as const;

export function AuditFilters(props: { filter: AuditFilter; onChange(filter: AuditFilter): void }) {
  const { filter, onChange } = props;
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data ?? [];
  const set = (name: keyof AuditFilter, value: string | null) => {
    const { [name]: _, ...rest } = filter;
    onChange(value ? { ...rest, [name]: value } : rest);
  };
  const day = (name: 'from' | 'to', label: string) => (
    <TextInput
      type="date"
      size="xs"
      label={label}
      value={dayOf(filter[name], name)}
      onChange={(event) => set(name, instantOf(event.currentTarget.value, name))}
    />
  );
  return (
    <Group gap="sm" align="flex-end" mb="sm">
      <Select
        size="xs"
        clearable
        searchable
        label={t('audit.actor')}
        placeholder={t('audit.everybody')}
        data={agents.map(({ id, name }) => ({ value: `agent:${id}`, label: name }))}
        value={filter.actor ?? null}
        onChange={(value) => set('actor', value)}
      />
      <Select
        size="xs"
        clearable
        searchable
        label={t('audit.kind')}
        placeholder={t('audit.everything')}
        data={kinds.map((value) => ({ value, label: t(`audit.kind.${value}`) }))}
        value={filter.kind ?? null}
        onChange={(value) => set('kind', value)}
      />
      {day('from', t('data.from'))}
      {day('to', t('data.to'))}
    </Group>
  );
}

const DAY_MS = 86_400_000;

/** The last day is shown whole: the API leaves its end out. */
function instantOf(day: string, name: 'from' | 'to'): string | null {
  const at = new Date(`${day}T00:00:00`);
  if (Number.isNaN(at.getTime())) return null;
  if (name === 'to') at.setDate(at.getDate() + 1);
  return at.toISOString();
}

function dayOf(instant: string | undefined, name: 'from' | 'to'): string {
  if (instant === undefined) return '';
  const at = new Date(Date.parse(instant) - (name === 'to' ? DAY_MS / 2 : 0));
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}
