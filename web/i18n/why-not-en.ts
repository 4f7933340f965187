// The words of reasons, and of “Why not somebody else?”, in English: fetched with the panels and cards that say them.

export const whyNotEn = {
  'apart.bot': 'The plan gives it to the bot {{other}} first.',
  'apart.id': 'All else being equal, the lower id goes first.',
  'apart.idle': '{{other}} has been idle for longer.',
  'apart.load-share': '{{name}} has more of the capacity in use.',
  'apart.skill': '{{name}} has lower levels in the skills it needs.',
  'apart.skill-ascending': '{{name}} has higher levels and is kept for harder ones.',
  'apart.sticky': 'The contact knows {{other}}.',
  'apart.turn': 'It is the turn of {{other}}.',
  'because.askedAgain':
    'It is released at {{time}}, when {{name}} may be asked again, or earlier if they come back: {{why}}.',
  'because.askedAgainOthers':
    'It is released at {{time}}, when {{name}} may be asked again, or earlier if they come back: {{why}}. After that, {{others}} more.',
  'because.balanceUndone': 'It went back from {{from}} to {{to}}: the re-balance was undone.',
  'because.balanced':
    '{{to}} has it instead of {{from}}, to even out the load: {{from}} goes from {{fromBefore}} to {{fromAfter}} and {{to}} from {{toBefore}} to {{toAfter}}, with all moves of the re-balance.',
  'because.byDue': 'Its plan serves what is due first; that moment is its place in line.',
  'because.chosen':
    '{{name}} was chosen by “{{strategy}}”: {{share}} of the capacity in use, idle for {{idle}}.',
  'because.chosenByPlan':
    '{{name}} was chosen by the order of the plan ({{order}}): {{share}} of the capacity in use, idle for {{idle}}.',
  'because.chosenThere':
    '{{name}} got it from the department {{department}}, whose own routing outside chose them.',
  'because.closedWith': 'Closed with {{name}}: {{reason}}.',
  'because.closedWithout': 'Closed without ever having had an agent: {{reason}}.',
  'because.comesOnline': 'It is released when {{name}} comes online.',
  'because.comesOnlineOthers':
    'It is released when {{name}} or one of {{others}} more comes online.',
  'because.considered': 'Agents considered: {{considered}}. Could take it: {{eligible}}.',
  'because.due.ahead': '{{target}}: due at {{at}}.',
  'because.due.overdue': '{{target}}: overdue since {{at}}.',
  'because.due.soon': '{{target}}: due soon, at {{at}}.',
  'because.ending': 'The plan “{{plan}}” ends it at this moment: {{reason}}.',
  'because.endsOne':
    'It is released when {{name}} ({{held}} of {{capacity}}) ends a conversation, or when a capacity is raised.',
  'because.endsOneOf':
    'Released when {{name}} ({{held}} of {{most}} of {{channel}}) ends one of these.',
  'because.full':
    'The plan “{{plan}}” was full when it had to wait: {{count}} waited in it. Then {{way}}.',
  'because.given': '{{by}} gave it to {{name}}.',
  'because.givenForced': '{{by}} gave it to {{name}}, beyond the capacity.',
  'because.handedOver':
    'It is handed over to the department {{department}} of {{channel}}, whose own routing chooses the agent.',
  'because.handedOverLapsed':
    'It is handed over to the department {{department}} of {{channel}}. Nobody there took it in time, so Usher may give it to somebody too.',
  'because.handedOverUntil':
    'It is handed over to the department {{department}} of {{channel}}, whose own routing chooses the agent. From {{time}} on Usher may as well.',
  'because.handoverTrouble':
    '{{channel}} does not take it at present, and is asked again: {{text}}.',
  'because.held': 'It is held back until that is settled: {{why}}.',
  'because.heldUntil': 'It is held back until {{time}}: {{why}}.',
  'because.holdFailed': 'its last assignment failed ({{reason}})',
  'because.lacksSkills': 'Nobody else who could take it has the skills it needs: {{skills}}.',
  'because.mayWait': 'If it still waits at {{time}}, {{way}}.',
  'because.nextPass': 'It will be given to somebody in a moment, after the ones ahead of it.',
  'because.nobodyCould':
    'Nobody could take it even if online and free: add an agent to its team or channel, or transfer it.',
  'because.notFull':
    'The plan “{{plan}}” was not full when it had to wait. At most {{count}} wait in it.',
  'because.noticed.agent': 'Supervisors were told at {{time}}.',
  'because.noticed.contact': 'The contact was reminded at {{time}}.',
  'because.offered': 'It is offered to {{name}} until {{time}}.',
  'because.open': '“{{calendar}}” is open.',
  'because.openUntil': '“{{calendar}}” is open until {{time}}.',
  'because.paceEnds': 'Released at {{time}}, when {{name}} may be given the next one.',
  'because.parked':
    'Parked with {{name}} since {{since}}, by {{by}}. It comes back {{until}}, or as soon as the customer writes.',
  'because.parkedUntilWritten':
    'Parked with {{name}} since {{since}}, by {{by}}. It comes back as soon as the customer writes.',
  'because.recheck': 'the same room was closed a moment ago and is being looked up',
  'because.ruled': 'The rule “{{rule}}” gave it the plan “{{plan}}”: {{why}}.',
  'because.ruledAlways':
    'The rule “{{rule}}”, which has no condition, gave it the plan “{{plan}}”.',
  'because.runnerUp': 'Runner-up: {{name}}, {{share}} in use, idle for {{idle}}.',
  'because.sentToPlan': '{{by}} sent it into the plan “{{plan}}”.',
  'because.shut': '“{{calendar}}” is closed, and no opening is known: {{way}}.',
  'because.shutUntil': '“{{calendar}}” is closed until {{time}}: {{way}}.',
  'because.silenceEnds.agent': 'It goes back to the queue at {{time}}.',
  'because.silenceEnds.contact': 'It ends at {{time}}.',
  'because.silent.agent': 'The contact has waited for an answer since {{time}}.',
  'because.silent.contact': 'The contact has not written since {{time}}.',
  'because.step': 'It is at step {{step}} of the plan “{{plan}}”.',
  'because.stepUntil': 'It is at step {{step}} of the plan “{{plan}}” and goes on at {{time}}.',
  'because.takenOutside': '{{name}} took it outside, in the connected system.',
  'because.toRoute': 'The rules are about to be asked which plan it goes by.',
  'because.tooLong':
    'It has waited for longer than {{span}}, the limit of the plan “{{plan}}”: {{way}}.',
  'because.took': '{{name}} took it.',
  'because.unconfirmed': 'The connected system has not confirmed it yet.',
  'because.waits': 'It has waited for {{time}} and stands at place {{position}} in the queue.',
  'because.waitsFor':
    'It waits for {{name}}, whom the contact knows, until {{time}}, or until they cannot be reached.',
  'because.way.close': 'the customer is told, and it ends',
  'because.way.message': 'the customer is told, and it waits on',
  'because.way.plan': 'it goes by the plan “{{plan}}”',
  'because.way.queue': 'it waits on as usual',
  'because.wrapUpEnds':
    'Released when {{name}} is done with wrapping up, at {{time}} at the latest.',
  'decided.bot': 'The plan gives it to the bot first.',
  'decided.id': 'All else being equal, the lower id goes first.',
  'decided.idle': 'The runner-up had been idle for less long.',
  'decided.load-share': 'The runner-up had more of their capacity in use.',
  'decided.only-candidate': 'Nobody else could have taken it.',
  'decided.skill': 'The runner-up has lower levels in the skills it needs.',
  'decided.skill-ascending':
    'The runner-up has higher levels in these skills, and is kept for harder ones.',
  'decided.sticky': 'The contact knows them.',
  'decided.turn': 'It was their turn.',
  'exclusion.agent-refused': 'Qiscus refused them',
  'exclusion.agent-unfit': 'Qiscus did not offer them for this room',
  'exclusion.agent-unknown-there': 'the connected system did not know them',
  'exclusion.agent-unknown-to-qiscus': 'Qiscus did not know them',
  'exclusion.declined': 'they declined it',
  'exclusion.not-accepted': 'they did not accept it in time',
  'exclusion.not-answered': 'they had it and did not answer',
  'exclusion.refused-there': 'the connected system refused them',
  'exclusion.returned-elsewhere': 'it was given back in the connected system',
  'exclusion.sent-on': 'they sent it on themselves',
  'exclusion.unknown': 'they could not take it before',
  'obstacle.availability': 'Not online',
  'obstacle.bot': 'Left out: bots go by plans alone',
  'obstacle.capacity': 'No room left',
  'obstacle.channel': 'Do not serve this channel',
  'obstacle.excluded': 'Could not take it before',
  'obstacle.lease': 'Not heard from for too long',
  'obstacle.limit': 'At their limit for this channel',
  'obstacle.pace': 'Given one a moment ago',
  'obstacle.skills': 'Without the skills',
  'obstacle.team': 'Not in the team',
  'whyNot.answersElsewhere': '{{name}} answers in a connected system, not here.',
  'whyNot.atLimit':
    '{{name}} is at the limit: {{held}} of {{most}} of {{channel}} in use, and this one takes {{weight}}.',
  'whyNot.away': '{{name}} is away.',
  'whyNot.belowLevel': '{{name}} lacks skills that it needs: {{skills}}.',
  'whyNot.botFirst': 'A bot is given it first, before {{name}} or any other person.',
  'whyNot.botNotNamed':
    '{{name}} is a bot: it is given only what a plan gives it first, and nothing twice.',
  'whyNot.choose': 'Choose an agent',
  'whyNot.couldNotThen':
    '{{name}} could not take it when {{other}} was given it. The record does not say what stood in the way.',
  'whyNot.excluded': '{{name}} is not asked for now: {{why}}.',
  'whyNot.excludedUntil': '{{name}} is not asked until {{time}}: {{why}}.',
  'whyNot.figures':
    '{{name}}: {{share}} in use, idle for {{idle}}. {{other}}: {{its}} in use, idle for {{itsIdle}}.',
  'whyNot.fitsAtNoStep':
    'No later step of the plan “{{plan}}” fits the team and skills of {{name}}.',
  'whyNot.fitsLater':
    '{{name}} fits from step {{step}} of the plan “{{plan}}” on, which begins at {{time}}.',
  'whyNot.goesTo': 'It goes to {{other}} next, not to {{name}}.',
  'whyNot.goesToFilled': 'It goes to {{other}} next: those before it take the room of {{name}}.',
  'whyNot.goesToThem': 'It goes to {{name}} next.',
  'whyNot.hadItLast': '{{name}} had it last.',
  'whyNot.hadItLastUntil': '{{name}} had it last, until {{time}}.',
  'whyNot.hasIt': '{{name}} has had it since {{time}}.',
  'whyNot.noRoom':
    '{{name}} has no room: {{held}} of {{capacity}} in use, and this one takes {{weight}}.',
  'whyNot.noRoomOutside':
    '{{name}} has no room: {{held}} of {{capacity}} in use, {{outside}} of it in connected systems, and this one takes {{weight}}.',
  'whyNot.notHeardOf': '{{name}} has not been heard of since {{time}}.',
  'whyNot.notInDivision': '{{name}} does not serve the channel {{external}} of {{channel}}.',
  'whyNot.notInTeam': '{{name}} is not in the team {{team}}.',
  'whyNot.notOnChannel': '{{name}} is not known to the channel {{channel}}.',
  'whyNot.offline': '{{name}} is offline.',
  'whyNot.oneBefore': 'One conversation stands before it that {{name}} could be given.',
  'whyNot.othersBefore': 'Before it stand {{many}} conversations that {{name}} could be given.',
  'whyNot.paced': '{{name}} was given one a moment ago and may be given the next at {{time}}.',
  'whyNot.skillLow': '{{skill}} (has {{has}}, needs {{needs}})',
  'whyNot.skillMissing': '{{skill}} (level {{needs}})',
  'whyNot.title': 'Why not somebody else?',
  'whyNot.today': 'What stands against it now',
  'whyNot.wasNotFirst':
    '{{name}} could not take it, or came after {{other}}. The record names only the first two agents.',
  'whyNot.wasSecond': '{{name}} came second to {{other}}.',
  'whyNot.wrapsUp': '{{count}} of it is being wrapped up, until {{time}} at the latest.',
};
export type WhyNotWords = Record<keyof typeof whyNotEn, string>;
