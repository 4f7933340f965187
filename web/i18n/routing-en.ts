// The words of the rules, plans and calendars in English: fetched with the page that shows them.

export const routingEn = {
  'routing.boostHint': 'The conversation ranks as if it had come so many seconds earlier.',
};
export type RoutingWords = Record<keyof typeof routingEn, string>;
