// The words of the rules, plans and calendars in Portuguese.
import type { RoutingWords } from './routing-en.ts';

export const routingPtBr: RoutingWords = {
  'routing.boostHint': 'Conta como se a conversa tivesse chegado tantos segundos antes.',
};
