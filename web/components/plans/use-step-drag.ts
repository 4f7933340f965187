// The beginning of a step is pulled along the line with a pointer: shown at once, written when it is let go.
import type { PointerEvent } from 'react';
import type { Step } from '../../../src/contract/policy/plan.ts';
import { useDrag } from '../../ui/use-drag.ts';
import { rangeOf, roundSeconds } from './edit-steps.ts';
import { timeAt } from './read-timeline.ts';

interface Drag {
  place: number;
  after: number;
  /** As the line was when it was taken: it does not move meanwhile. */
  marks: { position: number; at: number }[];
  isUpright: boolean;
  begun: number;
  moved: number;
}

export function useStepDrag(
  steps: readonly Step[],
  onMove: (place: number, after: number) => void,
) {
  const { shown, read, write } = useDrag<Drag>();
  const along = (event: PointerEvent, isUpright: boolean) =>
    isUpright ? event.clientY : event.clientX;
  const grip = (place: number) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const line = event.currentTarget.closest('ol');
      if (event.button !== 0 || line === null) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const isUpright = getComputedStyle(line).flexDirection === 'column';
      const marks = [...line.querySelectorAll<HTMLElement>('[data-at]')].map((mark) => {
        const { left, top } = mark.getBoundingClientRect();
        return { position: isUpright ? top : left, at: Number(mark.dataset.at) };
      });
      const begun = along(event, isUpright);
      write({ place, after: steps[place]?.after ?? 0, marks, isUpright, begun, moved: 0 });
    },
    onPointerMove: (event: PointerEvent) => {
      const drag = read();
      if (drag?.place !== place) return;
      const moved = along(event, drag.isUpright) - drag.begun;
      const from = drag.marks.find(({ at }) => at === steps[place]?.after)?.position ?? 0;
      const { least, most } = rangeOf(steps, place);
      const time = roundSeconds(timeAt(drag.marks, from + moved));
      write({ ...drag, moved, after: Math.max(least, Math.min(time, most)) });
    },
    onPointerUp: () => {
      const drag = read();
      write(null);
      if (drag !== null && drag.moved !== 0 && drag.after !== steps[place]?.after) {
        onMove(place, drag.after);
      }
    },
    onPointerCancel: () => write(null),
  });
  const translate = shown?.isUpright ? `0 ${shown.moved}px` : `${shown?.moved ?? 0}px 0`;
  return { preview: shown, translate, grip };
}
