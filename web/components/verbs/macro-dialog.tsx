// Asks which macro is used on the conversation.
import { Button, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { useMacros } from './use-macros.ts';
import type { useVerbs } from './use-verbs.ts';

export function MacroDialog(props: {
  conversation: Conversation;
  verbs: ReturnType<typeof useVerbs>;
  onClose(): void;
}) {
  const { verbs, onClose } = props;
  const { t } = useTranslation();
  const macros = useMacros();
  const use = (macroId: string) => {
    onClose();
    verbs.start({ name: 'macro', macroId });
  };
  return (
    <Dialog opened onClose={onClose} title={t('settings.macros')} size="sm">
      <Stack gap={6}>
        {macros?.map(({ id, name }, nth) => (
          <Button
            key={id}
            variant="default"
            justify="flex-start"
            fullWidth
            data-autofocus={nth === 0 || undefined}
            onClick={() => use(id)}
          >
            {name}
          </Button>
        ))}
        {macros?.length === 0 && <Text size="sm">{t('nav.nothingFound')}</Text>}
      </Stack>
    </Dialog>
  );
}
