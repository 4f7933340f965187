// Which shortcuts work for the signed-in user.
import type { KeyAction } from '../../live/key-map.ts';
import { seesSettings } from './settings-access.ts';

export function hasKey(action: KeyAction, can: (action: string) => boolean): boolean {
  if (action === 'goReports') return can('reports.read');
  if (action === 'whisper') return can('conversations.whisper');
  if (action === 'goSettings') return seesSettings(can);
  return true;
}
