// Which sound a new message makes; each is heard as it is chosen.
import { useEffect, useRef } from 'preact/hooks';
import { playSound } from '../chat/play-sound.ts';
import { type Sound, sounds } from '../chat/state.ts';
import type { ViewProps } from './view-props.ts';

export function SoundDialog({ chat, state, speech, onClose }: ViewProps & { onClose: () => void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  const choose = (sound: Sound) => {
    chat.dispatch({ type: 'sound', sound });
    void playSound(sound);
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="sound-title" onClose={onClose}>
      <fieldset>
        <h2 id="sound-title">{speech.say('sound.title')}</h2>
        {sounds.map((sound) => (
          <label key={sound} class="choice">
            <input
              type="radio"
              name="sound"
              checked={sound === state.sound}
              onChange={() => choose(sound)}
            />
            {speech.say(`sound.${sound}`)}
          </label>
        ))}
      </fieldset>
      <div class="buttons">
        <button type="button" class="button" onClick={onClose}>
          {speech.say('sound.done')}
        </button>
      </div>
    </dialog>
  );
}
