// Outside of which hours a plan does otherwise, and what.
import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { EntrySection } from '../../forms/entry-section.tsx';
import { Select } from '../../ui/select.tsx';
import { type PartProps, setPart } from './part-props.ts';
import { WayField } from './way-field.tsx';

export function HoursForm(props: PartProps) {
  const { plan, onChange, calendars, otherPlans, disabled, faults, warnings } = props;
  const { t } = useTranslation();
  const { hours } = plan;
  const [first] = calendars;
  return (
    <EntrySection
      title={t('plans.hours')}
      text={t('plans.hoursText')}
      on={hours !== undefined}
      onToggle={(on) =>
        onChange(
          setPart(plan, 'hours', on ? { calendar: first ?? '', otherwise: 'queue' } : undefined),
        )
      }
      disabled={disabled || (hours === undefined && first === undefined)}
      faults={faults.sayOnly('/hours')}
      warnings={warnings.say('/hours')}
    >
      {hours !== undefined && (
        <>
          <CalendarField
            label={t('plans.calendar')}
            value={hours.calendar}
            calendars={calendars}
            disabled={disabled}
            error={faults.say('/hours/calendar')}
            onChange={(calendar) => onChange({ ...plan, hours: { ...hours, calendar } })}
          />
          <WayField
            label={t('plans.otherwise')}
            value={hours.otherwise}
            otherPlans={otherPlans}
            disabled={disabled}
            error={faults.say('/hours/otherwise')}
            onChange={(otherwise) => onChange({ ...plan, hours: { ...hours, otherwise } })}
          />
        </>
      )}
    </EntrySection>
  );
}

export function NoCalendars() {
  const { t } = useTranslation();
  return (
    <Text size="xs" c="dimmed">
      {t('plans.noCalendars')}
    </Text>
  );
}

export function CalendarField(props: {
  label: string;
  value: string;
  calendars: readonly string[];
  /** What it means to choose none; left out: one must be chosen. */
  none?: string;
  onChange(calendar: string): void;
  disabled: boolean;
  error: string | null;
}) {
  const { label, value, calendars, none, onChange, disabled, error } = props;
  const names = calendars.includes(value) || value === '' ? calendars : [...calendars, value];
  return (
    <Select
      label={label}
      maw={420}
      data={[
        ...(none === undefined ? [] : [{ value: '', label: none }]),
        ...names.map((name) => ({ value: name, label: name })),
      ]}
      disabled={disabled}
      error={error}
      value={value}
      onChange={(name) => name !== null && onChange(name)}
    />
  );
}
