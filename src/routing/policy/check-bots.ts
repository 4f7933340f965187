// What plans say of their bot: it is one, and its words are words.
import type { Plan } from '../../contract/policy/plan.ts';
import { point } from '../../contract/policy/point.ts';
import type { Findings } from './findings.ts';
import type { NamedAgent } from './policy-names.ts';

/** `plans` name agents by id; one that is not known is found at fault before. */
export function checkBots(
  plans: readonly Plan[],
  { agents, faults }: { agents: readonly NamedAgent[]; faults: Findings },
): void {
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  plans.forEach(({ name, bot }, place) => {
    if (bot === undefined) return;
    const path = point('plans', place, 'bot');
    const agent = byId.get(bot.agent);
    if (agent !== undefined && agent.kind !== 'bot') {
      faults.add(`${path}${point('agent')}`, () => ({
        code: 'bot.is-person',
        values: { plan: name, name: agent.name },
        detail: `Plan “${name}” gives to “${agent.name}” first, who is a person and no bot.`,
        remedy: 'Name an agent that was made as a bot, or leave bot out.',
      }));
    }
    bot.words?.forEach((word, nth) => {
      if (word.trim() !== '') return;
      faults.add(`${path}${point('words', nth)}`, () => ({
        code: 'bot.word-empty',
        values: { plan: name },
        detail: `A word of the bot of plan “${name}” is empty.`,
        remedy: 'Write a word or a few, or leave it out.',
      }));
    });
  });
}
