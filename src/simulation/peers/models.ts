// The models by the names that a scenario gives them.
import type { PeerName } from '../../contract/scenario.ts';
import { makeStreams } from '../random.ts';
import { makeChatwoot, makeChatwootPolicies } from './chatwoot.ts';
import { makeLibredesk } from './libredesk.ts';
import type { Peer } from './peer.ts';
import { makeFastestFirst, makeFewestLifetimeChats, makeRandom } from './plain.ts';
import { makeRocketChat } from './rocketchat.ts';

/** A new one for each run. `seed`: of the scenario; what a model draws is apart from what the customers draw. */
export const models: Record<PeerName, (seed: number) => Peer> = {
  chatwoot: makeChatwoot,
  'chatwoot-policies': makeChatwootPolicies,
  rocketchat: makeRocketChat,
  libredesk: makeLibredesk,
  'fewest-lifetime-chats': makeFewestLifetimeChats,
  'fastest-first': makeFastestFirst,
  random: (seed) => makeRandom(makeStreams(~seed)()),
};
