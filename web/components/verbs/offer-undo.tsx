// Says what was done, with a button that takes it back.
import { Button, Group, Text } from '@mantine/core';
import { toasts } from '../../ui/toasts.tsx';

/** As long as the server takes a closing back. */
const UNDO_MS = 30_000;

let latest: { undo(): void; until: number } | null = null;

/** What the key of undoing would take back, for as long. */
export function keepUndo(undo: () => void): void {
  latest = { undo, until: performance.now() + UNDO_MS };
}

export function undoLatest(): void {
  const kept = latest;
  latest = null;
  if (kept !== null && performance.now() <= kept.until) kept.undo();
}

export function offerUndo(said: { text: string; label: string; undo(): void }): void {
  const undo = () => {
    toasts.hide(id);
    said.undo();
  };
  keepUndo(undo);
  const id = toasts.show({
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
            latest = null;
            undo();
          }}
        >
          {said.label}
        </Button>
      </Group>
    ),
  });
}
