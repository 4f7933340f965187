// What a step asks for, in words and dots.
import { useTranslation } from 'react-i18next';
import type { Step } from '../../../src/contract/policy/plan.ts';
import { countServing, findKnown } from './count-serving.ts';
import type { PlanWorld } from './plan-world.ts';
import classes from './plans.module.css';

const levels = [1, 2, 3, 4, 5] as const;
export type Level = (typeof levels)[number];

export function StepWords({ step, world }: { step: Step; world: PlanWorld }) {
  const { t } = useTranslation();
  const { team, skills, priority } = step;
  const asked = Object.entries(skills ?? {});
  return (
    <span className={classes.needs}>
      <strong>{useNameTeam(world)(team)}</strong>
      {skills === undefined && <small>{t('plans.skillsAsked')}</small>}
      {skills !== undefined && asked.length === 0 && <small>{t('plans.skillsNone')}</small>}
      {asked.map(([name, level]) => (
        <span key={name} className={classes.skill}>
          <span>{findKnown(world.skills, name)?.name ?? name}</span>
          <Dots level={level as Level} />
        </span>
      ))}
      {priority !== undefined && (
        <small>{t('plans.priorityBecomes', { priority: t(`priority.${priority}`) })}</small>
      )}
      <ServingWords step={step} world={world} />
    </span>
  );
}

export function useNameTeam({ teams }: PlanWorld): (team: Step['team']) => string {
  const { t } = useTranslation();
  return (team) => {
    if (team === undefined) return t('plans.teamAsked');
    return team === null ? t('plans.teamAny') : (findKnown(teams, team)?.name ?? team);
  };
}

function Dots({ level }: { level: Level }) {
  const { t } = useTranslation();
  return (
    <span className={classes.level}>
      <span aria-hidden className={classes.dots}>
        {levels.map((one) => (
          <i key={one} data-full={one <= level || undefined} />
        ))}
      </span>
      <span>{t(`plans.level.${level}`)}</span>
    </span>
  );
}

function ServingWords({ step, world }: { step: Step; world: PlanWorld }) {
  const { t } = useTranslation();
  const { agents } = world;
  if (agents === undefined) return null;
  const { online, all, depends } = countServing(step, { ...world, agents });
  return (
    <span className={classes.serving} data-none={all === 0 || undefined}>
      {t(depends ? 'plans.servingAtMost' : 'plans.serving', { online, all })}
    </span>
  );
}
