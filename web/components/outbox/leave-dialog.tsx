// Who signs out before all is sent decides what becomes of the rest.
import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';

export function LeaveDialog(props: {
  count: number;
  onClose(): void;
  onKeep(): void;
  onDrop(): void;
}) {
  const { count, onClose, onKeep, onDrop } = props;
  const { t } = useTranslation();
  return (
    <Dialog opened onClose={onClose} title={t('leave.title', { count })} size={500}>
      <Text size="sm">{t('leave.text')}</Text>
      <Group justify="flex-end" gap="xs" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button variant="default" color="red" onClick={onDrop}>
          {t('leave.drop')}
        </Button>
        <Button onClick={onKeep}>{t('leave.keep')}</Button>
      </Group>
    </Dialog>
  );
}
