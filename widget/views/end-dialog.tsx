// Asks before a conversation is ended: it cannot be undone.
import { useEffect, useRef, useState } from 'preact/hooks';
import { endChat } from '../chat/finish-chat.ts';
import type { ViewProps } from './view-props.ts';

export function EndDialog({ chat, speech, onClose }: ViewProps & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => dialog.current?.showModal(), []);
  const end = async () => {
    if (await endChat(chat)) onClose();
    else setFailed(true);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="end-title" onClose={onClose}>
      <h2 id="end-title">{speech.say('end.title')}</h2>
      <p>{speech.say('end.text')}</p>
      {failed && (
        <p class="error" role="alert">
          {speech.say('failed.try-again')}
        </p>
      )}
      <div class="buttons">
        <button type="button" class="button plain" onClick={onClose}>
          {speech.say('end.cancel')}
        </button>
        <button type="button" class="button danger" onClick={() => void end()}>
          {speech.say('end.confirm')}
        </button>
      </div>
    </dialog>
  );
}
