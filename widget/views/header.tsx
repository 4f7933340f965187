// Who the visitor talks to, and what can be done with the chat as a whole.
import { useState } from 'preact/hooks';
import { isLive, nameOf, presenceOf } from '../chat/state.ts';
import { Avatar } from './avatar.tsx';
import { EndDialog } from './end-dialog.tsx';
import { Icon } from './icons.tsx';
import type { ViewProps } from './view-props.ts';

export function Header(props: ViewProps) {
  const { chat, state, speech } = props;
  const [ending, setEnding] = useState(false);
  const { attendant, config, muted } = state;
  const presence = presenceOf(state);
  const isServed = attendant !== null && isLive(state) && presence !== 'lost';
  const title = config?.title || speech.say('frame.title');
  return (
    <header class="head">
      {attendant !== null && <Avatar person={attendant} channelId={config?.channelId ?? null} />}
      <div class="names">
        <h1>{nameOf(attendant) || title}</h1>
        {config !== null && (
          <p class="presence">
            <span class="dot" data-presence={presence} />
            {isServed
              ? speech.say(presence === 'here' ? 'header.agent' : 'header.agent-away')
              : speech.say(`header.${presence}`)}
          </p>
        )}
      </div>
      <HeadButton
        label={speech.say(muted ? 'header.unmute' : 'header.mute')}
        icon={muted ? 'silence' : 'sound'}
        onPress={() => chat.dispatch({ type: 'muted', muted: !muted })}
      />
      {isLive(state) && (
        <HeadButton label={speech.say('header.end')} icon="end" onPress={() => setEnding(true)} />
      )}
      <HeadButton
        label={speech.say('header.minimise')}
        icon="down"
        onPress={() => chat.tell({ usher: 'close' })}
      />
      {ending && <EndDialog {...props} onClose={() => setEnding(false)} />}
    </header>
  );
}

function HeadButton(props: {
  label: string;
  icon: Parameters<typeof Icon>[0]['name'];
  onPress: () => void;
}) {
  const { label, icon, onPress } = props;
  return (
    <button type="button" class="head-button" aria-label={label} title={label} onClick={onPress}>
      <Icon name={icon} />
    </button>
  );
}
