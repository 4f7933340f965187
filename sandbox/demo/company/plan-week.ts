// When last week's customers came, how long they waited and were served, and what they gave: a working company's week.

export interface PastVisit {
  beganAt: Date;
  waitSeconds: number;
  handlingSeconds: number;
  /** null: not rated, as most are not. */
  score: number | null;
}

const HOUR_MS = 3_600_000;
const DAYS = 7;
/** From Sunday on. */
const PER_DAY = [30, 72, 66, 62, 64, 68, 42];
const OPENS_AT = 7;
/** Of each hour from the opening on: two peaks, and a quiet evening. */
const BUSY = [2, 4, 7, 9, 9, 7, 5, 7, 9, 8, 6, 4, 3, 2, 1];
/** The demonstration is open at any hour, so that there is always something to see. */
const LATELY = { hours: 4, atLeast: 14 };
/** What is open now is the demonstration's own. */
const ENDED_BEFORE_MS = 120_000;
const RATED = 0.4;
/** Up to which share a rated visit gets 5, 4, 3, 2; the rest 1. */
const SCORES = [0.62, 0.86, 0.94, 0.98] as const;

/** In the order in which they came. `random`: from 0 to below 1. */
export function planWeek(now: Date, random: () => number): PastVisit[] {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const visits: PastVisit[] = [];
  for (let back = DAYS; back >= 0; back -= 1) {
    const day = new Date(midnight);
    day.setDate(day.getDate() - back);
    const count = PER_DAY[day.getDay()] ?? 0;
    for (let n = 0; n < count; n += 1) {
      const at = hourOf((n + random()) / count);
      visits.push(visit(new Date(day.getTime() + at * HOUR_MS), random));
    }
  }
  const isOfTheWeek = ({ beganAt }: PastVisit) =>
    beganAt.getTime() >= now.getTime() - DAYS * 24 * HOUR_MS;
  const week = visits.filter((one) => isOfTheWeek(one) && isOver(one, now));
  const since = now.getTime() - LATELY.hours * HOUR_MS;
  const lately = week.filter(({ beganAt }) => beganAt.getTime() >= since).length;
  for (let n = lately; n < LATELY.atLeast; n += 1) {
    const beganAt = new Date(since + random() * (LATELY.hours - 1) * HOUR_MS);
    week.push(visit(beganAt, random));
  }
  return week.sort((a, b) => a.beganAt.getTime() - b.beganAt.getTime());
}

function isOver({ beganAt, waitSeconds, handlingSeconds }: PastVisit, now: Date): boolean {
  const endedAt = beganAt.getTime() + (waitSeconds + handlingSeconds) * 1000;
  return endedAt < now.getTime() - ENDED_BEFORE_MS;
}

/** The hour of the day by which this share of its customers has come. */
function hourOf(share: number): number {
  let left = share * BUSY.reduce((sum, one) => sum + one, 0);
  const at = BUSY.findIndex((one) => {
    left -= one;
    return left < 0;
  });
  const within = 1 + left / (BUSY[at] ?? 1);
  return OPENS_AT + at + within;
}

function visit(beganAt: Date, random: () => number): PastVisit {
  const isPeak = [9, 10, 11, 14, 15, 16].includes(beganAt.getHours());
  return {
    beganAt,
    waitSeconds: scatter(isPeak ? 34 : 16, { spread: 0.9, from: 2, to: 900, random }),
    handlingSeconds: scatter(340, { spread: 0.6, from: 70, to: 2400, random }),
    score: random() < RATED ? scoreOf(random()) : null,
  };
}

function scoreOf(share: number): number {
  const at = SCORES.findIndex((upTo) => share < upTo);
  return at === -1 ? 1 : 5 - at;
}

/** Near the median, and now and then far above it, as people's times are distributed. */
function scatter(
  middle: number,
  { spread, from, to, random }: { spread: number; from: number; to: number; random: () => number },
): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Math.min(to, Math.max(from, middle * Math.exp(spread * normal)));
}
