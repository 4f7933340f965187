// One message: its text as text, its addresses as links, its files as pictures or names.
import { isUnseen, withoutDirections } from '../../src/contract/visible-text.ts';
import { isOnlyEmoji, linkText } from '../chat/link-text.ts';
import type { Attachment, ChatMessage } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';
import { Icon } from './icons.tsx';

/** What a browser shows without running anything. */
const PICTURE = /^image\/(png|jpeg|gif|webp|avif)$/;

export function Bubble(props: { message: ChatMessage; speech: Speech; onLoad: () => void }) {
  const { message, speech, onLoad } = props;
  const { text, attachments } = message;
  return (
    <>
      {(text !== '' || attachments.length === 0) && <Text text={text} speech={speech} />}
      {attachments.map((attachment) => (
        <AttachmentView key={attachment.id} {...{ attachment, speech, onLoad }} />
      ))}
    </>
  );
}

export function Text({ text: said, speech }: { text: string; speech: Speech }) {
  const text = withoutDirections(said);
  if (isUnseen(text)) return <p class="bubble">{speech.say('message.blank')}</p>;
  return (
    <p class={isOnlyEmoji(text) ? 'bubble emoji' : 'bubble'} dir="auto">
      {linkText(text).map((piece, at) =>
        piece.href === null ? (
          piece.text
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a text never move
          <a key={at} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
            {piece.text}
          </a>
        ),
      )}
    </p>
  );
}

function AttachmentView(props: { attachment: Attachment; speech: Speech; onLoad: () => void }) {
  const { attachment, speech, onLoad } = props;
  const { url, name, type, size } = attachment;
  // One that lies elsewhere is fetched only by whoever opens it.
  const isPicture = PICTURE.test(type) && new URL(url, location.origin).origin === location.origin;
  return (
    <a
      class={isPicture ? 'picture' : 'bubble file'}
      href={url}
      target="_blank"
      rel="noopener noreferrer"
    >
      {isPicture ? (
        <img src={url} alt={speech.say('file.open', { name })} loading="lazy" onLoad={onLoad} />
      ) : (
        <>
          <Icon name="file" />
          <span class="file-name">{withoutDirections(name)}</span>
          {size !== null && <span class="file-size">{speech.size(size)}</span>}
        </>
      )}
    </a>
  );
}
