// The bubble beside a button.
import { Tooltip } from '@mantine/core';

export function Tip({ target, label }: { target: HTMLElement; label: string }) {
  return <Tooltip target={target} label={label} opened />;
}
