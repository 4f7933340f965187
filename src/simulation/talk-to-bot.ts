// A bot has a customer first: until it ends the conversation, hands it over, or is silent for as long as its plan allows.
import { readBotLimits } from '../contract/bot-limits.ts';
import { followBot } from '../routing/follow-bot.ts';
import type { Centre, Customer } from './centre.ts';
import type { BotTalk } from './habits.ts';

/** The bot holds it already. */
export function talkToBot(
  centre: Centre,
  customer: Customer,
  { to, weight, plan }: { to: number; weight: number; plan: string | null },
): void {
  const { work, habits, timetable, now } = centre;
  const { nth, source } = customer;
  work.give(to, { isCounted: nth >= source.uncounted });
  customer.wasHeld = true;
  centre.unanswered += 1;
  const talk = habits.talk(to);
  const at = endOf(centre, talk, plan);
  timetable.plan(at, { what: 'bot-end', customer, bot: { to, weight, since: now, talk } });
}

/** Of one that says nothing the desk's own rule says when people get it. */
function endOf({ queue, now }: Centre, { what, ms }: BotTalk, plan: string | null): number {
  if (what !== 'is-silent') return now + ms;
  const limits = readBotLimits(queue.policy.routing?.plans.get(plan ?? '')?.bot);
  return followBot({ limits, lines: [], heldAt: now }, now).nextAt ?? now;
}
