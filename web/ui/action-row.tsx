// A sentence, and beside it the button that does what it says.
import { Button, Group, Text } from '@mantine/core';

export function ActionRow(props: { text: string; label: string; busy: boolean; onAct(): void }) {
  return (
    <Group justify="space-between">
      <Text size="sm" c="dimmed" style={{ flex: '1 1 260px' }}>
        {props.text}
      </Text>
      <Button size="xs" variant="default" loading={props.busy} onClick={props.onAct}>
        {props.label}
      </Button>
    </Group>
  );
}
