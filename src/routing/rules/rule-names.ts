// What the rules of a policy may name.

/** What there is to be named. Channels and teams by id and by name; absent: not looked at. */
export interface RuleNames {
  plans?: readonly string[];
  calendars?: readonly string[];
  teams?: readonly string[];
  channels?: readonly string[];
  /** Of an automation: the events that start it. Absent: a rule, which looks at no event. */
  events?: readonly string[];
}
