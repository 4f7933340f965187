// A message of the visitor that the server has not confirmed yet.
import { withoutDirections } from '../../src/contract/visible-text.ts';
import type { Chat } from '../chat/context.ts';
import { discard, retry } from '../chat/say.ts';
import type { Outgoing } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';
import { Text } from './bubble.tsx';
import { Icon } from './icons.tsx';

export function OutgoingBubble(props: { chat: Chat; outgoing: Outgoing; speech: Speech }) {
  const { chat, outgoing, speech } = props;
  const { text, file, state, progress, error, clientMessageId } = outgoing;
  const percent = Math.round(progress * 100);
  return (
    // It is read out once it is stored; a failure is by itself.
    <div class="group" data-mine="true" data-state={state} aria-live="off">
      <div class="bubbles">
        {text !== '' && <Text text={text} speech={speech} />}
        {file !== null && (
          <div class="bubble file">
            <Icon name="file" />
            <span class="file-name">{withoutDirections(file.name)}</span>
            {state === 'uploading' && (
              <button
                type="button"
                class="cancel"
                aria-label={speech.say('file.cancel', { name: file.name })}
                title={speech.say('file.cancel', { name: file.name })}
                onClick={() => discard(chat, clientMessageId)}
              >
                <Icon name="cross" />
              </button>
            )}
            {state === 'uploading' ? (
              <progress
                max={100}
                value={percent}
                aria-label={speech.say('file.upload', { name: file.name, percent })}
              />
            ) : (
              <span class="file-size">{speech.size(file.size)}</span>
            )}
          </div>
        )}
        {state === 'failed' ? (
          <div class="failure" role="alert">
            <Icon name="alert" />
            <span>{describe(chat, error, file !== null, speech)}</span>
            {error !== 'too-large' && error !== 'refused' && (
              <button type="button" onClick={() => void retry(chat, outgoing)}>
                {speech.say('message.retry')}
              </button>
            )}
            <button type="button" onClick={() => discard(chat, clientMessageId)}>
              {speech.say('message.discard')}
            </button>
          </div>
        ) : (
          <span class="meta">
            <span class="tick" title={speech.say('message.sending')}>
              <Icon name="clock" />
              <span class="unseen">{speech.say('message.sending')}</span>
            </span>
          </span>
        )}
      </div>
    </div>
  );
}

function describe(chat: Chat, error: Outgoing['error'], isFile: boolean, speech: Speech): string {
  if (error === 'too-large') {
    const size = speech.size(chat.get().config?.maxFileBytes ?? 0);
    return speech.say('file.too-large', { size });
  }
  if (error === 'refused') return speech.say('file.refused');
  return speech.say(isFile ? 'file.failed' : 'message.failed');
}
