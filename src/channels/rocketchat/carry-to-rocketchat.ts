// Brings assignments, messages and closings to Rocket.Chat, and reads what it told us.
import { mirrorDeliveries } from '../../contract/channel-kinds.ts';
import type { Carrier } from '../../delivery/carrier.ts';
import { applyNews } from './apply-news.ts';
import { carryAssignment } from './carry-assignment.ts';
import { carryClosing } from './carry-closing.ts';
import { carryHandover } from './carry-handover.ts';
import { carryMessages } from './carry-messages.ts';
import type { MirrorMeans } from './mirror-means.ts';

const carriers: Readonly<
  Record<string, (means: MirrorMeans, delivery: Parameters<Carrier>[0]) => ReturnType<Carrier>>
> = {
  [mirrorDeliveries.assigned]: carryAssignment,
  [mirrorDeliveries.handover]: carryHandover,
  [mirrorDeliveries.said]: carryMessages,
  [mirrorDeliveries.closed]: carryClosing,
  [mirrorDeliveries.news]: applyNews,
};

/** `meansOf` answers null for a channel that is gone or has no credentials. */
export function carryToRocketChat(meansOf: (channelId: string) => MirrorMeans | null): Carrier {
  return async (delivery) => {
    const means = meansOf(delivery.subscriberId);
    const carry = carriers[delivery.type];
    if (means === null) return { state: 'failed', result: 'the channel is gone' };
    if (carry === undefined) {
      return { state: 'failed', result: `Rocket.Chat takes no ${delivery.type}` };
    }
    return carry(means, delivery);
  };
}
