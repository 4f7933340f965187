// The words of the rules, plans and calendars in Indonesian.
import type { RoutingWords } from './routing-en.ts';

export const routingId: RoutingWords = {
  'routing.boostHint': 'Urutannya seolah percakapan datang sekian detik lebih awal.',
};
