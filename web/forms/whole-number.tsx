// A number that is never empty: while it is being typed anew, the last one stands.
import { NumberInput, type NumberInputProps } from '@mantine/core';
import { useState } from 'react';

export function WholeNumber(
  props: Omit<NumberInputProps, 'value' | 'onChange' | 'defaultValue'> & {
    value: number;
    onChange(value: number): void;
  },
) {
  const { value, onChange, ...rest } = props;
  const [isEmpty, setEmpty] = useState(false);
  return (
    <NumberInput
      allowDecimal={false}
      clampBehavior="strict"
      {...rest}
      value={isEmpty ? '' : value}
      onChange={(typed) => {
        setEmpty(typeof typed !== 'number');
        if (typeof typed === 'number') onChange(typed);
      }}
      onBlur={() => setEmpty(false)}
    />
  );
}
