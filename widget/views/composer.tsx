// Where the visitor writes: Enter sends, Shift and Enter begins a new line.
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isUnseen } from '../../src/contract/visible-text.ts';
import type { Chat } from '../chat/context.ts';
import { MAX_TEXT, sayFile, sayText, sayTyping } from '../chat/say.ts';
import { Icon } from './icons.tsx';
import type { ViewProps } from './view-props.ts';

const MOST_HEIGHT = 128;
/** From here on the visitor is told how much room is left. */
const TELL_LEFT = 500;

export function Composer({ chat, speech }: ViewProps) {
  const [text, show] = useState(chat.draft);
  const setText = (next: string) => {
    chat.draft = next;
    show(next);
  };
  const area = useGrowing();
  const send = (event: Event) => {
    event.preventDefault();
    sayTyping(chat, false);
    setText('');
    area.current?.focus();
    void sayText(chat, text);
  };
  const press = (event: KeyboardEvent) => {
    // While a syllable is being composed, Enter ends that.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send(event);
  };
  const paste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length > 0) event.preventDefault();
    for (const file of files) void sayFile(chat, file);
  };
  const input = ({ currentTarget: { value } }: { currentTarget: HTMLTextAreaElement }) => {
    setText(value);
    sayTyping(chat, value !== '');
  };
  const left = MAX_TEXT - text.length;
  const label = speech.say('composer.send');
  return (
    <form class="composer" onSubmit={send}>
      <FilePicker chat={chat} label={speech.say('composer.attach')} />
      <textarea
        ref={area}
        rows={1}
        value={text}
        maxLength={MAX_TEXT}
        dir="auto"
        data-focus
        enterkeyhint="send"
        aria-label={speech.say('composer.label')}
        placeholder={speech.say('composer.placeholder')}
        onInput={input}
        onKeyDown={press}
        onPaste={paste}
      />
      <button type="submit" class="send" aria-label={label} title={label} disabled={isUnseen(text)}>
        <Icon name="send" />
      </button>
      {left < TELL_LEFT && (
        <p class="left" role="status">
          {speech.say('composer.left', { count: left })}
        </p>
      )}
    </form>
  );
}

/** As high as its text, up to a few lines. */
function useGrowing() {
  const area = useRef<HTMLTextAreaElement>(null);
  useLayoutEffect(() => {
    if (area.current === null) return;
    area.current.style.height = 'auto';
    area.current.style.height = `${Math.min(MOST_HEIGHT, area.current.scrollHeight)}px`;
  });
  return area;
}

function FilePicker({ chat, label }: { chat: Chat; label: string }) {
  const picker = useRef<HTMLInputElement>(null);
  const pick = ({ currentTarget }: { currentTarget: HTMLInputElement }) => {
    for (const file of currentTarget.files ?? []) void sayFile(chat, file);
    currentTarget.value = '';
  };
  const open = () => picker.current?.click();
  return (
    <>
      <input ref={picker} type="file" multiple hidden onChange={pick} />
      <button type="button" class="attach" aria-label={label} title={label} onClick={open}>
        <Icon name="attach" />
      </button>
    </>
  );
}
