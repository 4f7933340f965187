// A plan from the first moment of waiting on: who is asked when, what the contact is told, when answers are due, and where it ends.
import {
  IconClockHour4,
  IconDoorExit,
  IconMessage2,
  IconMessage2Off,
  IconMessage2Question,
  IconRobot,
  IconTarget,
  IconUserHeart,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { botDefaults } from '../../../src/contract/bot-limits.ts';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { rangeOf } from './edit-steps.ts';
import type { PlanWorld } from './plan-world.ts';
import classes from './plans.module.css';
import { type Happening, readTimeline, weighGap } from './read-timeline.ts';
import { StepWords } from './step-words.tsx';
import { useStepDrag } from './use-step-drag.ts';
import { useWordTime } from './use-word-time.ts';
import { useWordWay } from './use-word-way.ts';

interface TimelineProps {
  plan: Plan;
  world: PlanWorld;
  chosen: number;
  onChoose(place: number): void;
  onMove(place: number, after: number): void;
  disabled: boolean;
  faults: FaultsAt;
  warnings: FaultsAt;
}

export function Timeline(props: TimelineProps) {
  const { plan, onMove, disabled } = props;
  const { t } = useTranslation();
  const wordTime = useWordTime();
  const drag = useStepDrag(plan.steps, onMove);
  const moments = readTimeline(plan);
  return (
    <div>
      <Around plan={plan} world={props.world} />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus */}
      <div className={classes.scroll} tabIndex={0} role="group" aria-label={t('plans.timeline')}>
        <ol className={classes.line}>
          {moments.map(({ at, happenings }, nth) => {
            const next = moments[nth + 1];
            const step = happenings.find((one) => one.kind === 'step');
            const isMoved = step !== undefined && step.place > 0 && !disabled;
            const shown = drag.preview?.place === step?.place ? drag.preview?.after : undefined;
            return (
              <li
                key={at}
                data-at={at}
                data-mark={step === undefined || undefined}
                style={{ flexGrow: next === undefined ? 1 : weighGap(next.at - at) }}
              >
                <div className={classes.tick}>
                  {isMoved ? (
                    <Grip place={step.place} plan={plan} drag={drag} onMove={onMove} />
                  ) : (
                    <span className={classes.dot} />
                  )}
                  <span>{wordTime(shown ?? at)}</span>
                </div>
                {happenings.map((one) => (
                  <Card
                    key={`${one.kind} ${'place' in one ? one.place : ''}`}
                    {...props}
                    happening={one}
                  />
                ))}
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

function Grip(props: {
  place: number;
  plan: Plan;
  drag: ReturnType<typeof useStepDrag>;
  onMove(place: number, after: number): void;
}) {
  const { place, plan, drag, onMove } = props;
  const { t } = useTranslation();
  const wordTime = useWordTime();
  const after = plan.steps[place]?.after ?? 0;
  const { least, most } = rangeOf(plan.steps, place);
  const isDragged = drag.preview?.place === place;
  return (
    <span
      className={classes.grip}
      role="slider"
      tabIndex={0}
      aria-label={t('plans.moveStep', { number: place + 1 })}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={after}
      aria-valuetext={wordTime(after)}
      style={isDragged ? { translate: drag.translate } : undefined}
      {...drag.grip(place)}
      onKeyDown={(event) => {
        const step = {
          ArrowLeft: -5,
          ArrowDown: -5,
          ArrowRight: 5,
          ArrowUp: 5,
          PageDown: -60,
          PageUp: 60,
        }[event.key];
        if (step === undefined) return;
        event.preventDefault();
        onMove(place, Math.max(least, Math.min(after + step, most)));
      }}
    />
  );
}

function Card({ happening, ...props }: TimelineProps & { happening: Happening }) {
  const { plan, world, chosen, onChoose, faults, warnings } = props;
  const { t } = useTranslation();
  const wordWay = useWordWay();
  if (happening.kind === 'step') {
    const { place, step } = happening;
    const fault = faults.say(`/steps/${place}`);
    const warning = warnings.say(`/steps/${place}`);
    return (
      <button
        type="button"
        className={classes.card}
        aria-pressed={place === chosen}
        data-bad={fault !== null || undefined}
        data-warn={(fault === null && warning !== null) || undefined}
        onClick={() => onChoose(place)}
      >
        <span className={classes.cardTitle}>{t('plans.step', { number: place + 1 })}</span>
        <StepWords step={step} world={world} />
        <Told plan={plan} cause={place === 0 ? 'queued' : 'position'} />
        {fault !== null && <span className="spoken">{t('entries.bad')}</span>}
        {fault === null && warning !== null && <span className="spoken">{t('entries.warn')}</span>}
      </button>
    );
  }
  if (happening.kind === 'sticky') {
    return <Note icon={<IconUserHeart size={15} />}>{t('plans.stickyEnds')}</Note>;
  }
  if (happening.kind === 'target') {
    return (
      <Note icon={<IconTarget size={15} />} tone="target">
        {t(`plans.due.${happening.target}`)}
        {plan.targets?.calendar !== undefined && (
          <small>{t('plans.openTimeOf', { name: plan.targets.calendar })}</small>
        )}
      </Note>
    );
  }
  return (
    <Note icon={<IconDoorExit size={15} />} tone="end">
      {t('plans.tooLong')}
      <small>{wordWay(happening.way)}</small>
      <Told plan={plan} cause={happening.way === 'close' ? 'ended' : 'full'} />
    </Note>
  );
}

function Note(props: { icon: ReactNode; tone?: 'target' | 'end'; children: ReactNode }) {
  return (
    <div className={classes.note} data-tone={props.tone}>
      {props.icon}
      <span>{props.children}</span>
    </div>
  );
}

function Told({ plan, cause }: { plan: Plan; cause: keyof NonNullable<Plan['words']> }) {
  const { t } = useTranslation();
  if (plan.words?.[cause] === undefined) return null;
  return (
    <span className={classes.told}>
      <IconMessage2 size={13} aria-hidden />
      {t('plans.isTold')}
    </span>
  );
}

function useWordBot({ agents }: PlanWorld) {
  const { t } = useTranslation();
  const wordTime = useWordTime();
  return ({ agent, silentFor = botDefaults.silentFor }: NonNullable<Plan['bot']>) => {
    const name = agents?.find(({ id }) => id === agent)?.name ?? agent;
    return t('plans.aroundBot', { name, time: wordTime(silentFor) });
  };
}

/** What holds all along, and has no moment of its own. */
function Around({ plan, world }: { plan: Plan; world: PlanWorld }) {
  const { t } = useTranslation();
  const wordBot = useWordBot(world);
  const wordTime = useWordTime();
  const wordWay = useWordWay();
  const { hours, limits, targets, silence, sticky, bot } = plan;
  const lines: [ReactNode, string][] = [];
  if (bot !== undefined) lines.push([<IconRobot key="bot" size={15} />, wordBot(bot)]);
  if (sticky?.waitFor !== undefined) {
    lines.push([
      <IconUserHeart key="sticky" size={15} />,
      t('plans.aroundSticky', { time: wordTime(sticky.waitFor) }),
    ]);
  }
  if (hours !== undefined) {
    const way = wordWay(hours.otherwise);
    lines.push([
      <IconClockHour4 key="hours" size={15} />,
      t('plans.aroundHours', { name: hours.calendar, way }),
    ]);
  }
  if (limits?.waiting !== undefined) {
    const way = wordWay(limits.then);
    lines.push([
      <IconDoorExit key="full" size={15} />,
      t('plans.aroundFull', { number: limits.waiting, way }),
    ]);
  }
  if (targets?.nextAnswer !== undefined) {
    lines.push([
      <IconTarget key="next" size={15} />,
      t('plans.aroundNext', { time: wordTime(targets.nextAnswer) }),
    ]);
  }
  if (silence?.agent !== undefined) {
    const [time, twice] = [wordTime(silence.agent), wordTime(2 * silence.agent)];
    lines.push([
      <IconMessage2Question key="agent" size={15} />,
      t('plans.aroundAgentSilent', { time, twice }),
    ]);
  }
  for (const what of ['remind', 'close'] as const) {
    const seconds = silence?.contact?.[what];
    if (seconds === undefined) continue;
    lines.push([
      <IconMessage2Off key={what} size={15} />,
      t(what === 'remind' ? 'plans.aroundRemind' : 'plans.aroundClose', {
        time: wordTime(seconds),
      }),
    ]);
  }
  if (lines.length === 0) return null;
  return (
    <ul className={classes.around}>
      {lines.map(([icon, text]) => (
        <li key={text}>
          {icon}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
