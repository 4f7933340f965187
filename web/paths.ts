// Every address of the back office, built in one place.

import { inboxViews as views } from '../src/contract/inbox-views.ts';

export const inboxViews = views;
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
  'health',
  'alarms',
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
  forgot: '/forgot',
  welcome: '/welcome',
  tryOut: '/try',
  inbox: (view: InboxView) => `/inbox/${view}`,
  conversation: (view: InboxView, id: string) => `/inbox/${view}/${id}`,
  mentions: '/mentions',
  live: '/live',
  balance: '/live/balance',
  reports: '/reports',
  lab: '/lab',
  labReplay: '/lab/replay',
  contacts: '/contacts',
  contact: (id: string) => `/contacts/${id}`,
  day: '/day',
  profile: '/profile',
  settings: (page: SettingsPage) => `/settings/${page}`,
  routing: (section: RoutingSection) => `/settings/routing/${section}`,
  channel: (id: string) => `/settings/channels/${id}`,
  endpoint: (id: string) => `/settings/integration/${id}`,
} as const;
