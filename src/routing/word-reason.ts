// Puts a reason into a plain English sentence, for the API, the command line and the demonstration.
import { channelKinds, isKnownKind } from '../contract/channel-kinds.ts';
import type { Operator } from '../contract/policy/rule-fields.ts';
import type { Reason } from '../contract/reasons.ts';
import type { Because, Obstacle } from './types.ts';

const removals: Record<Obstacle, string> = {
  availability: 'not online',
  lease: 'not heard of for too long',
  bot: 'left out because bots go by plans alone',
  channel: 'not serving this channel',
  team: 'not in the team',
  skills: 'without the skills',
  excluded: 'who could not take it before',
  capacity: 'with no room left',
  limit: 'at their limit for this channel',
  pace: 'given one a moment ago',
};

export const decided: Record<Because['decidedBy'], string> = {
  'only-candidate': 'nobody else could have taken it',
  bot: 'the plan gives it to the bot first',
  'load-share': 'the runner-up had more of their capacity in use',
  idle: 'the runner-up had been idle for less long',
  turn: 'it was their turn in the round',
  skill: 'the runner-up has lower levels in the skills it needs',
  'skill-ascending': 'the runner-up has higher levels in these skills, and is kept for harder ones',
  sticky: 'the contact knows them',
  id: 'all else being equal, the lower id goes first',
};

export const causes: Record<string, string> = {
  'agent-unfit': 'Qiscus did not offer them for this room',
  'agent-refused': 'Qiscus refused them',
  'agent-unknown-to-qiscus': 'Qiscus did not know them',
  'agent-unknown-there': 'the connected system did not know them',
  'refused-there': 'the connected system refused them',
  'returned-elsewhere': 'it was given back in the connected system',
  'sent-on': 'they sent it on themselves',
  'not-accepted': 'they did not accept it in time',
  declined: 'they declined it',
  'not-answered': 'they had it and did not answer',
  unknown: 'they could not take it before',
};

const comparisons: Record<Operator, string> = {
  is: 'is',
  isNot: 'is not',
  in: 'is one of',
  contains: 'contains',
  startsWith: 'begins with',
  moreThan: 'is more than',
  lessThan: 'is less than',
  exists: 'exists:',
};

const targets = { firstAnswer: 'first answer', nextAnswer: 'next answer', end: 'end' } as const;

type Words = { [Code in Reason['code']]: (reason: Extract<Reason, { code: Code }>) => string };

const words: Words = {
  chosen: ({ agentName, strategy, prefer, loadShare, idleSeconds }) =>
    `${agentName} was chosen by ${prefer === undefined ? `the strategy ${strategy}` : `the plan’s order, ${prefer.join(', ')}`}: ${percent(loadShare)} of capacity in use, idle for ${idleSeconds} s.`,
  considered: ({ considered, eligible, removed }) =>
    `${considered === 1 ? '1 agent was' : `${considered} agents were`} considered, ${eligible} could take it${listRemoved(removed)}.`,
  'runner-up': ({ agentName, loadShare, idleSeconds, decidedBy }) =>
    `Runner-up: ${agentName} (${percent(loadShare)} in use, idle for ${idleSeconds} s); ${decided[decidedBy]}.`,
  'no-runner-up': ({ decidedBy }) => `Decided because ${decided[decidedBy]}.`,
  given: ({ agentName, by, forced }) =>
    `${agentName} was given it by ${by}${forced ? ', beyond the capacity' : ''}.`,
  'taken-outside': ({ agentName, forced }) =>
    `${agentName} took it outside, in the connected system${forced ? ', beyond the capacity' : ''}.`,
  'chosen-there': ({ agentName, department, forced }) =>
    `${agentName} got it from the department ${department}, whose own routing outside chose them${forced ? ', beyond the capacity' : ''}.`,
  'handed-over': ({ channelName, department, until, alone }) => {
    const where = `It is handed over to the department ${department} of ${channelName}`;
    if (!alone)
      return `${where}; nobody there took it in time, so Usher may give it to somebody too.`;
    return `${where}, whose own routing chooses the agent${until === null ? '' : `; from ${until} on Usher may as well`}.`;
  },
  'handover-trouble': ({ channelName, text }) =>
    `${channelName} does not take it at present, and is asked again: ${text}.`,
  offered: ({ agentName, until }) =>
    `It is offered to ${agentName}, who may accept it until ${until}.`,
  balanced: ({ agentName, fromName, undone, ...shares }) => {
    const { fromBefore, fromAfter, toBefore, toAfter } = shares;
    const change = `${fromName} goes from ${percent(fromBefore)} to ${percent(fromAfter)}, ${agentName} from ${percent(toBefore)} to ${percent(toAfter)}`;
    return undone
      ? `It went back from ${fromName} to ${agentName}: the re-balance was undone.`
      : `${agentName} has it instead of ${fromName} to even out the load: ${change}, with all moves of the re-balance.`;
  },
  unconfirmed: () => 'The connected system has not confirmed the assignment yet.',
  parked: ({ agentName, by, since, until }) =>
    `It is parked with ${agentName} since ${since}, by ${by}; it comes back ${until === null ? 'when the contact writes' : `at ${until}, or when the contact writes`}.`,
  closed: ({ agentName, closeReason }) => {
    const who = agentName === null ? 'without ever having had an agent' : `with ${agentName}`;
    return `It was closed ${who} (${closeReason ?? 'closed'}).`;
  },
  'sent-to-plan': ({ by, plan }) => `${by} sent it into the plan “${plan}”.`,
  ruled: ({ rule, plan, because }) => {
    const why = because.map(({ field, operator, value, holds }) => {
      const told = `${field} ${comparisons[operator]} ${JSON.stringify(value)}`;
      return holds ? told : `not ${told}`;
    });
    const told = why.length === 0 ? '' : ` because ${why.join(', and ')}`;
    return `The rule “${rule}” gave it the plan “${plan}”${told}.`;
  },
  step: ({ plan, step, nextAt }) =>
    `It is at step ${step} of the plan “${plan}”${nextAt === null ? '' : `; it goes on at ${nextAt}`}.`,
  due: ({ target, dueAt, standing, byDue }) => {
    const is = { ahead: 'is due', soon: 'is due soon,', overdue: 'was due' }[standing];
    const line = byDue ? ' That moment is its place in line.' : '';
    return `Its ${targets[target]} ${is} at ${dueAt}.${line}`;
  },
  silent: ({ of, since, noticedAt, dueAt }) => {
    if (of === 'agent') {
      const told = noticedAt === null ? '' : `; supervisors were told at ${noticedAt}`;
      const back = dueAt === null ? '' : `; it goes back to the queue at ${dueAt}`;
      return `The contact has waited for the agent’s answer since ${since}${told}${back}.`;
    }
    const told = noticedAt === null ? '' : `; the contact was reminded at ${noticedAt}`;
    const ends = dueAt === null ? '' : `; it ends at ${dueAt}`;
    return `The contact has not written since ${since}${told}${ends}.`;
  },
  hours: ({ calendar, open, changesAt, otherwise }) => {
    if (open) return `“${calendar}” is open${changesAt === null ? '' : ` until ${changesAt}`}.`;
    const opens = changesAt === null ? '' : `, and opens at ${changesAt}`;
    return `“${calendar}” is closed${opens}; ${wordWay(otherwise)}.`;
  },
  limit: ({ plan, limit, value, met, at, otherwise }) => {
    if (limit === 'waiting') {
      return met
        ? `The plan “${plan}” was full when it had to wait: ${value} waited in it; ${wordWay(otherwise)}.`
        : `The plan “${plan}” was not full when it had to wait; ${value} may wait in it.`;
    }
    return met
      ? `It has waited for longer than the ${value} s of the plan “${plan}”; ${wordWay(otherwise)}.`
      : `It may wait until ${at} in the plan “${plan}”; after that ${wordWay(otherwise)}.`;
  },
  ending: ({ plan, endReason }) => `The plan “${plan}” ends it at this moment (${endReason}).`,
  'to-route': () => 'The rules are about to be asked which plan it goes by.',
  waits: ({ seconds, position }) =>
    `It has waited for ${seconds} s and stands at place ${position} in the queue.`,
  'waits-for': ({ agentName, until }) =>
    `It waits for ${agentName}, whom the contact knows, until ${until}, or until they cannot be reached.`,
  held: ({ until, holdReason }) => {
    const why =
      holdReason === 'recheck'
        ? 'the same room was closed a moment ago and is being looked up'
        : `its last assignment failed (${holdReason})`;
    return `It is held back ${until === null ? 'until that is settled' : `until ${until}`}: ${why}.`;
  },
  'next-pass': () =>
    'It will be given to somebody with the next routing pass, after those before it.',
  'ends-one': ({ agentName, held, capacity }) =>
    `It is released when ${agentName} (${held} of ${capacity}) ends a conversation, or when a capacity is raised.`,
  'ends-one-of': ({ agentName, channel, held, most }) =>
    `It is released when ${agentName} (${held} of ${most} of ${nameChannel(channel)}) ends one of these, or when that limit is raised.`,
  'wrap-up-ends': ({ agentName, at }) =>
    `It is released when ${agentName} is done with wrapping up, at ${at} at the latest.`,
  'pace-ends': ({ agentName, at, others }) =>
    `It is released at ${at}, when ${agentName} may be given the next one${others > 0 ? `, as ${others} others will be after that` : ''}.`,
  'comes-online': ({ agentName, others }) =>
    `It is released when ${agentName}${others > 0 ? ` or one of ${others} others` : ''} comes online.`,
  'may-be-asked-again': ({ agentName, cause, until, others }) =>
    `It is released when ${agentName}${others > 0 ? ` or one of ${others} others` : ''} may be asked again, at ${until} or when they come back: ${causes[cause] ?? cause}.`,
  'lacks-skills': ({ skills }) =>
    `Nobody else who could take it has the skills it needs (${skills.join(', ')}): give an agent the skill, or transfer it without.`,
  'nobody-could': () =>
    'Nobody could take it even if online and free: add an agent to its team or channel, or transfer it.',
};

export function wordReason(reason: Reason): string {
  return words[reason.code](reason as never);
}

/** A kind by its name; the name of a channel as it is. */
export function nameChannel(channel: string): string {
  return isKnownKind(channel) ? channelKinds[channel].name : channel;
}

const ways: Record<string, string> = {
  queue: 'it waits on as usual',
  message: 'the contact is told, and it waits',
  close: 'the contact is told, and it ends',
};

function wordWay(otherwise: string): string {
  return ways[otherwise] ?? `it goes by the plan “${otherwise.slice('plan:'.length)}”`;
}

function listRemoved(removed: Record<string, number>): string {
  const parts = Object.entries(removed).map(
    ([name, count]) => `${count} ${removals[name as Obstacle]}`,
  );
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function percent(part: number): string {
  return `${Math.round(part * 100)} %`;
}
