// The moves of a plan, each with its reason.
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BalancePlan, Reason } from '../../api/shapes.ts';
import { paths } from '../../paths.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import classes from './balance.module.css';
import { useFirst } from './use-first.tsx';

type Move = BalancePlan['moves'][number];

export function MoveTable({ moves, say }: { moves: readonly Move[]; say(reason: Reason): string }) {
  const { t } = useTranslation();
  const { first, more } = useFirst(moves);
  const agent = (name: string) => (
    <span className={classes.agent}>
      <AgentFace name={name} size={22} />
      <span className="cut">{name}</span>
    </span>
  );
  const columns: Column<Move>[] = [
    {
      head: t('balance.contact'),
      cell: ({ conversationId, contact }) => (
        <Link className={classes.link} to={paths.conversation('all', conversationId)}>
          {contact}
        </Link>
      ),
    },
    { head: t('balance.from'), cell: ({ from }) => agent(from.agentName) },
    { head: t('balance.to'), cell: ({ to }) => agent(to.agentName) },
    {
      head: t('balance.why'),
      width: '44%',
      cell: ({ reason }) => <div className={classes.why}>{say(reason)}</div>,
    },
  ];
  return (
    <>
      <Table
        label={t('balance.moves')}
        columns={columns}
        rows={first}
        rowKey={({ conversationId }) => conversationId}
      />
      {more}
    </>
  );
}
