// Agents with what they hold; a supervisor changes capacity and availability here, and moves conversations.
import { ActionIcon } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery, teamsQuery } from '../../api/queries.ts';
import type { Agent } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type Column, Table } from '../../ui/table.tsx';
import { useNow } from '../../ui/use-now.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import { BotPill } from '../faces/bot-pill.tsx';
import { StatusText } from '../faces/status-text.tsx';
import { useCan } from '../session/use-session.ts';
import type { Mover } from '../verbs/use-mover.ts';
import { AgentBounds } from './agent-bounds.tsx';
import { AgentLoad, ChangeAvailability } from './change-agent.tsx';
import { HeldConversations } from './held-conversations.tsx';

const order = { online: 0, away: 1, offline: 2 };
/** With more agents than this, one unfolds those that one wants to see. */
const FEW = 12;

export function AgentTable({ mover }: { mover: Mover }) {
  const { t } = useTranslation();
  const can = useCan();
  const steers = can('agents.write');
  const query = useQuery({ ...agentsQuery, refetchInterval: 10_000 });
  const agents = query.data;
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const isUnfolded = ({ id, load, parked }: Agent) =>
    steers && load + parked > 0 && turned.has(id) !== (agents ?? []).length <= FEW;
  const turn = (id: string) => {
    const next = new Set(turned);
    if (!next.delete(id)) next.add(id);
    setTurned(next);
  };
  const columns = useColumns({ steers, isUnfolded, turn });
  if (query.isError && agents === undefined) {
    return <ErrorNote error={query.error} onRetry={() => void query.refetch()} />;
  }
  return (
    <Table
      label={t('live.agents')}
      columns={columns}
      rows={agents?.toSorted(
        (a, b) => order[a.availability] - order[b.availability] || a.name.localeCompare(b.name),
      )}
      rowKey={({ id }) => id}
      rowProps={({ id }) => (steers ? mover.target({ agentId: id }) : {})}
      under={(agent) =>
        isUnfolded(agent) && (
          <>
            {agent.load > 0 && (
              <HeldConversations
                label={t('live.heldBy', { name: agent.name })}
                filter={{ state: 'assigned', agentId: agent.id, sort: 'oldest' }}
                mover={mover}
              />
            )}
            {agent.parked > 0 && (
              <HeldConversations
                label={t('live.parkedBy', { name: agent.name })}
                filter={{ state: 'parked', agentId: agent.id, sort: 'until' }}
                mover={mover}
              />
            )}
          </>
        )
      }
      empty={<EmptyState title={t('live.noAgents')} text={t('live.noAgentsText')} />}
    />
  );
}

function useColumns(args: {
  steers: boolean;
  isUnfolded(agent: Agent): boolean;
  turn(id: string): void;
}): Column<Agent>[] {
  const { steers, isUnfolded, turn } = args;
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const teams = useQuery(teamsQuery).data;
  const teamOf = (id: string) => teams?.find((team) => team.id === id)?.name ?? '';
  return [
    {
      head: t('report.agent'),
      cell: (agent) => (
        <span style={{ display: 'flex', alignItems: 'center', gap: 10, minWidth: 160 }}>
          {steers && (
            <ActionIcon
              size={22}
              aria-label={t('live.heldBy', { name: agent.name })}
              aria-expanded={isUnfolded(agent)}
              disabled={agent.load + agent.parked === 0}
              style={{ visibility: agent.load + agent.parked === 0 ? 'hidden' : undefined }}
              onClick={() => turn(agent.id)}
            >
              <IconChevronRight
                size={15}
                style={{ transform: isUnfolded(agent) ? 'rotate(90deg)' : undefined }}
              />
            </ActionIcon>
          )}
          <AgentFace name={agent.name} size={28} />
          <span className="cut">{agent.name}</span>
          <BotPill kind={agent.kind} />
        </span>
      ),
    },
    {
      head: t('availability.title'),
      cell: (agent) =>
        steers ? <ChangeAvailability agent={agent} /> : <StatusText agent={agent} />,
    },
    {
      head: t('live.load'),
      width: 190,
      cell: (agent) => (
        <div>
          <AgentLoad agent={agent} steers={steers} />
          <AgentBounds agent={agent} steers={steers} />
        </div>
      ),
    },
    {
      head: t('live.parked'),
      right: true,
      cell: ({ parked }) => (parked === 0 ? '–' : format.number(parked)),
    },
    {
      head: t('filter.team'),
      cell: ({ teamIds }) => teamIds.map(teamOf).join(t('common.comma')) || '–',
    },
    {
      head: t('live.lastGiven'),
      right: true,
      cell: ({ lastAssignedAt }) =>
        lastAssignedAt === null
          ? '–'
          : t('live.ago', { time: format.span((now - Date.parse(lastAssignedAt)) / 1000) }),
    },
  ];
}
