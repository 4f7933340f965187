// The decision as a picture beside its words: from all agents to the one who was chosen, and how full everybody is.
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent, Decisions } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { LoadBar } from '../../ui/load-bar.tsx';
import { funnelSteps } from './funnel-steps.ts';
import panel from './panel.module.css';
import classes from './why-funnel.module.css';

type Reason = Decisions['reasons'][number];
const MOST_AGENTS = 8;

/** Nothing where nobody was considered: somebody gave it by hand. */
export function WhyFunnel({ reasons }: { reasons: readonly Reason[] }) {
  const { t } = useTranslation();
  const record = reasons.find((reason) => reason.code === 'considered');
  const chosen = reasons.find((reason) => reason.code === 'chosen');
  if (record === undefined || record.considered === 0) return null;
  const steps = funnelSteps(record);
  const most = record.considered;
  return (
    <>
      <section className={panel.section}>
        <h2>{t('funnel.title')}</h2>
        <table className={classes.funnel}>
          <thead className="spoken">
            <tr>
              <th>{t('funnel.step')}</th>
              <th>{t('funnel.left')}</th>
              <th>{t('funnel.out')}</th>
            </tr>
          </thead>
          <tbody>
            <Row name={t('funnel.all')} left={most} most={most} />
            {steps.map(({ name, left, out }) => (
              <Row key={name} name={t(`funnel.${name}`)} {...{ left, most, out }} />
            ))}
            {chosen === undefined ? (
              <Row name={t('funnel.could')} left={record.eligible} most={most} isEnd />
            ) : (
              <Row name={`${t('funnel.chosen')}: ${chosen.agentName}`} left={1} most={most} isEnd />
            )}
          </tbody>
        </table>
      </section>
      <Loads chosenId={chosen?.agentId ?? null} />
    </>
  );
}

function Row(props: {
  name: string;
  left: number;
  most: number;
  out?: { obstacle: string; count: number }[];
  isEnd?: boolean;
}) {
  const { name, left, most, out = [], isEnd = false } = props;
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <tr data-end={isEnd || undefined}>
      <th scope="row">
        {name}
        <i aria-hidden style={{ width: `${(left / most) * 100}%` }} />
      </th>
      <td>{format.number(left)}</td>
      <td>
        {out.map(({ obstacle, count }) => (
          <small key={obstacle}>
            {`${t(`obstacle.${obstacle as 'team'}`)}: ${format.number(count)}`}
          </small>
        ))}
      </td>
    </tr>
  );
}

/** The fullest first, with whoever was chosen. */
function Loads({ chosenId }: { chosenId: string | null }) {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery(agentsQuery).data;
  const shareOf = ({ load, effectiveCapacity }: Agent) => load / Math.max(1, effectiveCapacity);
  const there = (agents ?? [])
    .filter(({ kind, availability }) => kind !== 'bot' && availability === 'online')
    .toSorted((one, other) => shareOf(other) - shareOf(one) || one.name.localeCompare(other.name));
  const shown = there.filter(({ id }, nth) => nth < MOST_AGENTS || id === chosenId);
  if (agents === undefined) return null;
  return (
    <section className={panel.section}>
      <h2>{t('funnel.loads')}</h2>
      {shown.length === 0 && <p className={panel.quiet}>{t('funnel.nobodyOnline')}</p>}
      <ul className={classes.loads}>
        {shown.map(({ id, name, load, effectiveCapacity: capacity }) => (
          <li key={id} data-chosen={id === chosenId || undefined}>
            <span className="cut">{name}</span>
            <LoadBar value={load} most={capacity} label={t('live.loadOf', { name })} />
            <b>{`${format.number(load)}/${format.number(capacity)}`}</b>
          </li>
        ))}
      </ul>
    </section>
  );
}
