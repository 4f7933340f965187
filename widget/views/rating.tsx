// One to five stars and, if the visitor likes, a sentence.
import { useState } from 'preact/hooks';
import { rateChat } from '../chat/finish-chat.ts';
import { Icon } from './icons.tsx';
import type { ViewProps } from './view-props.ts';

const MAX_COMMENT = 2000;

export function Rating({ chat, state, speech }: ViewProps) {
  const [score, setScore] = useState(0);
  const [comment, setComment] = useState('');
  const [failed, setFailed] = useState(false);
  const send = async (event: Event) => {
    event.preventDefault();
    setFailed(!(await rateChat(chat, score, comment)));
  };
  if (state.rated) return <p role="status">{speech.say('rating.thanks')}</p>;
  return (
    <form class="rating" onSubmit={(event) => void send(event)}>
      <fieldset>
        <legend>{speech.say('rating.title')}</legend>
        <div class="stars">
          {[1, 2, 3, 4, 5].map((value) => (
            <label key={value} class="star" data-on={value <= score}>
              <input
                type="radio"
                name="score"
                class="unseen"
                checked={value === score}
                aria-label={speech.say('rating.stars', { score: value })}
                onChange={() => setScore(value)}
              />
              <Icon name="star" />
            </label>
          ))}
        </div>
      </fieldset>
      {score > 0 && (
        <>
          <textarea
            rows={2}
            maxLength={MAX_COMMENT}
            value={comment}
            aria-label={speech.say('rating.comment')}
            placeholder={speech.say('rating.comment')}
            onInput={({ currentTarget }) => setComment(currentTarget.value)}
          />
          <button type="submit" class="button plain">
            {speech.say('rating.send')}
          </button>
        </>
      )}
      {failed && (
        <p class="error" role="alert">
          {speech.say('failed.try-again')}
        </p>
      )}
    </form>
  );
}
