// Asks once more before a conversation goes to an agent who is full or not there.
import { Alert, Button, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Agent } from '../../api/shapes.ts';

export function TransferDoubt(props: {
  agent: Agent;
  about: 'full' | 'absent';
  mayGive: boolean;
  onGive(): void;
}) {
  const { agent, about, mayGive, onGive } = props;
  const { t } = useTranslation();
  const { name, availability } = agent;
  return (
    <Alert
      color="yellow"
      variant="outline"
      mt="sm"
      title={
        about === 'full'
          ? t('transfer.full', { name })
          : t('transfer.absent', {
              name,
              availability: t(`availability.${availability}`).toLowerCase(),
            })
      }
    >
      {about === 'absent' && t('transfer.absentText')}
      {mayGive ? (
        <Group mt="xs">
          <Button size="compact-sm" variant="default" onClick={onGive}>
            {t('transfer.force')}
          </Button>
        </Group>
      ) : (
        t('transfer.fullText')
      )}
    </Alert>
  );
}
