// Where a duration is typed, in the unit that fits: seconds, minutes, hours or days.
import { Group, Input, NumberInput } from '@mantine/core';
import { type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Select } from '../ui/select.tsx';
import { splitSeconds, type TimeUnit, unitSeconds } from './split-seconds.ts';

const usual: readonly TimeUnit[] = ['s', 'min', 'h'];

export function SecondsField(props: {
  label: string;
  description?: ReactNode;
  /** undefined: the field is empty. */
  value: number | undefined;
  /** undefined: it was emptied. Not asked while what stands there is no whole number. */
  onChange(seconds: number | undefined): void;
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
  useEffect(() => {
    // A value from elsewhere, as by an undo, may not be whole in the unit that stands there.
    if (value !== undefined && value % unitSeconds[unit] !== 0) {
      setUnit(splitSeconds(value, units).unit);
    }
  }, [value, unit, units]);
  const size = unitSeconds[unit];
  const write = (count: number | string, inUnit: TimeUnit) => {
    if (count === '') return onChange(undefined);
    const seconds = Number(count) * unitSeconds[inUnit];
    if (Number.isInteger(seconds)) onChange(Math.max(min, Math.min(seconds, max)));
  };
  return (
    <Input.Wrapper
      label={label}
      labelProps={{ htmlFor: id }}
      description={props.description}
      error={props.error}
    >
      <Group gap={6} wrap="nowrap" mt={4} align="flex-start">
        <NumberInput
          id={id}
          w={96}
          min={min / size}
          max={max / size}
          allowDecimal={false}
          allowNegative={false}
          hideControls
          disabled={disabled ?? false}
          error={Boolean(props.error)}
          value={value === undefined ? '' : value / size}
          onChange={(count) => write(count, unit)}
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
            if (value !== undefined) write(value / size, chosen);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
