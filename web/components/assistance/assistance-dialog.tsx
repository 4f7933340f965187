// Asks the language model: for drafts of an answer, a summary, a translation. What it says is used by the agent's stroke.
import { Button, Group, SegmentedControl, Stack } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Dialog } from '../../ui/dialog.tsx';
import { ProblemNote } from '../answers/problem-note.tsx';
import { AskButton } from './ask-button.tsx';
import type { AssistTask } from './ask-model.ts';
import classes from './assistance.module.css';
import { SentNote } from './sent-note.tsx';
import { useAsking } from './use-asking.ts';
import { useAssistance } from './use-assistance.ts';

type Kind = AssistTask['kind'];

export function AssistanceDialog(props: {
  conversationId: string;
  /** What the customer said and is to be translated; null: the agent chooses what to ask for. */
  said: string | null;
  draft: string;
  /** Answers are written by somebody else. */
  notesOnly: boolean;
  onPut(text: string, note: boolean): void;
  onClose(): void;
}) {
  const { conversationId, said, draft, notesOnly, onPut, onClose } = props;
  const { t } = useTranslation();
  const at = useAssistance();
  const kinds = listKinds({ said, draft, notesOnly });
  const [chosen, setChosen] = useState<Kind>(kinds[0] ?? 'summary');
  const asking = useAsking(conversationId);
  const task = makeTask(chosen, { said, draft });
  const choose = (kind: Kind) => {
    asking.cancel();
    setChosen(kind);
  };
  const put = (text: string) => {
    onPut(text, chosen === 'summary');
    onClose();
  };
  const { answer, error } = asking;
  return (
    <Dialog opened onClose={onClose} title={t('assist.title')} size="lg">
      <Stack gap="sm">
        <p className={classes.faint}>{t('assist.text', { host: at?.host ?? '' })}</p>
        {kinds.length > 1 && (
          <SegmentedControl
            fullWidth
            size="xs"
            aria-label={t('assist.what')}
            value={chosen}
            onChange={(value) => choose(value as Kind)}
            data={kinds.map((value) => ({ value, label: t(`assist.task.${value}`) }))}
          />
        )}
        <SentNote
          key={chosen}
          conversationId={conversationId}
          task={task}
          sent={answer?.sent ?? null}
        />
        <ProblemNote error={error} />
        {answer !== null && (
          <Answers texts={answer.texts} onPut={chosen === 'said' ? null : put} kind={chosen} />
        )}
        <Group justify="flex-end">
          <AskButton
            isFirst
            asking={asking}
            label={t('assist.ask')}
            onAsk={() => asking.ask(task)}
          />
        </Group>
      </Stack>
    </Dialog>
  );
}

function listKinds({
  said,
  draft,
  notesOnly,
}: {
  said: string | null;
  draft: string;
  notesOnly: boolean;
}): Kind[] {
  if (said !== null) return ['said'];
  if (notesOnly) return ['summary'];
  return draft.trim() === '' ? ['suggestions', 'summary'] : ['suggestions', 'draft', 'summary'];
}

function makeTask(kind: Kind, { said, draft }: { said: string | null; draft: string }): AssistTask {
  if (kind === 'draft') return { kind, text: draft };
  if (kind === 'said') return { kind, text: said ?? '' };
  return { kind };
}

function Answers(props: {
  texts: readonly string[];
  kind: Kind;
  /** null: it is only read. */
  onPut: ((text: string) => void) | null;
}) {
  const { texts, kind, onPut } = props;
  const { t } = useTranslation();
  const first = useRef<HTMLButtonElement>(null);
  const list = useRef<HTMLUListElement>(null);
  // What was asked for is here: Enter takes the first, or it is read out.
  useEffect(() => (first.current ?? list.current)?.focus(), []);
  return (
    <ul ref={list} className={classes.answers} aria-label={t('assist.answers')} tabIndex={-1}>
      {texts.map((text, place) => (
        <li key={text} className={classes.answer}>
          <p
            dir="auto"
            id={`answer-${place}`}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
            tabIndex={0}
          >
            {text}
          </p>
          {onPut !== null && (
            <Button
              ref={place === 0 ? first : null}
              size="compact-md"
              aria-describedby={`answer-${place}`}
              onClick={() => onPut(text)}
            >
              {t(kind === 'summary' ? 'assist.useAsNote' : 'assist.use')}
            </Button>
          )}
        </li>
      ))}
    </ul>
  );
}
