// What bots, agents and contacts do by chance while a conversation is held: how a bot ends it, and who says nothing any more.
import type { BotHabits, Scenario, ScenarioAgents } from '../contract/scenario.ts';
import type { SimulatedAgent } from './agents.ts';
import { type Draw, makeDraw } from './draw.ts';
import { makeStreams, type Stream } from './random.ts';

export interface BotTalk {
  what: 'ends' | 'hands-over' | 'is-silent';
  /** How long it talks, unless it is silent. */
  ms: number;
}

export interface Habits {
  /** Of a bot: what becomes of the next conversation. */
  talk(agent: number): BotTalk;
  /** Whether the contact gets no answer. */
  isUnanswered(agent: number): boolean;
}

/** Apart from what customers and offers draw, so that the same ones come. */
const APART = 2 ** 30;

/** `agents`: in the order of their ids. */
export function makeHabits(
  { seed = 1, agents: entries }: Scenario,
  agents: readonly SimulatedAgent[],
): Habits {
  const streams = makeStreams(seed + APART);
  const models = new Map(entries.map((entry) => [entry.name, makeModel(entry, streams())]));
  const of = (agent: number) => models.get(agents[agent]?.name ?? '') as Model;
  return {
    talk: (agent) => (of(agent).talk as () => BotTalk)(),
    isUnanswered: (agent) => of(agent).isUnanswered(),
  };
}

interface Model {
  /** null: a person. */
  talk: (() => BotTalk) | null;
  isUnanswered: () => boolean;
}

function makeModel({ bot, unanswered = 0 }: ScenarioAgents, stream: Stream): Model {
  return {
    talk: bot === undefined ? null : makeTalk(bot, stream),
    isUnanswered: () => unanswered > 0 && stream() < unanswered,
  };
}

function makeTalk({ talk, ends = 0, silent = 0 }: BotHabits, stream: Stream): () => BotTalk {
  const lasts: Draw = makeDraw(talk, stream);
  return () => {
    const ms = lasts();
    const chance = stream();
    if (chance < silent) return { what: 'is-silent', ms };
    return { what: chance < silent + ends ? 'ends' : 'hands-over', ms };
  };
}
