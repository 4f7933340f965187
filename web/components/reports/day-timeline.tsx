// A person's day as a picture: what was planned, what they were, and what they held, on one line of time.
import { useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgentDay } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { wordCause } from '../faces/name-status.ts';
import classes from './day-timeline.module.css';

interface Piece {
  key: string;
  since: string;
  till: string;
  label: string;
  tone: string;
}

/** What is scrolled sideways can be reached by keyboard. */
const scrolledByKeys = (name: string) => ({ tabIndex: 0, role: 'group', 'aria-label': name });
const HOUR_MS = 3_600_000;
const MOST_LANES = 12;
/** As wide as the styles make them. */
const NAMES_PX = 110;
const MARGIN_PX = 40;

export function DayTimeline({ day, now }: { day: AgentDay; now: number }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [from, to] = [Date.parse(day.from), Date.parse(day.to)];
  const end = new Date(Math.min(now, to)).toISOString();
  const nameOf = ({ availability, name, cause }: AgentDay['statuses'][number]) =>
    (cause !== null ? wordCause(cause, t) : name) ?? t(`availability.${availability}`);
  const statuses = day.statuses.map((one, index): Piece => {
    return { key: `${index}`, ...one, label: nameOf(one), tone: one.availability };
  });
  const shifts = day.shifts.map(({ start, end: till, expects, status }): Piece => {
    const label = status ?? t(`availability.${expects}`);
    return { key: start, since: start, till, label, tone: `planned-${expects}` };
  });
  const held = day.held.map(({ conversationId, contactName, since, till, outcome }): Piece => {
    const label = `${contactName ?? '–'} (${t(`day.outcome.${outcome}`)})`;
    const tone = outcome === 'held' ? 'held' : 'offer';
    return { key: `${conversationId} ${since}`, since, till: till ?? end, label, tone };
  });
  const lanes = spread(held);
  const latest = useLatestInSight(day.from);
  const hours = Array.from({ length: Math.floor((to - from) / HOUR_MS) + 1 }, (_, hour) => hour);
  const text = ({ since, till, label }: Piece) =>
    `${format.time(since)} – ${format.time(till)}: ${label}`;
  const lane = (name: string, pieces: readonly Piece[], key = name) => (
    <div className={classes.lane} key={key}>
      <span className={classes.name}>{name}</span>
      <ul className={classes.track} aria-label={name === '' ? t('day.held') : name}>
        {pieces.map((one) => (
          <li key={one.key} data-tone={one.tone} title={text(one)} style={place(one, { from, to })}>
            <span className="spoken">{text(one)}</span>
          </li>
        ))}
      </ul>
    </div>
  );
  const isEmpty =
    shifts.length + held.length === 0 && statuses.every(({ tone }) => tone === 'offline');
  return (
    <>
      <div className={classes.scroll} {...scrolledByKeys(t('day.timeline'))}>
        <div className={classes.timeline}>
          <div className={classes.hours} aria-hidden>
            <i ref={latest} style={place({ since: end, till: end }, { from, to })} />
            {hours
              // The last would stand beyond the edge.
              .filter((hour) => hour % 3 === 0 && hour < hours.length - 1)
              .map((hour) => (
                <span
                  key={hour}
                  style={{ insetInlineStart: `${(hour * HOUR_MS * 100) / (to - from)}%` }}
                >
                  {format.time(new Date(from + hour * HOUR_MS).toISOString())}
                </span>
              ))}
          </div>
          {shifts.length > 0 && lane(t('day.planned'), shifts)}
          {lane(t('day.statuses'), statuses)}
          {lanes.map((pieces, index) =>
            lane(index === 0 ? t('day.held') : '', pieces, `lane ${index}`),
          )}
        </div>
      </div>
      {isEmpty ? <p className={classes.nothing}>{t('day.nothing')}</p> : <Legend />}
    </>
  );
}

/** Where the screen is narrow: the end of what is known, and what comes before it. */
function useLatestInSight(day: string) {
  const latest = useRef<HTMLElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day is looked at anew
  useLayoutEffect(() => {
    const track = latest.current?.closest<HTMLElement>('[role="group"]');
    if (!latest.current || !track) return;
    const isFromRight = getComputedStyle(track).direction === 'rtl';
    const edge = track.getBoundingClientRect().right - (isFromRight ? NAMES_PX : 0);
    const at = latest.current.getBoundingClientRect().left;
    track.scrollBy({ left: at - edge + MARGIN_PX });
  }, [day]);
  return latest;
}

/** What the colours stand for. */
function Legend() {
  const { t } = useTranslation();
  const entries = [
    ['online', t('availability.online')],
    ['away', t('availability.away')],
    ['held', t('day.held')],
    ['offer', t('day.notAccepted')],
  ] as const;
  return (
    <ul className={classes.legend}>
      {entries.map(([tone, label]) => (
        <li key={tone}>
          <i data-tone={tone} />
          {label}
        </li>
      ))}
    </ul>
  );
}

function place(
  { since, till }: Pick<Piece, 'since' | 'till'>,
  { from, to }: { from: number; to: number },
) {
  const [start, end] = [Math.max(Date.parse(since), from), Math.min(Date.parse(till), to)];
  const share = (ms: number) => `${(Math.max(0, ms) * 100) / (to - from)}%`;
  return { insetInlineStart: share(start - from), width: share(end - start) };
}

/** Each into the first lane that is free then; those beyond the last lane share it. */
function spread(pieces: readonly Piece[]): Piece[][] {
  const lanes: Piece[][] = [];
  for (const one of pieces) {
    const free = lanes.find((lane) => (lane.at(-1)?.till ?? '') <= one.since);
    const last = lanes.length >= MOST_LANES ? lanes.at(-1) : undefined;
    const lane = free ?? last;
    if (lane === undefined) lanes.push([one]);
    else lane.push(one);
  }
  return lanes;
}
