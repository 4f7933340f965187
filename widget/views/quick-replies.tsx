// Answers that are offered: a press sends one, and the row is gone until somebody offers others.
import { withoutDirections } from '../../src/contract/visible-text.ts';
import { sayText } from '../chat/say.ts';
import { quickRepliesOf } from '../chat/state.ts';
import type { ViewProps } from './view-props.ts';

export function QuickReplies({ chat, state, speech }: ViewProps) {
  const replies = quickRepliesOf(state);
  if (replies.length === 0) return null;
  const send = (reply: string) => {
    // The row goes with the press. On a phone the keyboard would cover the answer.
    const area = document.querySelector<HTMLElement>('.composer textarea');
    if (!matchMedia('(pointer: coarse)').matches) area?.focus();
    void sayText(chat, reply);
  };
  return (
    <fieldset class="replies" aria-label={speech.say('replies.label')}>
      {replies.map((reply) => (
        <button key={reply} type="button" class="reply" dir="auto" onClick={() => send(reply)}>
          {withoutDirections(reply)}
        </button>
      ))}
    </fieldset>
  );
}
