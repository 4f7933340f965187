// Beside the note of a hand-over: has the model sum the conversation up into it.
import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemNote } from '../answers/problem-note.tsx';
import { AskButton } from './ask-button.tsx';
import type { AssistTask } from './ask-model.ts';
import { SentNote } from './sent-note.tsx';
import { useAsking } from './use-asking.ts';
import { useAssistance } from './use-assistance.ts';

const task: AssistTask = { kind: 'summary' };

export function Summarize(props: {
  conversationId: string;
  note: string;
  /** A longer summary is cut. */
  most: number;
  onChange(note: string): void;
}) {
  const { conversationId, note, most, onChange } = props;
  const { t } = useTranslation();
  const at = useAssistance();
  const asking = useAsking(conversationId);
  const [before, setBefore] = useState<string | null>(null);
  const { answer } = asking;
  const [text] = answer?.texts ?? [];
  if (at === null) return null;
  const put = (next: string, undo: string | null) => {
    setBefore(undo);
    onChange(next);
  };
  return (
    <Stack gap={6} mt={6}>
      <Group gap="xs">
        <AskButton
          asking={asking}
          label={t('assist.task.summary')}
          onAsk={() => asking.ask(task)}
        />
        {text !== undefined && (
          <Button
            size="compact-md"
            onClick={() => put(text.slice(0, most).toWellFormed(), before ?? note)}
          >
            {t('assist.useAsNote')}
          </Button>
        )}
        {before !== null && (
          <Button variant="subtle" size="compact-md" onClick={() => put(before, null)}>
            {t('common.undo')}
          </Button>
        )}
      </Group>
      <ProblemNote error={asking.error} />
      {text !== undefined && (
        <p dir="auto" role="status" style={{ whiteSpace: 'pre-wrap', fontSize: 13, margin: 0 }}>
          {text}
        </p>
      )}
      <SentNote conversationId={conversationId} task={task} sent={answer?.sent ?? null} />
    </Stack>
  );
}
