// Does what a person does at a screen, counts it, and says how long it takes somebody who has never seen it: by the keystroke-level model.
//
// The times are those of Card, Moran and Newell (1980, https://doi.org/10.1145/358886.358895): K for an average
// non-secretary typist, P for pointing with a mouse, H for a hand that changes between keyboard and mouse, M for making
// up one's mind. A newcomer also reads what is new, by M once more for every step (R here is reading, not response).
// How long the machine takes is measured beside it and is not part of the estimate.
import type { Locator, Page } from 'playwright-core';

const SECONDS = { K: 0.28, P: 1.1, B: 0.2, H: 0.4, M: 1.35, R: 1.35 } as const;
type Operator = keyof typeof SECONDS;

export interface HumanAtScreen {
  /** Looks for it, and clicks. */
  click(what: Locator, why: string): Promise<void>;
  /** Types into what has the focus. */
  type(text: string, why: string): Promise<void>;
  /** One key, such as Tab or Enter. */
  press(key: string, why: string): Promise<void>;
  seconds(): number;
  /** A line a step, and the sums. */
  report(): string;
}

export function sitDown(page: Page): HumanAtScreen {
  const steps: { why: string; done: Operator[] }[] = [];
  let hand: 'keyboard' | 'mouse' = 'mouse';
  const reach = (to: typeof hand): Operator[] => {
    const moves = hand !== to;
    hand = to;
    return moves ? ['H'] : [];
  };
  const note = (why: string, ...done: Operator[]): void => {
    steps.push({ why, done });
  };
  const secondsOf = (done: readonly Operator[]) => done.reduce((sum, one) => sum + SECONDS[one], 0);
  const all = () => steps.flatMap(({ done }) => done);
  return {
    click: async (what, why) => {
      note(why, 'R', 'M', ...reach('mouse'), 'P', 'B');
      await what.click();
    },
    type: async (text, why) => {
      const keys = [...text].map((): Operator => 'K');
      note(why, 'R', 'M', ...reach('keyboard'), ...keys);
      await page.keyboard.type(text);
    },
    press: async (key, why) => {
      note(why, ...reach('keyboard'), 'K');
      await page.keyboard.press(key);
    },
    seconds: () => secondsOf(all()),
    report: () => {
      const count = (wanted: Operator) => all().filter((one) => one === wanted).length;
      const lines = steps.map(
        ({ why, done }) => `  ${secondsOf(done).toFixed(1).padStart(5)} s  ${why}`,
      );
      const sums = `${count('B')} clicks, ${count('K')} keys, ${count('M')} decisions`;
      return [...lines, `  ${secondsOf(all()).toFixed(1).padStart(5)} s  in all: ${sums}`].join(
        '\n',
      );
    },
  };
}
