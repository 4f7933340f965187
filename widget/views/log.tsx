// The messages, in groups by person and day, always with the newest in sight unless one reads above.
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { serverNow } from '../../browser/server-clock.ts';
import { type Group, groupMessages } from '../chat/group-messages.ts';
import { type ChatState, nameOf, standingOf } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';
import { Avatar } from './avatar.tsx';
import { Bubble } from './bubble.tsx';
import { Icon } from './icons.tsx';
import { OutgoingBubble } from './outgoing-bubble.tsx';
import type { ViewProps } from './view-props.ts';

const NEAR = 60;

export function Log({ chat, state, speech }: ViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const atEnd = useRef(true);
  const [newBelow, setNewBelow] = useState(0);
  const groups = groupMessages(state);
  const count = state.messages.length;
  const seen = useRef(count);
  const toEnd = useCallback(() => {
    if (box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, []);
  useLayoutEffect(() => {
    const more = count - seen.current;
    seen.current = count;
    if (atEnd.current) toEnd();
    else if (more > 0) setNewBelow((below) => below + more);
  });
  useEffect(() => {
    if (box.current === null) return;
    // What grows below takes its room from above.
    const watch = new ResizeObserver(() => atEnd.current && toEnd());
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [toEnd]);
  const scrolled = () => {
    const { scrollTop = 0, clientHeight = 0, scrollHeight = 0 } = box.current ?? {};
    atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR;
    if (atEnd.current) setNewBelow(0);
  };
  const agent = nameOf(state.attendant) || speech.say('log.agent');
  return (
    <div class="log-frame">
      <div
        class="log"
        ref={box}
        onScroll={scrolled}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
        tabIndex={0}
        role="log"
        aria-live="polite"
        aria-label={speech.say('log.label')}
      >
        <p class="greeting greeted" dir="auto">
          {state.config?.greeting || speech.say('start.greeting')}
        </p>
        {groups.map((group) => (
          <GroupView
            key={group.key}
            {...{ group, state, speech }}
            onLoad={() => atEnd.current && toEnd()}
          />
        ))}
        {state.phase === 'active' &&
          state.attendant !== null &&
          groups.every(({ mine }) => mine) && (
            <p class="joined">{speech.say('log.joined', { name: agent })}</p>
          )}
        {state.outbox.map((outgoing) => (
          <OutgoingBubble key={outgoing.clientMessageId} {...{ chat, outgoing, speech }} />
        ))}
        {state.agentTyping && <Typing label={speech.say('log.typing', { name: agent })} />}
      </div>
      {newBelow > 0 && (
        <button type="button" class="new-below" onClick={toEnd}>
          {speech.say('link.new-messages', { count: newBelow })} <Icon name="down" />
        </button>
      )}
    </div>
  );
}

function GroupView(props: { group: Group; state: ChatState; speech: Speech; onLoad: () => void }) {
  const { group, state, speech, onLoad } = props;
  const { mine, from, messages, at } = group;
  const name = mine ? speech.say('log.you') : nameOf(from) || speech.say('log.agent');
  const last = messages.at(-1);
  return (
    <>
      {group.startsDay && <p class="day">{speech.day(at, serverNow())}</p>}
      <div class="group" data-mine={mine}>
        {!mine && <Avatar person={from} channelId={props.state.config?.channelId ?? null} />}
        <div class="bubbles">
          <span class={mine ? 'unseen' : 'name'}>{name}</span>
          {messages.map((message) => (
            <Bubble key={message.id} {...{ message, speech, onLoad }} />
          ))}
          <span class="meta">
            <time dateTime={new Date(at).toISOString()}>{speech.time(at)}</time>
            {mine && last !== undefined && (
              <Tick standing={standingOf(state, last)} speech={speech} />
            )}
          </span>
        </div>
      </div>
    </>
  );
}

function Tick({ standing, speech }: { standing: ReturnType<typeof standingOf>; speech: Speech }) {
  const label = speech.say(`message.${standing}`);
  return (
    <span class="tick" data-read={standing === 'read'} title={label}>
      <Icon name={standing === 'stored' ? 'one' : 'two'} />
      <span class="unseen">{label}</span>
    </span>
  );
}

function Typing({ label }: { label: string }) {
  return (
    <div class="typing" title={label}>
      <span class="unseen">{label}</span>
      <i />
      <i />
      <i />
    </div>
  );
}
