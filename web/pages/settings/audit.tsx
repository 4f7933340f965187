// Who changed what, and when.
import { IconHistory } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import {
  agentsQuery,
  auditQuery,
  channelsQuery,
  skillsQuery,
  teamsQuery,
} from '../../api/queries.ts';
import type { AuditEntry } from '../../api/shapes.ts';
import { CsvLink } from '../../components/answers/csv-link.tsx';
import { ErrorNote } from '../../components/answers/error-note.tsx';
import { useNameActor } from '../../components/naming/use-name-actor.ts';
import { type AuditFilter, AuditFilters } from '../../components/settings/audit-filters.tsx';
import { wordChange } from '../../components/settings/word-change.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Card, Page } from '../../ui/page.tsx';
import { ShowMore } from '../../ui/show-more.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export default function AuditPage() {
  const { t, i18n } = useTranslation();
  const format = useFormat();
  const [filter, setFilter] = useState<AuditFilter>({});
  const query = useInfiniteQuery(auditQuery(filter));
  const nameActor = useNameActor();
  const names = useNames();
  const showAction = (action: string): string => {
    const key = `audited.${action}` as 'audited.agent.created';
    return i18n.exists(key) ? t(key) : action;
  };
  const rows = query.data?.pages.flatMap(({ items }) => items);
  const columns: Column<AuditEntry>[] = [
    {
      head: t('audit.at'),
      cell: ({ at }) => <span style={{ whiteSpace: 'nowrap' }}>{format.full(at)}</span>,
    },
    {
      head: t('audit.actor'),
      cell: ({ actor }) => <span className="cut">{nameActor(actor)}</span>,
    },
    {
      head: t('audit.action'),
      width: 190,
      cell: ({ action }) => <span title={action}>{showAction(action)}</span>,
    },
    {
      head: t('audit.object'),
      width: 170,
      cell: ({ objectName }) => (
        <span style={{ overflowWrap: 'anywhere' }}>
          {objectName === null ? '–' : withoutDirections(objectName)}
        </span>
      ),
    },
    {
      head: t('audit.change'),
      cell: ({ change }) => (
        <span style={{ color: 'var(--soft)', fontSize: 12, overflowWrap: 'anywhere' }}>
          {wordChange(change, { t, names })}
        </span>
      ),
    },
  ];
  return (
    <Page
      title={t('settings.audit')}
      text={t('audit.text')}
      actions={<CsvLink path="/api/v1/audit.csv" query={filter} label={t('settings.audit')} />}
    >
      <AuditFilters filter={filter} onChange={setFilter} />
      {rows === undefined && query.isError ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <Card flush>
          <Table
            label={t('settings.audit')}
            columns={columns}
            rows={rows}
            rowKey={({ id }) => id}
            empty={
              <EmptyState
                icon={<IconHistory size={20} />}
                title={t('audit.none')}
                text={t('audit.text')}
              />
            }
          />
          <ShowMore query={query} />
        </Card>
      )}
    </Page>
  );
}

/** Of agents, teams, skills and channels, which changes name by their ids. */
function useNames(): ReadonlyMap<string, string> {
  const agents = useQuery(agentsQuery).data ?? [];
  const teams = useQuery(teamsQuery).data ?? [];
  const channels = useQuery(channelsQuery).data ?? [];
  const skills = useQuery(skillsQuery).data ?? [];
  return new Map([...agents, ...teams, ...skills, ...channels].map(({ id, name }) => [id, name]));
}
