// When a simulation waits for the server, and for how long.
import { EventEmitter } from 'node:events';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  countTraffic,
  LOOK_AGAIN_MS,
  MOST_WAIT_A_RUN,
  MOST_WAIT_MS,
  makeGiveWay,
  watchPools,
} from './traffic.ts';

function openRun() {
  const traffic = countTraffic();
  const time = { now: 0, slept: 0 };
  /** Called when the thread wakes. */
  let woken = (): void => undefined;
  const giveWay = makeGiveWay(traffic.shared, {
    now: () => time.now,
    sleep: (ms) => {
      time.now += ms;
      time.slept += ms;
      woken();
    },
  });
  const run = (ms: number) => {
    time.now += ms;
    giveWay();
  };
  const onWake = (does: () => void) => {
    woken = does;
  };
  return { traffic, time, run, onWake };
}

test('a run waits for nothing while the server does nothing', () => {
  const { time, run } = openRun();
  for (let nth = 0; nth < 100; nth += 1) run(1);
  expect(time.slept).toBe(0);
});

test('a run goes on once the server is done', () => {
  const { traffic, time, run, onWake } = openRun();
  run(50);
  traffic.begin();
  onWake(() => time.slept >= 20 && traffic.end());
  run(1);
  expect(time.slept).toBe(20);
  run(1);
  expect(time.slept).toBe(20);
});

test('a run stays aside between two statements of one request', () => {
  const { traffic, time, run, onWake } = openRun();
  run(50);
  const { begin, end } = traffic;
  begin();
  end();
  onWake(() => {
    if (time.slept > 3 * LOOK_AGAIN_MS) return;
    begin();
    end();
  });
  run(1);
  expect(time.slept).toBe(4 * LOOK_AGAIN_MS);
});

test('however busy the server is, a run waits so many times as long as it ran, and no more', () => {
  const steps = fc.array(fc.tuple(fc.double({ min: 0.1, max: 30, noNaN: true }), fc.boolean()));
  fc.assert(
    fc.property(steps, (all) => {
      const { traffic, time, run } = openRun();
      let ran = 0;
      let isBusy = false;
      for (const [ms, busy] of all) {
        if (busy !== isBusy) traffic[busy ? 'begin' : 'end']();
        isBusy = busy;
        const before = time.slept;
        run(ms);
        ran += ms;
        expect(time.slept - before).toBeLessThanOrEqual(MOST_WAIT_MS + LOOK_AGAIN_MS);
        // It may look once more at what was begun before.
        if (!busy) expect(time.slept - before).toBeLessThanOrEqual(LOOK_AGAIN_MS);
      }
      expect(time.slept).toBeLessThanOrEqual(ran * MOST_WAIT_A_RUN + LOOK_AGAIN_MS);
    }),
  );
});

test('a connection in use counts as traffic until it is given back', () => {
  const pools = [new EventEmitter(), new EventEmitter()];
  const open = new Int32Array(watchPools(pools).shared);
  pools[0]?.emit('acquire');
  pools[1]?.emit('acquire');
  expect(open[0]).toBe(2);
  pools[1]?.emit('release');
  pools[0]?.emit('release');
  expect(open[0]).toBe(0);
});
