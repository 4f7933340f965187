// Gives a conversation back to the queue; what it asks for there may be changed with it.
import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { SkillsField } from '../../forms/skills-field.tsx';
import { Dialog } from '../../ui/dialog.tsx';

export function RequeueDialog(props: {
  conversation: Pick<Conversation, 'skillIds'>;
  /** undefined: what it asks for stays. */
  onRequeue(skillIds: string[] | undefined): void;
  onClose(): void;
}) {
  const { conversation, onRequeue, onClose } = props;
  const { t } = useTranslation();
  const [skillIds, setSkillIds] = useState(conversation.skillIds);
  const isSame = skillIds.toSorted().join() === conversation.skillIds.toSorted().join();
  return (
    <Dialog opened onClose={onClose} title={t('verb.requeue')} size="sm">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onClose();
          onRequeue(isSame ? undefined : skillIds);
        }}
      >
        <Stack gap="sm">
          <Text size="sm">{t('requeue.text')}</Text>
          <SkillsField
            description={t('requeue.skillsHint')}
            value={skillIds}
            onChange={setSkillIds}
            // Below it the button that ends this would be covered.
            comboboxProps={{ position: 'top' }}
          />
          <Group justify="flex-end" mt="xs">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" data-autofocus>
              {t('verb.requeue')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
