// A conversation under way or over: its messages, how it stands, and what can be said next.
import { Composer } from './composer.tsx';
import { DropFiles } from './drop-files.tsx';
import { Ended } from './ended.tsx';
import { Log } from './log.tsx';
import { QuickReplies } from './quick-replies.tsx';
import { Standing } from './standing.tsx';
import type { ViewProps } from './view-props.ts';

export function Conversation(props: ViewProps) {
  const { state, speech } = props;
  const isOver = state.phase === 'ended';
  return (
    <DropFiles {...props} may={!isOver}>
      {state.link === 'offline' && !isOver && (
        <p class="banner" role="status">
          {speech.say('link.offline')}
        </p>
      )}
      <Log {...props} />
      <Standing {...props} />
      <QuickReplies {...props} />
      {isOver ? <Ended {...props} /> : <Composer {...props} />}
    </DropFiles>
  );
}
