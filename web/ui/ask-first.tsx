// Asks before something that cannot easily be undone.
import { Button, Group, Text } from '@mantine/core';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

export function AskFirst(props: {
  opened: boolean;
  onClose(): void;
  title: string | undefined;
  text: string | undefined;
  /** Of the button that does it; the title unless given. */
  label?: string | undefined;
  onYes(): void;
}) {
  const { opened, onClose, onYes } = props;
  const { t } = useTranslation();
  // While it fades out it says what it said.
  const last = useRef(props);
  if (opened) last.current = props;
  const { title, text, label = title } = last.current;
  return (
    <Dialog opened={opened} onClose={onClose} title={title} size="sm">
      <Text size="sm">{text}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          color="red"
          onClick={() => {
            onYes();
            onClose();
          }}
        >
          {label}
        </Button>
      </Group>
    </Dialog>
  );
}
