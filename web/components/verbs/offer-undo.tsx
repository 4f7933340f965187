// Says what was done, with a button that takes it back.
import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';

/** As long as the server takes a closing back. */
const UNDO_MS = 30_000;

export function offerUndo(said: { text: string; label: string; undo(): void }): void {
  const id = notifications.show({
    autoClose: UNDO_MS,
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm" style={{ minWidth: 0, overflowWrap: 'anywhere' }}>
          {said.text}
        </Text>
        <Button
          size="compact-sm"
          variant="default"
          // Whole, however long the text: it gives way, the button does not.
          style={{ flex: 'none' }}
          onClick={() => {
            notifications.hide(id);
            said.undo();
          }}
        >
          {said.label}
        </Button>
      </Group>
    ),
  });
}
