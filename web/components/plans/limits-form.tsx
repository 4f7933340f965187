// How many may wait in a plan and for how long, how soon they are to be answered, and in which order they are served.
import { Group, NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Plan } from '../../../src/contract/policy/plan.ts';
import { EntrySection } from '../../forms/entry-section.tsx';
import { longUnits, SecondsField } from '../../forms/seconds-field.tsx';
import { Select } from '../../ui/select.tsx';
import { WEEK } from './edit-steps.ts';
import { CalendarField } from './hours-form.tsx';
import { joinSays } from './join-says.ts';
import { type PartProps, setPart } from './part-props.ts';
import { WayField } from './way-field.tsx';

const MOST_WAITING = 1_000_000;
const YEAR = 31_536_000;

export function LimitsForm(props: PartProps) {
  const { plan, onChange, otherPlans, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const { limits } = plan;
  const write = (next: Plan['limits'], stepName?: string) =>
    onChange(setPart(plan, 'limits', next), stepName);
  return (
    <EntrySection
      title={t('plans.limits')}
      text={t('plans.limitsText')}
      on={limits !== undefined}
      // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
      onToggle={(on) => write(on ? { waitFor: 1800, then: 'message' } : undefined)}
      disabled={disabled}
      faults={faults.sayOnly('/limits')}
      warnings={warnings.say('/limits')}
    >
      {limits !== undefined && (
        <>
          <Group gap="xl" align="flex-start">
            <NumberInput
              label={t('plans.limitWaiting')}
              description={t('plans.limitEmpty')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              w={220}
              min={1}
              max={MOST_WAITING}
              clampBehavior="strict"
              allowDecimal={false}
              disabled={disabled}
              error={faults.say('/limits/waiting')}
              value={limits.waiting ?? ''}
              onChange={(waiting) => write(setNumber(limits, 'waiting', waiting), 'limits waiting')}
            />
            <SecondsField
              label={t('plans.limitWaitFor')}
              description={t('plans.limitEmpty')}
              max={WEEK}
              disabled={disabled}
              value={limits.waitFor}
              error={faults.say('/limits/waitFor')}
              onChange={(waitFor) =>
                write(setNumber(limits, 'waitFor', waitFor ?? ''), 'limits waitFor')
              }
            />
          </Group>
          <WayField
            label={t('plans.limitThen')}
            value={limits.then}
            otherPlans={otherPlans}
            disabled={disabled}
            error={faults.say('/limits/then')}
            // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
            onChange={(way) => write({ ...limits, then: way })}
          />
        </>
      )}
    </EntrySection>
  );
}

const targetNames = ['firstAnswer', 'nextAnswer', 'end'] as const;

export function TargetsForm(props: PartProps) {
  const { plan, onChange, calendars, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const { targets } = plan;
  const write = (next: Plan['targets'], stepName?: string) =>
    onChange(setPart(plan, 'targets', next), stepName);
  return (
    <EntrySection
      title={t('plans.targets')}
      text={t('plans.targetsText')}
      on={targets !== undefined}
      onToggle={(on) => write(on ? { firstAnswer: 60 } : undefined)}
      disabled={disabled}
      faults={faults.sayOnly('/targets')}
      warnings={warnings.say('/targets')}
    >
      {targets !== undefined && (
        <>
          <Group gap="xl" align="flex-start">
            {targetNames.map((name) => (
              <SecondsField
                key={name}
                label={t(`plans.target.${name}`)}
                {...(name === 'end' && { units: longUnits })}
                max={name === 'end' ? YEAR : WEEK}
                disabled={disabled}
                value={targets[name]}
                error={faults.say(`/targets/${name}`)}
                onChange={(seconds) =>
                  write(setNumber(targets, name, seconds ?? ''), `targets ${name}`)
                }
              />
            ))}
          </Group>
          <CalendarField
            label={t('plans.targetsCalendar')}
            none={t('plans.allHours')}
            value={targets.calendar ?? ''}
            calendars={calendars}
            disabled={disabled}
            error={faults.say('/targets/calendar')}
            onChange={(calendar) => {
              const { calendar: _before, ...others } = targets;
              write(calendar === '' ? others : { ...others, calendar });
            }}
          />
        </>
      )}
    </EntrySection>
  );
}

export function OrderForm({ plan, onChange, disabled, faults, warnings }: PartProps) {
  const { t } = useTranslation();
  const { order = 'rank' } = plan;
  return (
    <EntrySection
      title={t('plans.order')}
      text={t('plans.orderText')}
      warnings={joinSays(warnings.say('/order'))}
    >
      <Select
        aria-label={t('plans.order')}
        maw={420}
        data={(['rank', 'due'] as const).map((value) => ({
          value,
          label: t(`plans.order.${value}`),
        }))}
        disabled={disabled}
        error={faults.say('/order')}
        value={order}
        onChange={(next) => onChange(setPart(plan, 'order', next === 'due' ? 'due' : undefined))}
      />
    </EntrySection>
  );
}

/** Emptied, the field is left out. */
function setNumber<Of extends object>(of: Of, name: keyof Of, value: number | string): Of {
  if (typeof value === 'number') return { ...of, [name]: value };
  const { [name]: _before, ...others } = of;
  return others as Of;
}
