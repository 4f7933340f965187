// What agents were given and offered: the report, with what ends an offer in the words of the router.
import { refusals } from '../routing/exclusions.ts';
import { type AgentHeld, readHeldOfDay } from '../store/agent-day.ts';
import type { Keyed, SideGroup } from '../store/agent-report.ts';
import { type OfferFigures, readOffers } from '../store/offer-report.ts';
import type { StatusSpan } from '../store/status-stretches.ts';
import type { Desk } from './context.ts';

export function reportOffers(
  { db }: Pick<Desk, 'db'>,
  by: SideGroup,
  span: StatusSpan,
): Promise<Keyed<OfferFigures>[]> {
  return readOffers(db, { by, ended: refusals }, span);
}

/** What one agent held and was offered, in order of time. */
export function reportHeld(
  { db }: Pick<Desk, 'db'>,
  asked: Parameters<typeof readHeldOfDay>[2],
): Promise<AgentHeld[]> {
  return readHeldOfDay(db, refusals, asked);
}
