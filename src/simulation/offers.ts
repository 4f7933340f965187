// What agents do with what they are offered: how soon and how they answer, how many they miss in a row, and when they are back.
import type { OfferAnswers, Scenario } from '../contract/scenario.ts';
import type { Instant } from '../routing/types.ts';
import type { SimulatedAgent } from './agents.ts';
import { type Draw, makeDraw } from './draw.ts';
import { makeStreams, type Stream } from './random.ts';

export type Answer = 'accepted' | 'declined' | 'missed';

export interface Offers {
  /** How this agent answers, and how many milliseconds after being asked, if there were no end to the time. */
  draw(agent: number): { answer: Answer; ms: number };
  /** Of an offer that was made at this moment. Any answer begins the count of missed ones again. */
  answered(agent: number, offeredAt: Instant): void;
  /** Answers how many in a row there are now. */
  missed(agent: number, offeredAt: Instant): number;
  /** Milliseconds after which the agent, who becomes away now, is back. */
  goes(agent: number, now: Instant): number;
  /** By a shift, or after a while. */
  comes(agent: number, now: Instant): void;
  /** null: by missed offers the agent is not away. */
  awaySince(agent: number): Instant | null;
}

/** Shorter than the shortest time that a plan gives, so that nobody misses an offer who is not said to. */
const ANSWER_AFTER = { fixed: 4 };
const BACK_AFTER_SECONDS = 300;
const SECOND = 1000;

/** Apart from what the customers draw, so that the same ones come whatever agents answer. */
const APART = 2 ** 31;

/** `agents`: in the order of their ids. */
export function makeOffers(
  { seed = 1, agents: entries }: Scenario,
  agents: readonly SimulatedAgent[],
): Offers {
  const streams = makeStreams(seed + APART);
  for (const agent of agents) agent.offers = { made: 0, declined: 0, missed: 0, withdrawn: 0 };
  const models = new Map(entries.map(({ name, offers }) => [name, makeModel(offers, streams())]));
  const records = agents.map(({ name, since }) => makeRecord(models.get(name) as Model, since));
  const of = (agent: number) => records[agent] as Own;
  return {
    draw: (agent) => of(agent).model.draw(),
    answered: (agent, offeredAt) => {
      const record = of(agent);
      record.answeredAt = Math.max(record.answeredAt, offeredAt);
    },
    missed: (agent, offeredAt) => {
      const record = of(agent);
      const { answeredAt, cameAt } = record;
      const before = record.missed.filter((at) => at > answeredAt && at >= cameAt);
      record.missed = [...before, offeredAt];
      return record.missed.length;
    },
    goes: (agent, now) => {
      of(agent).awaySince = now;
      return of(agent).model.backAfterMs;
    },
    comes: (agent, now) => {
      Object.assign(of(agent), { awaySince: null, cameAt: now });
    },
    awaySince: (agent) => of(agent).awaySince,
  };
}

interface Model {
  draw(): { answer: Answer; ms: number };
  backAfterMs: number;
}

function makeModel(offers: OfferAnswers = {}, stream: Stream): Model {
  const { answerAfter = ANSWER_AFTER, declined = 0, missed = 0 } = offers;
  const { backAfter = BACK_AFTER_SECONDS } = offers;
  const after: Draw = makeDraw(answerAfter, stream);
  const draw = () => {
    const ms = after();
    const chance = stream();
    if (chance < declined) return { answer: 'declined' as const, ms };
    const answer: Answer = chance < declined + missed ? 'missed' : 'accepted';
    return { answer, ms };
  };
  return { draw, backAfterMs: backAfter * SECOND };
}

interface Own {
  model: Model;
  /** Those in a row, by when they were made. */
  missed: Instant[];
  /** When the last offer was made that was answered. */
  answeredAt: Instant;
  cameAt: Instant;
  awaySince: Instant | null;
}

function makeRecord(model: Model, cameAt: Instant): Own {
  return { model, missed: [], answeredAt: Number.NEGATIVE_INFINITY, cameAt, awaySince: null };
}
