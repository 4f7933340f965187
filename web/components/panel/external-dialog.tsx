// Writes a message that goes by way of the company's own system.
import { Button, Group, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask, client } from '../../api/client.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useSave } from '../answers/use-save.ts';

export function ExternalDialog({ contactId, onClose }: { contactId: string; onClose(): void }) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const send = useSave({
    send: () =>
      ask(
        client.POST('/api/v1/contacts/{id}/external-message', {
          params: { path: { id: contactId } },
          body: { text },
        }),
      ),
    touches: ['external-messages'],
    onDone: onClose,
  });
  const ready = text.trim() !== '' && !send.isPending;
  return (
    <Dialog opened onClose={onClose} title={t('external.text')}>
      <Textarea
        data-autofocus
        label={t('external.message')}
        description={t('external.hint')}
        autosize
        minRows={4}
        maxRows={12}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) =>
          event.key === 'Enter' &&
          (event.metaKey || event.ctrlKey) &&
          ready &&
          send.mutate(undefined)
        }
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button disabled={!ready} loading={send.isPending} onClick={() => send.mutate(undefined)}>
          {t('composer.send')}
        </Button>
      </Group>
    </Dialog>
  );
}
