// Puts what stands against an agent into a plain English sentence, for the API and the command line.
import type { Obstruction, WhyNotReason } from '../contract/why-not.ts';
import { causes, decided, nameChannel, wordReason } from './word-reason.ts';

type Of<Code extends Obstruction['code']> = Extract<Obstruction, { code: Code }>;
type Words = { [Code in Obstruction['code']]: (one: Of<Code>, name: string) => string };

const words: Words = {
  'not-online': ({ availability }, name) => `${name} is ${availability}.`,
  'not-heard-of': ({ since }, name) => `${name} has not been heard of since ${since}.`,
  'bot-not-named': (_, name) =>
    `${name} is a bot: it is given only what a plan gives it first, and nothing twice.`,
  'bot-first': (_, name) => `A bot is given it first, before ${name} or any other person.`,
  'answers-elsewhere': (_, name) => `${name} answers in a connected system, not here.`,
  'not-on-channel': ({ channelName }, name) =>
    `${name} is not known to the channel ${channelName}.`,
  'not-in-division': ({ channelName, externalChannelId }, name) =>
    `${name} does not serve the channel ${externalChannelId} of ${channelName}.`,
  'not-in-team': ({ team }, name) => `${name} is not in the team ${team}.`,
  'below-level': ({ skills }, name) => {
    const told = skills.map(({ skill, has, needs }) =>
      has === 0 ? `${skill} (level ${needs})` : `${skill} (has ${has}, needs ${needs})`,
    );
    return `${name} lacks skills that it needs: ${told.join(', ')}.`;
  },
  'fits-later': ({ plan, step, at }, name) =>
    `From step ${step} of the plan “${plan}” on, at ${at}, it asks for no more than the team and skills of ${name}.`,
  'fits-at-no-step': ({ plan }, name) =>
    `No later step of the plan “${plan}” asks for the team and skills of ${name}.`,
  excluded: ({ cause, until }, name) =>
    `${name} is not asked${until === null ? ' for now' : ` until ${until}`}: ${causes[cause] ?? cause}.`,
  'asked-before': ({ cause }, name) =>
    `${name} was asked before: ${causes[cause] ?? cause}. Others are asked first.`,
  'no-room': ({ held, heldOutside, capacity, weight, wrappingUp, wrapUpEndsAt }, name) => {
    const outside = heldOutside === 0 ? '' : `, ${heldOutside} of it outside`;
    const wraps =
      wrapUpEndsAt === null
        ? ''
        : `, ${wrappingUp} of it in wrap-up until ${wrapUpEndsAt} at the latest`;
    return `${name} has no room: ${held} of ${capacity} in use${outside}${wraps}, and it takes ${weight}.`;
  },
  'at-limit': ({ channel, held, most, weight }, name) =>
    `${name} is at the limit: ${held} of ${most} of ${nameChannel(channel)} in use, and it takes ${weight}.`,
  paced: ({ until }, name) =>
    `${name} was given one a moment ago, and may be given the next at ${until}.`,
  'others-before': ({ count }, name) =>
    `${count === 1 ? '1 conversation stands' : `${count} conversations stand`} before it that ${name} could be given.`,
  'goes-to': ({ agentName, decidedBy }, name) =>
    decidedBy === 'only-candidate'
      ? `The next routing pass gives it to ${agentName}; what stands before it takes the room of ${name}.`
      : `The next routing pass gives it to ${agentName}, not to ${name}: ${decided[decidedBy]}.`,
  'goes-to-them': (_, name) => `The next routing pass gives it to ${name}.`,
  'has-it': ({ since }, name) => `${name} has it, since ${since}.`,
  'had-it-last': ({ until }, name) =>
    `${name} had it last${until === null ? '' : `, until ${until}`}.`,
  'was-second': ({ own, chosen, decidedBy }) =>
    `${own.agentName} came second to ${chosen.agentName}: ${decided[decidedBy]} (${percent(own.loadShare)} in use and idle for ${own.idleSeconds} s, against ${percent(chosen.loadShare)} and ${chosen.idleSeconds} s).`,
  'could-not-then': ({ chosenName }, name) =>
    `${name} could not take it when ${chosenName} was given it. The record does not say what stood against whom.`,
  'was-not-first': ({ chosenName, secondName }, name) =>
    `${name} either could not take it or came after ${chosenName}${secondName === null ? '' : ` and ${secondName}`}. The record names the first two only.`,
};

/** `name`: of the agent. */
export function wordWhyNot(reason: WhyNotReason, name: string): string {
  if (!Object.hasOwn(words, reason.code))
    return wordReason(reason as Exclude<WhyNotReason, Obstruction>);
  return words[reason.code as Obstruction['code']](reason as never, name);
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
