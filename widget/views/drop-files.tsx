// Takes files that are dropped on it, and shows that it would.
import type { ComponentChildren } from 'preact';
import { useRef, useState } from 'preact/hooks';
import { sayFile } from '../chat/say.ts';
import type { ViewProps } from './view-props.ts';

export function DropFiles(
  props: ViewProps & { may: boolean; onInput?: () => void; children: ComponentChildren },
) {
  const { chat, speech, may, onInput, children } = props;
  const [dropping, setDropping] = useState(false);
  const box = useRef<HTMLElement>(null);
  const drop = (event: DragEvent) => {
    // Otherwise the browser leaves the chat and shows the file.
    event.preventDefault();
    setDropping(false);
    if (!may) return;
    for (const file of event.dataTransfer?.files ?? []) void sayFile(chat, file);
  };
  const over = (event: DragEvent) => {
    if (!event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    if (may) setDropping(true);
    else event.dataTransfer.dropEffect = 'none';
  };
  const leave = ({ relatedTarget }: DragEvent) => {
    if (!(relatedTarget instanceof Node && box.current?.contains(relatedTarget))) {
      setDropping(false);
    }
  };
  return (
    <main
      ref={box}
      class="conversation"
      onInput={onInput}
      onDragOver={over}
      onDragLeave={leave}
      onDrop={drop}
    >
      {children}
      {dropping && (
        <div class="drop" aria-hidden="true">
          {speech.say('file.drop')}
        </div>
      )}
    </main>
  );
}
