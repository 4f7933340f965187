// Connections that are cut, held up, slowed down and refused: to the database, and to receivers.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Random } from '../make-random.ts';
import type { TcpProxy } from '../open-proxy.ts';
import type { Round } from '../world.ts';
import { ALWAYS, pickFree, type Strike, strikeAll } from './strike.ts';

/** How long each lasts at least, and at most. */
const STALLED_MS = [100, 6000] as const;
const AWAY_MS = [100, 3000] as const;
const SLOW_MS = [500, 4000] as const;
const LATE_MS = [2, 40] as const;

type Ends = readonly { line: TcpProxy; isStruck: boolean }[];

interface Way {
  name: string;
  share: number;
  act(line: TcpProxy, random: Random): Promise<void>;
}

const ways: Way[] = [
  { name: 'cut', share: 8, act: async (line) => line.cut() },
  {
    ...{ name: 'stalled', share: 6 },
    act: async (line, random) => {
      line.stall();
      await sleep(random.between(...STALLED_MS));
      // What was on its way arrives late, or never.
      if (random.chance(0.5)) line.cut();
      await line.recover();
    },
  },
  {
    ...{ name: 'slow', share: 5 },
    act: async (line, random) => {
      line.slowDown(random.between(...LATE_MS));
      await sleep(random.between(...SLOW_MS));
      await line.recover();
    },
  },
  {
    ...{ name: 'refused', share: 5 },
    act: async (line, random) => {
      await line.goDown();
      await sleep(random.between(...AWAY_MS));
      await line.recover();
    },
  },
];

const strikesOn = (
  end: string,
  endsOf: (round: Round) => Ends,
  more: Pick<Strike, 'blurs'>,
): Strike[] =>
  ways.map(({ name, share, act }) => ({
    ...{ name: `line to ${end} ${name}`, share, missing: ALWAYS, ...more },
    begin: (round, random) => {
      const struck = pickFree(endsOf(round), random);
      return strikeAll(struck, async () => {
        for (const { line } of struck) await act(line, random);
      });
    },
  }));

export const lineStrikes: Strike[] = [
  ...strikesOn('database', ({ nodes }) => nodes, { blurs: true }),
  ...strikesOn('receiver', ({ receivers }) => receivers, {}),
];
