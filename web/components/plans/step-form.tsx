// What one step asks for, and from when on.
import { ActionIcon, Button, Group, Input, SegmentedControl, Stack, Text } from '@mantine/core';
import { IconTrash, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Priority } from '../../../src/contract/conversation.ts';
import type { Step } from '../../../src/contract/policy/plan.ts';
import type { FaultsAt } from '../../forms/faults-at.ts';
import { SecondsField } from '../../forms/seconds-field.tsx';
import { Select } from '../../ui/select.tsx';
import { findKnown } from './count-serving.ts';
import { WEEK } from './edit-steps.ts';
import type { PlanWorld } from './plan-world.ts';
import classes from './plans.module.css';
import { type Level, useNameTeam } from './step-words.tsx';

const levels = ['1', '2', '3', '4', '5'];
const ASKED = 'asked';
const ANYBODY = 'anybody';
const NAMED = 'named ';

interface StepFormProps {
  place: number;
  step: Step;
  world: PlanWorld;
  onChange(step: Step, stepName?: string): void;
  /** Left out: it is the only one. */
  onRemove?: (() => void) | undefined;
  disabled: boolean;
  faults: FaultsAt;
  warnings: FaultsAt;
}

export function StepForm(props: StepFormProps) {
  const { place, step, onChange, onRemove, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  return (
    <div
      className={classes.stepForm}
      role="group"
      aria-label={t('plans.step', { number: place + 1 })}
    >
      <Group justify="space-between">
        <Text fw={600} size="sm">
          {t('plans.step', { number: place + 1 })}
        </Text>
        {!disabled && onRemove && (
          <Button
            size="compact-sm"
            variant="default"
            leftSection={<IconTrash size={14} />}
            onClick={onRemove}
          >
            {t('plans.removeStep')}
          </Button>
        )}
      </Group>
      <div className={classes.fields}>
        {place === 0 ? (
          <Input.Wrapper label={t('plans.after')} error={faults.say('/after')}>
            <Text size="sm" mt={8}>
              {t('plans.atOnceLong')}
            </Text>
          </Input.Wrapper>
        ) : (
          <SecondsField
            label={t('plans.after')}
            max={WEEK}
            disabled={disabled}
            value={step.after}
            error={faults.say('/after')}
            onChange={(after) =>
              after !== undefined && onChange({ ...step, after }, `after ${place}`)
            }
          />
        )}
        <TeamField {...props} />
        <PriorityField {...props} />
      </div>
      <SkillsFields {...props} />
      {faults.sayOnly('') && <p className={classes.fault}>{faults.sayOnly('')}</p>}
      {warnings.count > 0 && <p className={classes.warning}>{warnings.say('')}</p>}
    </div>
  );
}

function TeamField({ step, world, onChange, disabled, faults }: StepFormProps) {
  const { t } = useTranslation();
  const nameTeam = useNameTeam(world);
  const { team, ...others } = step;
  const known = typeof team === 'string' ? findKnown(world.teams, team) : undefined;
  const written = known?.name ?? team;
  const names = new Set(world.teams.map(({ name }) => name));
  if (typeof written === 'string') names.add(written);
  return (
    <Select
      label={t('plans.team')}
      description={t('plans.teamHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      searchable
      nothingFoundMessage={t('nav.nothingFound')}
      data={[
        { value: ASKED, label: nameTeam(undefined) },
        { value: ANYBODY, label: nameTeam(null) },
        ...[...names].map((name) => ({ value: `${NAMED}${name}`, label: name })),
      ]}
      disabled={disabled}
      error={faults.say('/team')}
      value={team === undefined ? ASKED : team === null ? ANYBODY : `${NAMED}${written ?? ''}`}
      onChange={(chosen) => {
        if (chosen === ASKED) onChange(others);
        else if (chosen !== null) {
          onChange({ ...step, team: chosen === ANYBODY ? null : chosen.slice(NAMED.length) });
        }
      }}
    />
  );
}

const UNCHANGED = 'unchanged';

function PriorityField({ step, onChange, disabled, faults }: StepFormProps) {
  const { t } = useTranslation();
  const { priority, ...others } = step;
  return (
    <Select
      label={t('priority.title')}
      description={t('plans.priorityHint')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      data={[
        { value: UNCHANGED, label: t('plans.priorityUnchanged') },
        ...Priority.enum.map((one) => ({ value: one, label: t(`priority.${one}`) })),
      ]}
      disabled={disabled}
      error={faults.say('/priority')}
      value={priority ?? UNCHANGED}
      onChange={(chosen) =>
        onChange(
          chosen === null || chosen === UNCHANGED
            ? others
            : { ...step, priority: chosen as NonNullable<Step['priority']> },
        )
      }
    />
  );
}

function SkillsFields({ step, world, onChange, disabled, faults }: StepFormProps) {
  const { t } = useTranslation();
  const { skills, ...others } = step;
  const write = (next: Record<string, number>) => onChange({ ...step, skills: next });
  const named = Object.keys(skills ?? {}).map(
    (name) => findKnown(world.skills, name)?.name ?? name,
  );
  const free = world.skills.filter(({ name }) => !named.includes(name));
  return (
    <Input.Wrapper
      label={t('teams.skills')}
      description={t('plans.skillsHint')}
      error={faults.say('/skills')}
    >
      <Stack gap="xs" mt={6}>
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t('teams.skills')}
          disabled={disabled}
          data={[
            { value: 'asked', label: t('plans.skillsAsked') },
            { value: 'own', label: t('plans.skillsOwn') },
          ]}
          value={skills === undefined ? 'asked' : 'own'}
          onChange={(own) => (own === 'own' ? write({}) : onChange(others))}
        />
        {Object.entries(skills ?? {}).map(([name, level]) => (
          <SkillRow
            key={name}
            name={findKnown(world.skills, name)?.name ?? name}
            level={level}
            disabled={disabled}
            onLevel={(next) => write({ ...skills, [name]: next })}
            onRemove={() => write(without(skills ?? {}, name))}
          />
        ))}
        {skills !== undefined && !disabled && (
          <Select
            // Emptied by each choice, for the next one.
            key={named.length}
            size="sm"
            maw={280}
            aria-label={t('plans.addSkill')}
            placeholder={t('plans.addSkill')}
            searchable
            nothingFoundMessage={t(
              world.skills.length === 0 ? 'teams.no.skills' : 'nav.nothingFound',
            )}
            data={free.map(({ name }) => name)}
            value={null}
            onChange={(name) => name !== null && write({ ...skills, [name]: 1 })}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function SkillRow(props: {
  name: string;
  level: number;
  disabled: boolean;
  onLevel(level: number): void;
  onRemove(): void;
}) {
  const { name, level, disabled, onLevel, onRemove } = props;
  const { t } = useTranslation();
  return (
    <Group gap="sm" className={classes.skillRow ?? ''}>
      <Text size="sm" className={classes.skillName ?? ''}>
        {name}
      </Text>
      <SegmentedControl
        size="xs"
        aria-label={t('agent.levelOf', { skill: name })}
        disabled={disabled}
        data={levels}
        value={String(level)}
        onChange={(next) => onLevel(Number(next))}
      />
      <Text size="xs" c="dimmed" w={80}>
        {t(`plans.level.${level as Level}`)}
      </Text>
      {!disabled && (
        <ActionIcon aria-label={t('entries.remove', { name })} onClick={onRemove}>
          <IconX size={16} />
        </ActionIcon>
      )}
    </Group>
  );
}

const without = (skills: Record<string, number>, name: string) =>
  Object.fromEntries(Object.entries(skills).filter(([one]) => one !== name));
