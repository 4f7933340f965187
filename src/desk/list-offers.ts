// What an agent is asked to accept, why they are asked, and what they have missed of late.
import { displayName } from '../contract/display-name.ts';
import {
  MISSED_TOLD_SECONDS,
  type MissedOffer,
  type Offer,
  type Offers,
} from '../contract/offers.ts';
import { refusals } from '../routing/exclusions.ts';
import type { Because } from '../routing/types.ts';
import { wordReason } from '../routing/word-reason.ts';
import { listMissedOffers, listStandingOffers, type OfferRow } from '../store/offers.ts';
import type { Desk } from './context.ts';
import { reasonsOf } from './explain-conversation.ts';

export async function listOffers(
  { db }: Pick<Desk, 'db'>,
  key: { workspaceId: string; agentId: string },
): Promise<Offers> {
  const { missed } = refusals;
  const [standing, past] = await Promise.all([
    listStandingOffers(db, key),
    listMissedOffers(db, { ...key, missed, withinSeconds: MISSED_TOLD_SECONDS }),
  ]);
  // They are read a moment apart: what is missed by then stands no more.
  const over = new Set(past.map(({ assignmentId }) => assignmentId));
  const items = standing.filter(({ assignmentId }) => !over.has(assignmentId));
  return { items: items.map(toOffer), missed: past.map(toMissed) };
}

function toOffer(row: OfferRow): Offer {
  const reasons = reasonsOf(row, row.because as Because | null);
  const { priority, plan, firstMessage } = row;
  return {
    ...about(row),
    ...{ priority, plan, firstMessage, reasons },
    queuedAt: row.queuedAt.toISOString(),
    offeredAt: row.assignedAt.toISOString(),
    offeredUntil: (row.offeredUntil as Date).toISOString(),
    explanation: reasons.map(wordReason),
  };
}

function toMissed(row: OfferRow): MissedOffer {
  return {
    ...about(row),
    offeredAt: row.assignedAt.toISOString(),
    missedAt: (row.endedAt as Date).toISOString(),
  };
}

function about(row: OfferRow) {
  const [name, email, phone] = [row.contactName, row.contactEmail, row.contactPhone];
  const externalId = row.contactExternalId;
  const { assignmentId, conversationId, channelId, channelKind, channelName } = row;
  return {
    ...{ assignmentId, conversationId, channelId, channelKind, channelName },
    contact: {
      ...{ id: row.contactId, externalId, name, email, phone },
      displayName: displayName({ name, email, phone, externalId }),
      avatarUrl: row.contactAvatarUrl,
      verified: row.contactVerified,
    },
  };
}
