// A list to choose from that opens below its own error, not over it.
import { Select as List, type SelectProps } from '@mantine/core';

const GAP_PX = 8;
/** One line, as the theme sets it. */
const ERROR_PX = 24;

export function Select(props: SelectProps) {
  const offset = props.error ? GAP_PX + ERROR_PX : GAP_PX;
  return <List {...props} comboboxProps={{ offset, ...props.comboboxProps }} />;
}
