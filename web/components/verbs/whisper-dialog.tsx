// A supervisor writes to whoever has a conversation, beside it.
import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { submitByKeys } from '../../ui/submit-by-keys.ts';
import type { useVerbs } from './use-verbs.ts';

const LONGEST = 4000;

export function WhisperDialog(props: {
  conversation: Conversation;
  verbs: Pick<ReturnType<typeof useVerbs>, 'run' | 'busy'>;
  onClose(): void;
}) {
  const { conversation, verbs, onClose } = props;
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const name = conversation.agentName ?? t('thread.somebody');
  const isBlank = text.trim() === '';
  const send = () => {
    // What was refused has been said.
    if (!isBlank) verbs.run({ name: 'whisper', text: text.trim() }).then(onClose, () => {});
  };
  return (
    <Dialog opened onClose={onClose} title={t('whisper.title', { name })} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
        onKeyDown={submitByKeys}
      >
        <Stack gap="sm">
          <Textarea
            label={t('whisper.text', { name })}
            description={t('whisper.hint')}
            value={text}
            maxLength={LONGEST}
            autosize
            minRows={3}
            maxRows={8}
            data-autofocus
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" disabled={isBlank} loading={verbs.busy}>
              {t('verb.whisper')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
