// What is wrong with a policy, or useless in it, and what to do, by its code, in English.

export const faultsEn = {
  'fault.action.after-close': 'It stands behind the closing. Move the closing to the end.',
  'fault.action.moved-twice':
    'The actions before it have sent the conversation somewhere already. Keep one of them.',
  'fault.actions.no-list': 'Add an action: one at least, {{most}} at most.',
  'fault.agent.ambiguous':
    'More than one agent is called “{{name}}”. Write the e-mail address instead.',
  'fault.agent.unknown': 'There is no agent “{{name}}”. Choose another.',
  'fault.agent.unknown.gone': 'The agent is not there any more. Choose another.',
  'fault.bot.is-person': '“{{name}}” is a person. Choose a bot, or switch “Bot first” off.',
  'fault.bot.word-empty': 'A word is empty. Write one, or take it out.',
  'fault.calendar.name-taken':
    'Calendar {{calendar}} is called “{{name}}” too. Give each a name of its own.',
  'fault.calendar.never-open':
    'It is not open at any time of the next {{days}} days. Give it weekly hours, or a date with hours.',
  'fault.calendar.unknown': 'There is no calendar “{{name}}”. Choose another, or add it.',
  'fault.channel.ambiguous':
    'More than one channel is called “{{name}}”. Give each a name of its own.',
  'fault.channel.unknown':
    'There is no channel “{{name}}”. Choose another, or remove the condition.',
  'fault.condition.too-large':
    'The rule has more than {{most}} conditions. Divide it into several rules of the same plan.',
  'fault.document.empty': 'This must not be empty.',
  'fault.document.repeated': 'The same stands there twice. Remove one of them.',
  'fault.document.too-large': 'This is too large: at most {{limit}}.',
  'fault.document.too-long': 'This is too long: at most {{limit}} characters.',
  'fault.document.too-many': 'There are too many: at most {{limit}}.',
  'fault.document.too-small': 'This is too small: at least {{limit}}.',
  'fault.document.wrong-form': 'This is not written as it has to be.',
  'fault.endpoint.not-bound':
    'The endpoint takes no calls. Add the event automation.called to it, or choose another.',
  'fault.endpoint.unknown': 'There is no endpoint “{{name}}”. Choose another.',
  'fault.endpoint.unknown.gone': 'The endpoint is not there any more. Choose another.',
  'fault.exception.contradicts':
    'The {{date}} is closed here and has hours elsewhere; the hours count. Keep the one that is meant.',
  'fault.exception.half':
    'The date has only one of opening and closing. Add the other, or leave both out to be closed.',
  'fault.exception.no-such-date': 'There is no {{date}} in the calendar. Choose another date.',
  'fault.exception.overlaps':
    'Date {{exception}} has some of these hours of {{date}} too; they count as one. Write them without overlap.',
  'fault.exceptions.past':
    'All of these dates lie in the past. Enter the holidays to come, or remove the old ones.',
  'fault.field.of-automations':
    'A message is known only where it starts an automation. Take the condition out.',
  'fault.field.of-messages':
    'A message is known after the event message.created alone. Add that event, or take the condition out.',
  'fault.field.unknown':
    'It is not said what is looked at (“{{field}}”). Choose it, and write its name.',
  'fault.group.empty': 'The group is empty. Add a condition to it, or remove it.',
  'fault.group.too-deep':
    'Groups stand more than {{most}} deep within one another. Divide the rule into several.',
  'fault.limits.none':
    'It is said what follows a limit, but there is none. Set how many may wait or for how long, or switch the limits off.',
  'fault.limits.nothing-follows':
    'At the limit a conversation waits on as usual. Choose what follows, or switch the limits off.',
  'fault.operator.unfit': 'This cannot be compared that way. Choose another way.',
  'fault.order.no-targets':
    'The plan serves by its targets, but has none. Add targets, or choose the usual order.',
  'fault.plan.leads-back':
    'A conversation would go round and round: {{plans}}. Let one of these plans end otherwise.',
  'fault.plan.missing': 'The rule names no plan. Choose one.',
  'fault.plan.name-taken': 'Plan {{plan}} is called “{{name}}” too. Give each a name of its own.',
  'fault.plan.unknown': 'There is no plan “{{name}}”. Choose another, or add it.',
  'fault.plan.unused': 'No rule leads to plan “{{name}}”. Name it in a rule, or remove it.',
  'fault.plans.missing':
    'There are rules, but no plans that they could name. Add a plan, or remove the rules.',
  'fault.policy.more-found': 'There are {{count}} more of these. Mend those that are listed first.',
  'fault.policy.too-large':
    'All of it together is too large ({{bytes}} of at most {{most}} bytes). Remove what is not used.',
  'fault.prefer.contradicts':
    'The best skilled and the least skilled are both preferred; the later of both never decides. Remove one.',
  'fault.prefer.no-sticky':
    'Whom the contact knows is preferred, but it is not said who that is. Switch that part on below, or remove the criterion.',
  'fault.rule.name-taken': 'Rule {{rule}} is called “{{name}}” too. Give each a name of its own.',
  'fault.rule.no-name': 'The rule needs a name of 1 to 100 characters.',
  'fault.rule.repeated':
    'Rule {{rule}} has the same conditions, so this one never decides. Change them, or remove the rule.',
  'fault.rule.unreachable':
    'Rule {{rule}} is for everybody, so this one is never asked. Move it up, or remove it.',
  'fault.rules.no-default':
    'Some conversations would match no rule. Add a last rule for everybody else.',
  'fault.rules.too-many': 'There are more than {{most}} rules. Join those of the same plan.',
  'fault.silence.channel-unseen':
    'What is said on the channel “{{name}}” is not known here, so no silence counts there. Let its own system watch it.',
  'fault.silence.close-too-early':
    'It would end no later than the contact is reminded. Let it end later, or remind earlier.',
  'fault.silence.contact-none':
    'The contact’s silence has no duration. Set when to remind or to end, or remove it.',
  'fault.silence.no-reminder':
    'The contact would be reminded, but nothing is written for it. Write it under the words, or remind nobody.',
  'fault.silence.none': 'Silence is on without any duration. Set at least one, or switch it off.',
  'fault.skill.ambiguous': 'More than one skill is called “{{name}}”. Give each a name of its own.',
  'fault.skill.nobody':
    'No agent has the skill “{{name}}” today. Give it to somebody, or leave it out.',
  'fault.skill.repeated': 'The step asks for the skill “{{name}}” twice. Remove one of them.',
  'fault.skill.unknown': 'There is no skill “{{name}}”. Choose another.',
  'fault.span.overlaps':
    'Open in part at the same time as span {{span}} of the week. Write the hours without overlap; they count as one.',
  'fault.span.whole-day':
    'From {{from}} to {{to}} is 24 hours, until the next day. Write 00:00 to 24:00 for a whole day, or remove it to be closed.',
  'fault.step.changes-nothing':
    'Step {{step}} needs the same as the step before it. Change what it needs, or remove it.',
  'fault.step.first-not-zero':
    'The first step begins after {{after}} s, so nothing says what holds before. Let it begin at once.',
  'fault.step.nobody':
    'No agent of today could serve step {{step}}: nobody has its team and its skills together. Ask for less, or give them to an agent.',
  'fault.step.not-later':
    'Step {{step}} begins after {{after}} s, not later than the step before it ({{before}} s). Give it a later time.',
  'fault.step.unreachable':
    'Step {{step}} begins after {{after}} s, but the waiting ends after {{end}} s. Let it begin earlier, or let the limit be longer.',
  'fault.sticky.not-preferred':
    'It is said whom the contact knows, but they are neither preferred nor waited for. Do one of both, or switch this off.',
  'fault.tag.twice': 'The tag “{{name}}” stands there twice. Remove one of them.',
  'fault.tag.wrong': 'A tag has 1 to 100 characters. Shorten it, or remove it.',
  'fault.targets.none':
    'There are targets without any duration. Set at least one, or switch the targets off.',
  'fault.team.ambiguous': 'More than one team is called “{{name}}”. Give each a name of its own.',
  'fault.team.nobody':
    'No agent is in the team “{{name}}” today. Put somebody into it, or leave it out.',
  'fault.team.unknown': 'There is no team “{{name}}”. Choose another.',
  'fault.team.unknown.gone': 'The team is not there any more. Choose another.',
  'fault.time-zone.unknown': 'There is no time zone “{{name}}”. Search for a city.',
  'fault.value.empty': 'It is not said what is looked for. Write it, or choose “is known”.',
  'fault.value.never':
    'This never holds: hours are whole numbers from 0 to 23, and a domain has no @.',
  'fault.value.no-choice': 'There is no value to compare with. Write at least one.',
  'fault.value.not-storable': 'The text has a character that cannot be stored. Remove it.',
  'fault.value.too-long': 'The text is longer than {{most}} characters. Shorten it.',
  'fault.value.too-many-choices':
    'There are {{count}} values; {{most}} are the most. Use several conditions.',
  'fault.value.twice':
    'The value is in the list before; upper and lower case are the same. Remove one.',
  'fault.value.unknown': 'It is never “{{value}}”. Choose one of the offered values.',
  'fault.value.wrong-type': 'This value does not fit the comparison. Write another.',
  'fault.words.braces-open':
    'Two braces begin or end no placeholder. Insert a placeholder by its button, or remove the braces.',
  'fault.words.channel-untold':
    'Nothing can be said on the channel “{{name}}”. Its own system has to say it there.',
  'fault.words.empty': 'The text is empty. Write what the contact is told, or remove the language.',
  'fault.words.language-unknown':
    '“{{name}}” is not how a language is written. Choose one from the list.',
  'fault.words.missing':
    'The contact would be told, but nothing is written for “{{cause}}”. Write it under the words, or choose that it waits as usual.',
  'fault.words.never-known':
    '“{{placeholder}}” is never known here, so its sentence is left out. Remove it.',
  'fault.words.never-said':
    'The plan never comes to say “{{cause}}”. Remove it, or give the plan the part to which it belongs.',
  'fault.words.no-fallback':
    'There is no text in {{language}}, the language of words of this policy. Add it, or change that language under the defaults.',
  'fault.words.not-in-messages':
    '“{{placeholder}}” is known only to the words of plans. Leave it out.',
  'fault.words.placeholder-unknown': 'There is no placeholder {{name}}. Insert one by its button.',
};
export type FaultWords = Record<keyof typeof faultsEn, string>;
