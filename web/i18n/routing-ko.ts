// The words of the rules, plans and calendars in Korean.
import type { RoutingWords } from './routing-en.ts';

export const routingKo: RoutingWords = {
  'routing.boostHint': '상담이 그만큼의 초 전에 온 것처럼 순서를 매깁니다.',
};
