// Live for a screen on the wall: who waits and for how long, large enough to be read across a room, without anything around it.
import { CompositeChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { CloseButton, Modal, Skeleton } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconClock, IconWifiOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { agentsQuery } from '../../api/queries.ts';
import type { Agent, Wall as WallNews } from '../../api/shapes.ts';
import { wallQuery } from '../../api/side-queries.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { inOrder } from '../../ui/in-order.ts';
import { useNow } from '../../ui/use-now.ts';
import { ErrorNote } from '../answers/error-note.tsx';
import classes from './wall.module.css';

const REFRESH_MS = 5000;
/** Two answers have not come. */
const STALE_AFTER_MS = 2 * REFRESH_MS + 1000;
/** More are not read across a room. */
const MOST_GROUPS = 6;
const MOST_AGENTS = 14;

export function Wall({ onClose }: { onClose(): void }) {
  const { t } = useTranslation();
  const query = useQuery({ ...wallQuery, refetchInterval: REFRESH_MS });
  useFullScreen(onClose);
  const wall = query.data;
  return (
    <Modal
      opened
      fullScreen
      withCloseButton={false}
      onClose={onClose}
      transitionProps={{ duration: 0 }}
      classNames={{
        ...{ body: classes.wall ?? '', content: classes.content ?? '' },
        header: classes.title ?? '',
      }}
      title={<span className="spoken">{t('wall.title')}</span>}
    >
      <Head at={wall?.at} onClose={onClose} />
      {query.isError && wall === undefined ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : (
        <>
          <Large wall={wall} />
          <div className={classes.parts}>
            <LastHour wall={wall} />
            <Groups wall={wall} />
            <Agents />
          </div>
        </>
      )}
    </Modal>
  );
}

/** Whoever leaves the browser's full screen leaves the wall, and the other way round. */
function useFullScreen(onClose: () => void): void {
  const close = useRef(onClose);
  close.current = onClose;
  useEffect(() => {
    let entered = document.fullscreenElement !== null;
    const onChange = () => {
      // The first news may be of an entry that has failed.
      if (document.fullscreenElement === null && entered) close.current();
      entered ||= document.fullscreenElement !== null;
    };
    document.addEventListener('fullscreenchange', onChange);
    return () => {
      document.removeEventListener('fullscreenchange', onChange);
      if (document.fullscreenElement !== null) void document.exitFullscreen().catch(() => {});
    };
  }, []);
}

function Head({ at, onClose }: { at: number | undefined; onClose(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const isStale = at !== undefined && now - at > STALE_AFTER_MS;
  return (
    <div className={classes.head}>
      <strong>{t('nav.live')}</strong>
      <span role="status">
        {isStale && (
          <span className={classes.stale}>
            <IconWifiOff size="1em" />
            {t('live.stale', { time: format.time(new Date(at).toISOString()) })}
          </span>
        )}
      </span>
      <time>{format.time(new Date(now).toISOString())}</time>
      <CloseButton
        size="lg"
        aria-label={t('wall.leave')}
        title={t('wall.leave')}
        onClick={onClose}
      />
    </div>
  );
}

type Due = Pick<WallNews, 'waiting' | 'soon' | 'overdue'>;
const toneOf = ({ waiting, soon, overdue }: Due) =>
  overdue > 0 ? 'bad' : soon > 0 ? 'warn' : waiting > 0 ? 'accent' : 'good';

/** The same as the colour says, in words and with a sign. */
function DueText(due: Due) {
  const { t } = useTranslation();
  const tone = toneOf(due);
  if (tone === 'accent') return null;
  const Sign = { bad: IconAlertTriangle, warn: IconClock, good: IconCircleCheck }[tone];
  return (
    <span className={classes.due} data-tone={tone}>
      <Sign size="1em" />
      {tone === 'bad' && t('wall.overdue', { count: due.overdue })}
      {tone === 'warn' && t('wall.soon', { count: due.soon })}
      {tone === 'good' && t('wall.allQuiet')}
    </span>
  );
}

function Large({ wall }: { wall: (WallNews & { at: number }) | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  if (wall === undefined) return <Skeleton className={classes.large} height="28vh" />;
  // Counts on between two answers, so that it does not jump.
  const longest = wall.longestWaitSeconds + Math.max(0, now - wall.at) / 1000;
  return (
    <div className={classes.large}>
      <div className={classes.figure} data-tone={toneOf(wall)}>
        <h2>{t('live.waiting')}</h2>
        <p>{format.number(wall.waiting)}</p>
        <DueText {...wall} />
      </div>
      <div className={classes.figure} data-tone={toneOf(wall)}>
        <h2>{t('live.longest')}</h2>
        <p>{wall.waiting === 0 ? '–' : format.longSpan(longest)}</p>
      </div>
    </div>
  );
}

function LastHour({ wall }: { wall: WallNews | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const still = { isAnimationActive: false };
  return (
    <section className={classes.part} aria-label={t('wall.lastHour')}>
      <h2>{t('wall.lastHour')}</h2>
      {wall === undefined ? (
        <Skeleton height="24vh" />
      ) : (
        <>
          <CompositeChart
            h="max(24vh, 180px)"
            data={wall.lastHour.map(({ start, came, given, waiting }) => ({
              ...{ start: format.time(start), came, given, waiting },
            }))}
            dataKey="start"
            series={[
              { name: 'came', label: t('wall.came'), color: 'gray.5', type: 'bar' },
              { name: 'given', label: t('wall.given'), color: 'iris.5', type: 'bar' },
              { name: 'waiting', label: t('live.waiting'), color: 'orange.6', type: 'line' },
            ]}
            withLegend
            legendProps={inOrder}
            tickLine="none"
            gridAxis="x"
            curveType="linear"
            barProps={{ ...still, radius: 2, maxBarSize: 28 }}
            lineProps={{ ...still, strokeWidth: 4 }}
            yAxisProps={{ allowDecimals: false, width: 44 }}
          />
          <HourTable wall={wall} />
        </>
      )}
    </section>
  );
}

/** The picture in figures, for whoever has them read. */
function HourTable({ wall }: { wall: WallNews }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <table className="spoken" aria-label={t('wall.lastHour')}>
      <thead>
        <tr>
          {[t('wall.time'), t('wall.came'), t('wall.given'), t('live.waiting')].map((head) => (
            <th key={head}>{head}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {wall.lastHour.map(({ start, came, given, waiting }) => (
          <tr key={start}>
            <td>{format.time(start)}</td>
            <td>{format.number(came)}</td>
            <td>{format.number(given)}</td>
            <td>{format.number(waiting)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface Group extends Due {
  key: string;
  name: string;
  longestWaitSeconds: number;
}

function Groups({ wall }: { wall: WallNews | undefined }) {
  const { t } = useTranslation();
  const teams = wall?.teams.map((team): Group => {
    return { ...team, key: team.teamId ?? '', name: team.name ?? t('live.noTeam') };
  });
  const plans = wall?.plans.map((plan): Group => {
    return { ...plan, key: plan.plan ?? '', name: plan.plan ?? t('wall.noPlan') };
  });
  return (
    <>
      <GroupList title={t('wall.teams')} groups={teams} />
      {plans?.some(({ key }) => key !== '') && <GroupList title={t('wall.plans')} groups={plans} />}
    </>
  );
}

function GroupList({ title, groups }: { title: string; groups: Group[] | undefined }) {
  const { t } = useTranslation();
  const format = useFormat();
  const left = (groups?.length ?? 0) - MOST_GROUPS;
  return (
    <section className={classes.part} aria-label={title}>
      <h2>{title}</h2>
      {groups?.length === 0 && <p className={classes.quiet}>{t('live.nobodyWaits')}</p>}
      <ul className={classes.rows}>
        {groups?.slice(0, MOST_GROUPS).map((group) => (
          <li key={group.key} data-tone={toneOf(group)}>
            <span className="cut">{group.name}</span>
            <DueText {...group} />
            <small>{format.longSpan(group.longestWaitSeconds)}</small>
            <b>{format.number(group.waiting)}</b>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={classes.quiet}>{t('wall.more', { count: left })}</p>}
    </section>
  );
}

const shareOf = ({ load, effectiveCapacity: most }: Agent) => (most === 0 ? load : load / most);

function Agents() {
  const { t } = useTranslation();
  const format = useFormat();
  const agents = useQuery({ ...agentsQuery, refetchInterval: 2 * REFRESH_MS }).data;
  const there = agents
    ?.filter(({ kind, availability, load }) => {
      return kind !== 'bot' && (availability === 'online' || load > 0);
    })
    .toSorted((one, other) => shareOf(other) - shareOf(one) || one.name.localeCompare(other.name));
  const left = (there?.length ?? 0) - MOST_AGENTS;
  return (
    <section className={classes.part} aria-label={t('wall.agents')}>
      <h2>{t('wall.agents')}</h2>
      {there?.length === 0 && <p className={classes.quiet}>{t('wall.nobodyOnline')}</p>}
      <ul className={classes.rows}>
        {there?.slice(0, MOST_AGENTS).map((agent) => (
          <li key={agent.id} className={classes.agent}>
            <span className="cut">{agent.name}</span>
            {agent.availability !== 'online' && (
              <small>{t(`availability.${agent.availability}`)}</small>
            )}
            <span className={classes.bar}>
              <i
                data-tone={shareOf(agent) > 1 ? 'bad' : shareOf(agent) === 1 ? 'warn' : 'accent'}
                style={{ width: `${Math.min(1, shareOf(agent)) * 100}%` }}
              />
            </span>
            <b>{`${format.number(agent.load)}/${format.number(agent.effectiveCapacity)}`}</b>
          </li>
        ))}
      </ul>
      {left > 0 && <p className={classes.quiet}>{t('wall.more', { count: left })}</p>}
    </section>
  );
}
