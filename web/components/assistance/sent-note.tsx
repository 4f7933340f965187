// Shows to the letter what is sent to the model, before and after.
import { UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withoutDirections } from '../../../src/contract/visible-text.ts';
import type { SentToModel } from '../../api/shapes.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ProblemNote } from '../answers/problem-note.tsx';
import { type AssistTask, askModel } from './ask-model.ts';
import classes from './assistance.module.css';

export function SentNote(props: {
  conversationId: string;
  task: AssistTask;
  /** null: nothing has been sent yet. */
  sent: SentToModel | null;
}) {
  const { conversationId, task, sent } = props;
  const { t } = useTranslation();
  const [opened, setOpened] = useState(false);
  const id = useId();
  const preview = useQuery({
    queryKey: ['assistance', conversationId, task],
    queryFn: ({ signal }) => askModel(conversationId, task, { preview: true, signal }),
    enabled: opened && sent === null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const shown = sent ?? preview.data?.sent;
  const Icon = opened ? IconChevronDown : IconChevronRight;
  return (
    <div>
      <UnstyledButton
        className={classes.disclosure}
        aria-expanded={opened}
        aria-controls={id}
        onClick={() => setOpened(!opened)}
      >
        <Icon size={15} />
        {t(sent === null ? 'assist.sends' : 'assist.sent')}
      </UnstyledButton>
      <div id={id} hidden={!opened}>
        {opened && <ProblemNote error={sent === null ? preview.error : null} />}
        {opened && shown !== undefined && <Messages sent={shown} />}
      </div>
    </div>
  );
}

function Messages({ sent }: { sent: SentToModel }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { host, model, characters, masked, isCut } = sent;
  return (
    <>
      <p className={classes.faint}>
        {t('assist.size', { host, model, characters: format.number(characters), masked })}
        {isCut && ` ${t('assist.cut')}`}
      </p>
      {sent.messages.map(({ role, content }) => (
        <pre
          key={role}
          className={classes.sent}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must take the focus
          tabIndex={0}
          role="region"
          aria-label={t(`assist.role.${role}`)}
        >
          {withoutDirections(content)}
        </pre>
      ))}
    </>
  );
}
