// Whether an endpoint is in use.
import { Button, Group, Switch, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import type { Endpoint } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSave } from '../answers/use-save.ts';

/** Switched on again, it asks what becomes of the events that were held meanwhile. */
export function EnableSwitch({ endpoint }: { endpoint: Endpoint }) {
  const { t } = useTranslation();
  const [asking, setAsking] = useState(false);
  const change = useSave({
    send: (body: { enabled: boolean; held?: 'send' | 'drop' }) =>
      ask(client.PATCH('/api/v1/endpoints/{id}', { params: { path: { id: endpoint.id } }, body })),
    touches: ['endpoints', 'deliveries'],
    onDone: () => setAsking(false),
  });
  return (
    <>
      <Switch
        label={t('endpoint.enabled')}
        size="sm"
        checked={endpoint.enabled}
        onChange={(event) =>
          event.currentTarget.checked ? setAsking(true) : change.mutate({ enabled: false })
        }
      />
      <Dialog
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('endpoint.heldTitle')}
        size="sm"
      >
        <Text size="sm">{t('endpoint.heldText')}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={() => change.mutate({ enabled: true, held: 'drop' })}>
            {t('endpoint.heldDrop')}
          </Button>
          <Button onClick={() => change.mutate({ enabled: true, held: 'send' })}>
            {t('endpoint.heldSend')}
          </Button>
        </Group>
      </Dialog>
    </>
  );
}
