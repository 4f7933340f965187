// What is offered to an agent, in English: fetched once something is.

export const offersEn = {
  'conversation.offered':
    'This conversation is offered to you. Accept it or simply answer; if you decline, the next agent is asked.',
  'keys.acceptOffer': 'Accept what is offered',
  'keys.declineOffer': 'Decline what is offered',
  'offers.announce':
    '{{name}} by {{channel}} is offered to you. {{time}} to answer. {{text}} Y accepts it, D declines it.',
  'offers.away':
    'You are away because you did not answer what was offered to you. No new conversations come to you.',
  'offers.backOnline': 'Back online',
  'offers.declineWhy': 'Why do you decline it?',
  'offers.files': 'Files: {{count}}',
  'offers.hurry': '{{time}} left for {{name}}.',
  'offers.left': '{{time}} left',
  'offers.missed':
    'You did not answer in time: {{name}} by {{channel}}, offered at {{time}}. It goes to another agent.',
  'offers.missedMore':
    'You did not answer {{count}} offers in time, the last one by {{name}} at {{time}}. They go to other agents.',
  'offers.nothingYet': 'Nothing has been written yet.',
  'offers.notify': 'Offered to you, {{time}} to answer: {{text}}',
  'offers.open': 'Look at it',
  'offers.over': 'The time is over.',
  'offers.reason.busy': 'I am busy with another customer',
  'offers.reason.known': 'I know this person',
  'offers.reason.language': 'I do not speak the language',
  'offers.reason.leaving': 'I am about to leave',
  'offers.reason.none': 'Without a reason',
  'offers.reason.not-my-subject': 'It is not my subject',
  'offers.reason.other': 'Another reason…',
  'offers.reasonLabel': 'Reason',
  'offers.title': 'Offered to you',
  'offers.understood': 'Understood',
  'offers.why': 'Why you',
  'problem.conversation.not-offered': 'This conversation is not offered to you any more.',
  'problem.conversation.offer-late': 'The time to accept it is over. It goes to another agent.',
  'verb.accept': 'Accept',
  'verb.decline': 'Decline',
};
export type OffersWords = Record<keyof typeof offersEn, string>;
