// What each agent holds before and after, as bars and as figures.
import { useTranslation } from 'react-i18next';
import type { BalancePlan } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { type Column, Table } from '../../ui/table.tsx';
import { AgentFace } from '../faces/agent-face.tsx';
import classes from './balance.module.css';
import { useFirst } from './use-first.tsx';

type Share = BalancePlan['shares'][number];

/** Those who change stand first, the fullest of them on top. */
export function ShareTable({ shares }: { shares: readonly Share[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const changes = ({ before, after }: Share) => (before === after ? 0 : 1);
  const sorted = shares.toSorted(
    (a, b) => changes(b) - changes(a) || b.before - a.before || (a.agentId < b.agentId ? -1 : 1),
  );
  const { first, more } = useFirst(sorted);
  const held = (share: number, weight: number, capacity: number) =>
    `${format.share(share)} (${format.number(weight)} / ${format.number(capacity)})`;
  const columns: Column<Share>[] = [
    {
      head: t('report.agent'),
      cell: ({ agentName }) => (
        <span className={classes.agent}>
          <AgentFace name={agentName} size={24} />
          <span className="cut">{agentName}</span>
        </span>
      ),
    },
    { head: t('live.load'), width: '34%', cell: (share) => <Bars {...share} /> },
    {
      head: t('balance.before'),
      right: true,
      cell: ({ before, heldBefore, capacity }) => held(before, heldBefore, capacity),
    },
    {
      head: t('balance.after'),
      right: true,
      cell: ({ after, heldAfter, capacity }) => held(after, heldAfter, capacity),
    },
  ];
  return (
    <>
      <Table
        label={t('balance.agentLoad')}
        columns={columns}
        rows={first}
        rowKey={({ agentId }) => agentId}
      />
      {more}
    </>
  );
}

/** The figures stand beside it. */
function Bars({ before, after }: Share) {
  return (
    <div className={classes.shares} aria-hidden>
      <div className={classes.share} data-before>
        <i style={{ width: `${Math.min(100, before * 100)}%` }} />
      </div>
      <div className={classes.share}>
        <i style={{ width: `${Math.min(100, after * 100)}%` }} />
      </div>
    </div>
  );
}
