// Where a time of the clock is typed, in 24 hours whatever the browser's own fields would show.
import { TextInput, type TextInputProps } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readClockText } from './read-clock-text.ts';

type Rest = Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'>;

export function ClockField(
  props: Rest & {
    value: string;
    /** With a time that is another one, once the field is left. */
    onCommit(time: string): void;
    /** 24:00 is one too. */
    endsDay?: boolean;
  },
) {
  const { value, onCommit, endsDay = false, error, ...rest } = props;
  const { t } = useTranslation();
  const [typed, setTyped] = useState(value);
  useEffect(() => setTyped(value), [value]);
  const read = readClockText(typed, { endsDay });
  const commit = () => {
    if (read === null) return;
    setTyped(read);
    if (read !== value) onCommit(read);
  };
  return (
    <TextInput
      size="sm"
      w={84}
      inputMode="numeric"
      autoComplete="off"
      maxLength={10}
      placeholder="09:00"
      {...rest}
      value={typed}
      error={read === null ? t('clock.invalid') : error}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Enter') commit();
      }}
    />
  );
}
