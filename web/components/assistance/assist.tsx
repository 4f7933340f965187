// The model's place in the composer: its button, its dialog, and the way back from what was put in.
import { ActionIcon, Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { type RefObject, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withWords } from '../../i18n/start-i18n.ts';
import { useKeys } from '../../live/use-keys.ts';
import { OnDemand, partOf } from '../on-demand/on-demand.tsx';
import type { Assistant } from './use-assistant.ts';

const dialog = partOf(
  async () => (await withWords(import('./assistance-dialog.tsx'), 'assistance')).AssistanceDialog,
);

interface Draft {
  text: string;
  note: boolean;
  keep(draft: { text: string; note: boolean }): void;
}

export function Assist(props: {
  conversationId: string;
  assistant: Assistant;
  draft: Draft;
  notesOnly: boolean;
  field: RefObject<HTMLTextAreaElement | null>;
}) {
  const { conversationId, assistant, draft, notesOnly, field } = props;
  const { t } = useTranslation();
  const [put, setPut] = useState<{ text: string; before: { text: string; note: boolean } } | null>(
    null,
  );
  useKeys(assistant.isOn ? { assist: () => assistant.open() } : {});
  if (!assistant.isOn) return null;
  const { text, note } = draft;
  const keep = (next: { text: string; note: boolean }) => {
    draft.keep(next);
    field.current?.focus();
  };
  return (
    <>
      <ActionIcon
        data-tip={t('composer.assist')}
        size={30}
        aria-label={t('composer.assist')}
        onClick={() => assistant.open()}
      >
        <IconSparkles size={17} />
      </ActionIcon>
      {put !== null && put.text === text && (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => {
            keep(put.before);
            setPut(null);
          }}
        >
          {t('common.undo')}
        </Button>
      )}
      {assistant.opened !== null && (
        <OnDemand
          part={dialog}
          {...{ conversationId, notesOnly }}
          said={assistant.opened.said}
          draft={note ? '' : text}
          onPut={(next: string, asNote: boolean) => {
            setPut({ text: next, before: { text, note } });
            keep({ text: next, note: asNote });
          }}
          onClose={assistant.close}
        />
      )}
    </>
  );
}
