// After the end: how was it, shall it be kept, and a new beginning.
import { useState } from 'preact/hooks';
import { beginAnew, mailTranscript } from '../chat/finish-chat.ts';
import { saveTranscript } from '../chat/save-transcript.ts';
import { Rating } from './rating.tsx';
import type { ViewProps } from './view-props.ts';

export function Ended(props: ViewProps) {
  const { chat, state, speech } = props;
  return (
    <div class="ended">
      <p class="strong" role="status">
        {speech.say(`ended.${state.ended ?? 'closed'}`)}
      </p>
      {state.ended !== 'elsewhere' && <Afterwards {...props} />}
      <button type="button" class="button" data-focus onClick={() => beginAnew(chat)}>
        {speech.say('ended.new')}
      </button>
    </div>
  );
}

function Afterwards(props: ViewProps) {
  const isMailed = props.state.config?.transcript === 'email';
  return (
    <>
      <Rating {...props} />
      {isMailed ? <Mail {...props} /> : <Save {...props} />}
    </>
  );
}

/** Where nothing of the company's sends mail. */
function Save({ chat, speech }: ViewProps) {
  const [failed, setFailed] = useState(false);
  const save = async () => setFailed(!(await saveTranscript(chat)));
  return (
    <div class="transcript">
      <button type="button" class="button plain" onClick={() => void save()}>
        {speech.say('transcript.save')}
      </button>
      {failed && (
        <p class="error" role="alert">
          {speech.say('failed.try-again')}
        </p>
      )}
    </div>
  );
}

function Mail(props: ViewProps) {
  const { chat, speech } = props;
  const { email } = { ...chat.memory.read().profile, ...chat.customer };
  const [address, setAddress] = useState(email ?? '');
  const [outcome, setOutcome] = useState<'none' | 'sent' | 'failed' | 'wrong'>('none');
  const send = async (event: Event) => {
    event.preventDefault();
    if (!/^[^@\s]+@[^@\s]+$/.test(address)) return setOutcome('wrong');
    setOutcome((await mailTranscript(chat, address)) ? 'sent' : 'failed');
  };
  if (outcome === 'sent') {
    return <p role="status">{speech.say('transcript.sent', { email: address })}</p>;
  }
  return (
    <>
      <form class="transcript" noValidate onSubmit={(event) => void send(event)}>
        <label for="transcript">{speech.say('transcript.title')}</label>
        <div class="row">
          <input
            id="transcript"
            type="email"
            autocomplete="email"
            value={address}
            aria-invalid={outcome === 'wrong'}
            placeholder={speech.say('field.email')}
            onInput={({ currentTarget }) => setAddress(currentTarget.value)}
          />
          <button type="submit" class="button plain">
            {speech.say('transcript.send')}
          </button>
        </div>
        {outcome !== 'none' && (
          <p class="error" role="alert">
            {speech.say(outcome === 'wrong' ? 'field.email-wrong' : 'failed.try-again')}
          </p>
        )}
      </form>
      {/* Maybe nothing sends it any more: what can be kept here is. */}
      {outcome === 'failed' && <Save {...props} />}
    </>
  );
}
