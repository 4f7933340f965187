// The state of the conversation: the place in the queue, how long it may take, or that nobody is there.
import type { ChatState } from '../chat/state.ts';
import type { Speech } from '../words/speech.ts';
import type { ViewProps } from './view-props.ts';

export function Standing({ state, speech }: ViewProps) {
  const lines = describe(state, speech);
  return (
    <div class="standing" role="status" hidden={lines.length === 0}>
      {lines.map((line, at) => (
        <p key={line} class={at === 0 ? 'strong' : ''}>
          {line}
        </p>
      ))}
    </div>
  );
}

function describe(state: ChatState, speech: Speech): string[] {
  const { phase, position, config, presence } = state;
  const { say } = speech;
  const isAway = presence === 'away';
  if (phase === 'unavailable') {
    return [isAway ? config?.offline.text || say('wait.unavailable') : say('wait.searching')];
  }
  if (phase !== 'waiting' && phase !== 'starting') return [];
  if (phase === 'waiting' && isAway && config?.offline.enabled === true) {
    return [say('start.left')];
  }
  const wait = describeWait(state, speech);
  const looking =
    state.opensAt === null
      ? say(isAway ? 'wait.away' : 'wait.searching')
      : say('wait.opens', { when: speech.opening(state.opensAt) });
  if (position === null || position === 0) return [looking, ...wait];
  return [looking, [say('wait.position', { position }), ...wait].join(' ')];
}

/** Only what the server keeps with what came of it: nothing is better than a guess. */
function describeWait({ opensAt, waitRange }: ChatState, { say, wait }: Speech): string[] {
  return opensAt !== null || waitRange === null
    ? []
    : [say('wait.range', { time: wait(waitRange) })];
}
