// The words of the re-balance, and of fairness in the reports.

export const balanceEn = {
  'balance.after': 'After',
  'balance.agentLoad': 'Load of each agent',
  'balance.again': 'Look again',
  'balance.apply': 'Move {{count}}',
  'balance.applying': 'All of them, or none if something has changed.',
  'balance.before': 'Before',
  'balance.changed':
    'Something has changed since this plan was made, so nothing was moved. Below is a new plan.',
  'balance.contact': 'Contact',
  'balance.even': 'Everybody’s share is even',
  'balance.evenText':
    'No move would make it more even. Only conversations move that Usher gave, that nobody has answered since, and that are answered here.',
  'balance.everybody': 'All teams',
  'balance.from': 'From',
  'balance.highest': 'Highest share',
  'balance.jain': 'Jain’s index',
  'balance.jainText': '1: all have the same share',
  'balance.left': 'Stay where they are: {{count}}',
  'balance.left.cannot-give': 'their agent is away: {{count}}',
  'balance.left.cannot-take': 'the agent before is away, or may not have them: {{count}}',
  'balance.left.no-room': 'the agent before has no room: {{count}}',
  'balance.left.not-movable': 'answered, closed or moved since: {{count}}',
  'balance.lowest': 'Lowest share',
  'balance.more': 'Further moves would make it more even. Apply these first, then look again.',
  'balance.moved': 'Moved {{count}}. The highest share is {{highest}} now, the lowest {{lowest}}.',
  'balance.moves': 'Moves',
  'balance.movesText': 'The fewest that make the shares as even as they can be.',
  'balance.nobody': 'Nobody is online',
  'balance.nobodyText': 'Load is shared among the agents who are online and have a capacity.',
  'balance.open': 'Re-balance',
  'balance.proposed':
    'The load is uneven: from {{lowest}} to {{highest}}. By {{count}} moves it would be from {{newLowest}} to {{newHighest}}.',
  'balance.proposedWhy':
    'Shown when a re-balance narrows this gap by at least {{gap}} percentage points.',
  'balance.show': 'Show the moves',
  'balance.team': 'Team',
  'balance.text':
    'Conversations that nobody has answered yet move to agents with more room. You see all of it before anything moves.',
  'balance.title': 'Re-balance',
  'balance.to': 'To',
  'balance.undo': 'Undo',
  'balance.undone': 'Back with the agents before: {{count}}.',
  'balance.why': 'Why',
  'fairness.agents': 'Agents online',
  'fairness.given': 'Given, lowest – highest',
  'fairness.givenJain': 'Given, Jain’s index',
  'fairness.load': 'Load, lowest – highest',
  'fairness.loadJain': 'Load, Jain’s index',
  'fairness.spread': '{{lowest}} – {{highest}}',
  'fairness.text':
    'How evenly work was spread over the agents who were online that day. Jain’s index is 1 if all have the same, and 1/n if one of n has everything. Load is what an agent held on average while online. Given is how many conversations an agent got: fewer for whoever was online for less of the day.',
  'fairness.title': 'Fairness',
};

export type BalanceWords = Record<keyof typeof balanceEn, string>;
