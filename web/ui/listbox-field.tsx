// The text field of a listbox in a dialog: it takes the focus, and its keys walk through the list.
import { TextInput, type TextInputProps } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { Listbox } from './use-listbox.ts';

type Rest = Omit<TextInputProps, 'label' | 'value' | 'onChange' | 'onKeyDown'>;

/** `label` is not shown: the placeholder is, which says the same unless given. */
export function ListboxField<Item>(
  props: Rest & {
    listbox: Listbox<Item>;
    typed: string;
    onType(typed: string): void;
    label: string;
  },
) {
  const { listbox, typed, onType, label, ...rest } = props;
  return (
    <TextInput
      data-autofocus
      value={typed}
      onChange={(event) => onType(event.currentTarget.value)}
      onKeyDown={listbox.onKey}
      {...listbox.field}
      leftSection={<IconSearch size={16} />}
      placeholder={label}
      aria-label={label}
      {...rest}
    />
  );
}
