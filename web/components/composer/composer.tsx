// Where an agent writes: answers and private notes, files, canned replies; what was typed survives a reload.
import { ActionIcon, Button, Textarea, UnstyledButton } from '@mantine/core';
import { IconArrowUp, IconBolt, IconLock, IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '../../api/shapes.ts';
import { useKeys } from '../../live/use-keys.ts';
import { Assist } from '../assistance/assist.tsx';
import type { Assistant } from '../assistance/use-assistant.ts';
import { callContact } from '../naming/call-contact.ts';
import type { ConversationOutbox } from '../outbox/use-outbox.ts';
import { CannedMenu, useCanned } from './canned-menu.tsx';
import classes from './composer.module.css';
import { FilesToSend, useFiles } from './files-to-send.tsx';
import { useDraft } from './use-draft.ts';
import { useMentions } from './use-mentions.tsx';
import { type Sending, useSending } from './use-sending.ts';
import { useWritingTeller } from './use-writing-teller.ts';

export function Composer(props: {
  conversation: Conversation;
  outbox: ConversationOutbox;
  /** Answers are written elsewhere, or by somebody else; notes are still taken here. */
  notesOnly: boolean;
  assistant: Assistant;
}) {
  const { conversation, outbox, notesOnly, assistant } = props;
  const { t } = useTranslation();
  const field = useRef<HTMLTextAreaElement>(null);
  const draft = useDraft(conversation.id, notesOnly);
  const mentions = useMentions({ conversationId: conversation.id, draft, field });
  const files = useFiles();
  const canned = useCanned({
    text: draft.note ? '' : draft.text,
    onChoose: draft.setText,
    conversation,
  });
  const tellWriting = useWritingTeller(conversation.id);
  const write = (note: boolean) => {
    draft.setNote(note || notesOnly);
    field.current?.focus();
  };
  useKeys({ reply: () => write(false), note: () => write(true) });

  const sending = useSending({ draft, files, outbox, onSent: () => tellWriting(null) });
  const name = callContact(conversation.contact, t);
  return (
    <DropZone note={draft.note} onFiles={files.add}>
      <CannedMenu canned={canned} />
      {mentions.menu}
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
          const text = event.currentTarget.value;
          draft.setText(text);
          tellWriting(text === '' ? null : draft.note ? 'note' : 'reply');
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          if (canned.onKey(event) || mentions.onKey(event)) return;
          actOnKey(event, () => sending.send?.());
        }}
        onPaste={(event) => files.add([...event.clipboardData.files])}
        placeholder={draft.note ? t('composer.noteHint') : t('composer.replyHint', { name })}
        aria-label={draft.note ? t('composer.note') : t('composer.reply')}
        {...canned.aria}
      />
      {!draft.note && <FilesToSend files={files} />}
      <Tools
        note={draft.note}
        onFiles={files.add}
        onCanned={() => {
          draft.setText('/');
          field.current?.focus();
        }}
        sending={sending}
      >
        <Assist conversationId={conversation.id} {...{ assistant, draft, notesOnly, field }} />
      </Tools>
    </DropZone>
  );
}

/** Enter sends, unless Shift asks for a line. */
function actOnKey(event: KeyboardEvent<HTMLTextAreaElement>, send: () => void): void {
  if (event.key === 'Escape') event.currentTarget.blur();
  if (event.key !== 'Enter' || event.shiftKey) return;
  event.preventDefault();
  send();
}

function DropZone(props: { note: boolean; onFiles(files: File[]): void; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files are dropped here; the button does the same
    <div
      className={classes.composer}
      data-note={props.note || undefined}
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        props.onFiles([...event.dataTransfer.files]);
      }}
    >
      {props.children}
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

function Tools(props: {
  note: boolean;
  onFiles(files: File[]): void;
  onCanned(): void;
  sending: Sending;
  children: ReactNode;
}) {
  const { note, onFiles, onCanned, sending, children } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.tools}>
      {!note && <AttachButton onFiles={onFiles} />}
      {!note && <CannedButton onClick={onCanned} />}
      {children}
      {sending.waits ? (
        <span className="cut" role="status">
          {t('composer.waits')}
        </span>
      ) : (
        <span className={`${classes.wide} cut`}>{t('composer.keys')}</span>
      )}
      <SendButton
        note={note}
        loading={sending.waits}
        disabled={sending.send === null}
        onClick={() => sending.send?.()}
      />
    </div>
  );
}

function CannedButton({ onClick }: { onClick(): void }) {
  const { t } = useTranslation();
  return (
    <ActionIcon
      data-tip={t('composer.canned')}
      size={30}
      aria-label={t('composer.canned')}
      onClick={onClick}
    >
      <IconBolt size={17} />
    </ActionIcon>
  );
}

function SendButton(props: {
  note: boolean;
  loading: boolean;
  disabled: boolean;
  onClick(): void;
}) {
  const { note, ...rest } = props;
  const { t } = useTranslation();
  return (
    <Button
      size="compact-md"
      ms="auto"
      {...rest}
      leftSection={note ? <IconLock size={15} /> : <IconArrowUp size={16} />}
    >
      {note ? t('composer.addNote') : t('composer.send')}
    </Button>
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
