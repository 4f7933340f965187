// The words of “Why not somebody else?” in English: fetched with the panel that says them.

export const whyNotEn = {
  'apart.id': 'All else being equal, the lower id goes first.',
  'apart.idle': '{{other}} has been idle for longer.',
  'apart.load-share': '{{name}} has more of the capacity in use.',
  'apart.skill': '{{name}} has lower levels in the skills it needs.',
  'apart.skill-ascending': '{{name}} has higher levels and is kept for harder ones.',
  'apart.sticky': 'The contact knows {{other}}.',
  'apart.turn': 'It is the turn of {{other}}.',
  'whyNot.answersElsewhere': '{{name}} answers in a connected system, not here.',
  'whyNot.away': '{{name}} is away.',
  'whyNot.belowLevel': '{{name}} lacks skills that it needs: {{skills}}.',
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
  'whyNot.skillLow': '{{skill}} (has {{has}}, needs {{needs}})',
  'whyNot.skillMissing': '{{skill}} (level {{needs}})',
  'whyNot.title': 'Why not somebody else?',
  'whyNot.today': 'What stands against it now',
  'whyNot.wasNotFirst':
    '{{name}} could not take it, or came after {{other}}. The record names only the first two agents.',
  'whyNot.wasSecond': '{{name}} came second to {{other}}.',
};
export type WhyNotWords = Record<keyof typeof whyNotEn, string>;
