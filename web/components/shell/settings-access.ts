// The right that each page of the settings needs.
import type { SettingsPage } from '../../paths.ts';

export const settingsActions: Record<SettingsPage, string> = {
  people: 'users.write',
  teams: 'groups.write',
  channels: 'channels.read',
  widget: 'channels.write',
  routing: 'policy.read',
  integration: 'endpoints.read',
  automations: 'automations.read',
  macros: 'macros.write',
  replies: 'canned-replies.write',
  tags: 'tags.write',
  statuses: 'statuses.write',
  'close-form': 'settings.write',
  security: 'settings.write',
  health: 'notices.read',
  alarms: 'settings.write',
  tokens: 'tokens.write',
  audit: 'audit.read',
  data: 'settings.write',
};

/** Whether there is any page of the settings that one may see. */
export function seesSettings(can: (action: string) => boolean): boolean {
  return Object.values(settingsActions).some(can);
}
