// A conversation under way or over: its messages, how it stands, and what can be said next.
import { useState } from 'preact/hooks';
import { sayFile } from '../chat/say.ts';
import { Composer } from './composer.tsx';
import { Ended } from './ended.tsx';
import { Log } from './log.tsx';
import { Standing } from './standing.tsx';
import type { ViewProps } from './view-props.ts';

export function Conversation(props: ViewProps) {
  const { chat, state, speech } = props;
  const [dropping, setDropping] = useState(false);
  const mayDrop = state.phase !== 'ended';
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setDropping(false);
    for (const file of event.dataTransfer?.files ?? []) void sayFile(chat, file);
  };
  const over = (event: DragEvent) => {
    if (!mayDrop || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    setDropping(true);
  };
  return (
    <main
      class="conversation"
      onDragOver={over}
      onDragLeave={({ relatedTarget }) => relatedTarget === null && setDropping(false)}
      onDrop={drop}
    >
      {state.link === 'offline' && state.phase !== 'ended' && (
        <p class="banner" role="status">
          {speech.say('link.offline')}
        </p>
      )}
      <Log {...props} />
      <Standing {...props} />
      {state.phase === 'ended' ? <Ended {...props} /> : <Composer {...props} />}
      {dropping && (
        <div class="drop" aria-hidden="true">
          {speech.say('file.drop')}
        </div>
      )}
    </main>
  );
}
