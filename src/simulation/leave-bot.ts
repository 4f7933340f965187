// A bot has ended a conversation, or people get it: it stands in line at its old rank, and what the bot held it was no waiting.
import type { BotHeld, Centre, Customer } from './centre.ts';
import { release } from './give.ts';
import { end } from './stand-in-line.ts';
import { comeToLine } from './take-in.ts';

export function leaveBot(
  centre: Centre,
  customer: Customer,
  { to, weight, since, talk }: BotHeld,
): void {
  const { work, now } = centre;
  const { nth, source, entered } = customer;
  const isCounted = nth >= source.uncounted;
  const held = now - since;
  centre.unanswered -= 1;
  if (talk.what === 'ends') {
    work.leave(to, { what: 'ended', isCounted });
    end(centre, customer, 'bot');
  } else {
    work.leave(to, { what: talk.what === 'is-silent' ? 'silent' : 'handedOver', isCounted });
    customer.heldMs += held;
    if (customer.leavesAt !== null) customer.leavesAt += held;
    if (entered !== null) customer.entered = { ...entered, since: entered.since + held };
    comeToLine(centre, customer);
  }
  release(centre, to, weight);
}
