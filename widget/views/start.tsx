// Before anything was said: the greeting, and the form that the channel wants filled in.
import { useState } from 'preact/hooks';
import { startOver } from '../chat/finish-chat.ts';
import { sayText } from '../chat/say.ts';
import type { ChatConfig, PreChatField } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';
import { Composer } from './composer.tsx';
import { DropFiles } from './drop-files.tsx';
import { QuickReplies } from './quick-replies.tsx';
import { StartForm } from './start-form.tsx';
import type { ViewProps } from './view-props.ts';

export function Start(props: ViewProps) {
  const { chat, state, speech } = props;
  const { config, presence } = state;
  const [filled, setFilled] = useState(false);
  const [held, setHeld] = useState<boolean | null>(null);
  if (config === null) return null;
  if (config.requireIdentity && chat.customer.id === undefined) {
    return (
      <main class="middle">
        <p>{speech.say('start.identity')}</p>
      </main>
    );
  }
  // What somebody is writing in does not go away under their hands.
  const isAway = held ?? (presence === 'away' && config.offline.enabled);
  const known = { ...chat.memory.read().profile, ...chat.customer };
  const fields = isAway ? offlineFields : findAsked(config, known);
  const mustAsk = isAway || (!filled && fields.length > 0);
  const submit = (profile: Record<string, string>, message: string) => {
    chat.memory.write({ profile: { ...chat.memory.read().profile, ...profile } });
    setFilled(true);
    // One that only looked out for the customer's chats knows none of the answers.
    if (chat.get().session !== null) startOver(chat);
    if (message !== '') void sayText(chat, message);
  };
  return (
    <DropFiles {...props} may={!mustAsk} onInput={() => setHeld(isAway)}>
      <div class="start">
        <p class="greeting" dir="auto">
          {greet(config, isAway, speech)}
        </p>
        {mustAsk && (
          <>
            {!isAway && <p class="hint">{speech.say('start.form')}</p>}
            <StartForm
              speech={speech}
              fields={fields}
              known={known}
              withMessage={isAway}
              submitLabel={speech.say(isAway ? 'start.leave-message' : 'start.submit')}
              onSubmit={submit}
            />
          </>
        )}
      </div>
      {!mustAsk && (
        <>
          <QuickReplies {...props} />
          <Composer {...props} />
        </>
      )}
    </DropFiles>
  );
}

function greet(config: ChatConfig, isAway: boolean, { say }: Speech): string {
  if (isAway) return config.offline.text || say('start.offline');
  return config.greeting || say('start.greeting');
}

/** Nothing, when all that is required is known, and so is who it is. */
function findAsked({ preChat }: ChatConfig, known: Record<string, unknown>): PreChatField[] {
  if (!preChat.enabled) return [];
  const isMissing = preChat.fields.some(({ name, required }) => required && !known[name]);
  return isMissing || (!known.name && !known.email) ? preChat.fields : [];
}

/** Without an address there is nowhere to answer to. */
const offlineFields: PreChatField[] = [
  { name: 'name', label: '', required: false },
  { name: 'email', label: '', required: true },
];
