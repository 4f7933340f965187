// Agents who do not sign in here, as those whom Qiscus lists: their capacity, teams and skills are set here too.
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery, teamsQuery } from '../../api/queries.ts';
import type { Agent, User } from '../../api/shapes.ts';
import { Card } from '../../ui/page.tsx';
import { type Column, Table } from '../../ui/table.tsx';

export function OutsideAgents(props: { users: User[] | undefined; onEdit(agent: Agent): void }) {
  const { users, onEdit } = props;
  const { t } = useTranslation();
  const agents = useQuery(agentsQuery).data;
  const teams = useQuery(teamsQuery).data;
  const outside = agents?.filter(
    ({ id, kind }) => kind === 'human' && users?.every(({ agentId }) => agentId !== id),
  );
  if (users === undefined || outside === undefined || outside.length === 0) return null;
  const columns: Column<Agent>[] = [
    { head: t('form.name'), cell: ({ name }) => <span style={{ fontWeight: 500 }}>{name}</span> },
    {
      head: t('teams.teams'),
      cell: ({ teamIds }) =>
        teamIds
          .map((id) => teams?.find((team) => team.id === id)?.name ?? '')
          .join(t('common.comma')) || '–',
    },
    {
      head: t('agent.capacity'),
      right: true,
      cell: ({ effectiveCapacity }) => effectiveCapacity,
    },
    {
      head: '',
      right: true,
      cell: (agent) => (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('agent.edit', { name: agent.name })}
          onClick={() => onEdit(agent)}
        >
          {t('common.edit')}
        </Button>
      ),
    },
  ];
  return (
    <Card title={t('people.outside')} note={t('people.outsideText')} flush>
      <Table label={t('people.outside')} columns={columns} rows={outside} rowKey={({ id }) => id} />
    </Card>
  );
}
