// Which roles may do what, by Rocket.Chat's defaults, as far as the emulated calls ask.
import type { User } from './state.ts';

const ROLES = {
  'api-bypass-rate-limit': ['admin', 'bot', 'app'],
  'close-livechat-room': ['livechat-manager', 'livechat-monitor', 'livechat-agent', 'admin'],
  'close-others-livechat-room': ['livechat-manager', 'livechat-monitor', 'admin'],
  'edit-privileged-setting': ['admin'],
  'manage-livechat-agents': ['livechat-manager', 'livechat-monitor', 'admin'],
  'manage-livechat-departments': ['livechat-manager', 'livechat-monitor', 'admin'],
  'save-others-livechat-room-info': ['livechat-manager', 'livechat-monitor'],
  'transfer-livechat-guest': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-l-room': ['livechat-manager', 'livechat-monitor', 'livechat-agent', 'admin'],
  'view-livechat-customfields': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-livechat-departments': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-livechat-manager': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-livechat-rooms': ['livechat-manager', 'livechat-monitor', 'admin'],
  'view-livechat-webhooks': ['livechat-manager', 'admin'],
  'view-privileged-setting': ['admin'],
} as const;

export type Permission = keyof typeof ROLES;

export function hasPermission(user: User, permission: Permission): boolean {
  const allowed: readonly string[] = ROLES[permission];
  return user.roles.some((role) => allowed.includes(role));
}
