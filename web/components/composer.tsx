// Where an agent writes: answers and private notes, files, canned replies; what was typed survives a reload.
import { ActionIcon, Button, Textarea, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconBolt, IconLock, IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../api/shapes.ts';
import { useKeys } from '../live/use-keys.ts';
import { callContact } from './call-contact.ts';
import { CannedMenu, useCanned } from './canned-menu.tsx';
import classes from './composer.module.css';
import { FilesToSend, useFiles } from './files-to-send.tsx';
import { useDraft } from './use-draft.ts';
import type { ConversationOutbox } from './use-outbox.ts';
import { useTypingTeller } from './use-typing-teller.ts';

export function Composer(props: {
  conversation: Conversation;
  outbox: ConversationOutbox;
  /** Answers are written elsewhere, or by somebody else; notes are still taken here. */
  notesOnly: boolean;
}) {
  const { conversation, outbox, notesOnly } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(conversation.id, notesOnly);
  const files = useFiles();
  const canned = useCanned({
    text: draft.note ? '' : draft.text,
    onChoose: draft.setText,
    conversation,
  });
  const tellTyping = useTypingTeller(conversation.id);
  const write = (note: boolean) => {
    draft.setNote(note || notesOnly);
    field.current?.focus();
  };
  useKeys({ reply: () => write(false), note: () => write(true) });

  const empty = draft.text.trim() === '' && (files.ready.length === 0 || draft.note);
  const send = () => {
    if (empty || files.busy) return;
    outbox.send({
      text: draft.text.trim(),
      note: draft.note,
      attachments: draft.note ? [] : files.ready,
    });
    draft.clear();
    if (!draft.note) files.clear();
    tellTyping(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (canned.onKey(event)) return;
    if (event.key === 'Escape') return event.currentTarget.blur();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      send();
    }
  };
  const name = callContact(conversation.contact, t);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button does the same
    <div
      className={classes.composer}
      data-note={draft.note || undefined}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        files.add([...event.dataTransfer.files]);
      }}
    >
      <CannedMenu canned={canned} />
      <Modes note={draft.note} notesOnly={notesOnly} onChange={write} />
      <Textarea
        ref={field}
        variant="unstyled"
        autosize
        minRows={2}
        maxRows={10}
        maxLength={10_000}
        value={draft.text}
        onChange={(event) => {
          draft.setText(event.currentTarget.value);
          if (!draft.note) tellTyping(event.currentTarget.value !== '');
        }}
        onKeyDown={onKeyDown}
        onPaste={(event) => files.add([...event.clipboardData.files])}
        placeholder={draft.note ? t('composer.noteHint') : t('composer.replyHint', { name })}
        aria-label={draft.note ? t('composer.note') : t('composer.reply')}
        {...canned.aria}
      />
      {!draft.note && <FilesToSend files={files} />}
      <div className={classes.tools}>
        {!draft.note && <AttachButton onFiles={files.add} />}
        {!draft.note && (
          <ActionIcon
            data-tip={t('composer.canned')}
            size={30}
            aria-label={t('composer.canned')}
            onClick={() => {
              draft.setText('/');
              field.current?.focus();
            }}
          >
            <IconBolt size={17} />
          </ActionIcon>
        )}
        <span className={`${classes.wide} cut`}>{t('composer.keys')}</span>
        <Button
          size="compact-md"
          ml="auto"
          disabled={empty || files.busy}
          onClick={send}
          leftSection={draft.note ? <IconLock size={15} /> : <IconArrowUp size={16} />}
        >
          {draft.note ? t('composer.addNote') : t('composer.send')}
        </Button>
      </div>
    </div>
  );
}

function Modes(props: { note: boolean; notesOnly: boolean; onChange(note: boolean): void }) {
  const { t } = useTranslation();
  const mode = (note: boolean, label: string) => (
    <UnstyledButton
      role="radio"
      aria-checked={props.note === note}
      className={classes.mode}
      onClick={() => props.onChange(note)}
    >
      {label}
    </UnstyledButton>
  );
  return (
    <div className={classes.modes} role="radiogroup" aria-label={t('composer.kind')}>
      {!props.notesOnly && mode(false, t('composer.reply'))}
      {mode(true, t('composer.note'))}
    </div>
  );
}

function AttachButton({ onFiles }: { onFiles(files: File[]): void }) {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={field}
        type="file"
        multiple
        hidden
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
      <ActionIcon
        data-tip={t('composer.attach')}
        size={30}
        aria-label={t('composer.attach')}
        onClick={() => field.current?.click()}
      >
        <IconPaperclip size={17} />
      </ActionIcon>
    </>
  );
}
