// Every address of the back office, built in one place.

export const inboxViews = [
  'mine',
  'parked',
  'consulted',
  'waiting',
  'team',
  'all',
  'closed',
] as const;
export type InboxView = (typeof inboxViews)[number];

export const settingsPages = [
  'people',
  'teams',
  'channels',
  'widget',
  'routing',
  'integration',
  'automations',
  'macros',
  'replies',
  'tags',
  'statuses',
  'close-form',
  'security',
  'tokens',
  'audit',
  'data',
] as const;
export type SettingsPage = (typeof settingsPages)[number];

export const routingSections = ['rules', 'plans', 'calendars', 'defaults', 'versions'] as const;
export type RoutingSection = (typeof routingSections)[number];

export const paths = {
  home: '/',
  signIn: '/sign-in',
  secondFactor: '/sign-in/second-factor',
  firstRun: '/first-run',
  welcome: '/welcome',
  inbox: (view: InboxView) => `/inbox/${view}`,
  conversation: (view: InboxView, id: string) => `/inbox/${view}/${id}`,
  live: '/live',
  balance: '/live/balance',
  reports: '/reports',
  lab: '/lab',
  day: '/day',
  profile: '/profile',
  settings: (page: SettingsPage) => `/settings/${page}`,
  routing: (section: RoutingSection) => `/settings/routing/${section}`,
  channel: (id: string) => `/settings/channels/${id}`,
  endpoint: (id: string) => `/settings/integration/${id}`,
} as const;
