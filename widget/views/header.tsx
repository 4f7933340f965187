// Who the visitor talks to, and what can be done with the chat as a whole.
import { useState } from 'preact/hooks';
import { isLive, nameOf, presenceOf } from '../chat/state.ts';
import { Avatar } from './avatar.tsx';
import { EndDialog } from './end-dialog.tsx';
import { Icon } from './icons.tsx';
import { SoundDialog } from './sound-dialog.tsx';
import type { ViewProps } from './view-props.ts';

export function Header(props: ViewProps) {
  const { chat, state, speech } = props;
  const [asking, ask] = useState<'end' | 'sound' | null>(null);
  const close = () => ask(null);
  const { attendant, config, sound } = state;
  const presence = presenceOf(state);
  const isServed = attendant !== null && isLive(state) && presence !== 'lost';
  const title = config?.title || speech.say('frame.title');
  return (
    <header class="head">
      {attendant !== null && <Avatar person={attendant} channelId={config?.channelId ?? null} />}
      <div class="names">
        <h1 dir="auto">{nameOf(attendant) || title}</h1>
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
        label={speech.say(sound === 'off' ? 'header.silent' : 'header.sound')}
        icon={sound === 'off' ? 'silence' : 'sound'}
        onPress={() => ask('sound')}
      />
      {isLive(state) && (
        <HeadButton label={speech.say('header.end')} icon="end" onPress={() => ask('end')} />
      )}
      <HeadButton
        label={speech.say('header.minimise')}
        icon="down"
        onPress={() => chat.tell({ usher: 'close' })}
      />
      {asking === 'sound' && <SoundDialog {...props} onClose={close} />}
      {asking === 'end' && <EndDialog {...props} onClose={close} />}
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
    <button
      type="button"
      class="head-button"
      data-flips={icon === 'end' || undefined}
      aria-label={label}
      title={label}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
