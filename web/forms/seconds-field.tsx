// Where a duration is typed, in the unit that fits: seconds, minutes, hours or days.
import { Group, Input, NumberInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../ui/select.tsx';
import { splitSeconds, type TimeUnit, unitSeconds } from './split-seconds.ts';

const usual: readonly TimeUnit[] = ['s', 'min', 'h'];
export const longUnits: readonly TimeUnit[] = ['min', 'h', 'd'];

export function SecondsField(props: {
  label: string;
  description?: ReactNode;
  /** undefined: the field is empty. */
  value: number | undefined;
  /** With another duration, once the field is left; undefined: it was emptied. */
  onChange(seconds: number | undefined): void;
  /** The same list at each drawing: another one begins anew with the value. */
  units?: readonly TimeUnit[];
  min?: number;
  max: number;
  disabled?: boolean;
  error?: ReactNode;
}) {
  const { label, value, onChange, units = usual, min = 1, max, disabled } = props;
  const { t } = useTranslation();
  const id = useId();
  const [unit, setUnit] = useState<TimeUnit>(() => splitSeconds(value ?? 60, units).unit);
  const [typed, setTyped] = useState<number | string>('');
  useEffect(() => {
    // A value from elsewhere, as by an undo, may not be whole in the unit that stands there.
    const fits = value === undefined || value % unitSeconds[unit] === 0;
    const shown = fits ? unit : splitSeconds(value, units).unit;
    setUnit(shown);
    setTyped(value === undefined ? '' : value / unitSeconds[shown]);
  }, [value, unit, units]);
  const commit = (inUnit: TimeUnit) => {
    const seconds = Number(typed) * unitSeconds[inUnit];
    const next = typed === '' ? undefined : Math.max(min, Math.min(seconds, max));
    if (next !== value) onChange(next);
    if (next !== undefined) setTyped(next / unitSeconds[inUnit]);
  };
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ htmlFor: id }}
      description={props.description}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      error={props.error}
    >
      <Group gap={6} wrap="nowrap" my={4} align="flex-start">
        <NumberInput
          id={id}
          w={96}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          disabled={disabled ?? false}
          error={Boolean(props.error)}
          value={typed}
          onChange={setTyped}
          onBlur={() => commit(unit)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') commit(unit);
          }}
        />
        <Select
          aria-label={t('seconds.unitOf', { name: label })}
          w={116}
          data={units.map((one) => ({ value: one, label: t(`seconds.unit.${one}`) }))}
          disabled={disabled ?? false}
          value={unit}
          onChange={(next) => {
            const chosen = next as TimeUnit;
            setUnit(chosen);
            commit(chosen);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
