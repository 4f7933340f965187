// An action as it stands when it has just been added. Pure.
import type { ActionName } from '../../../src/contract/action-names.ts';
import type { Action } from '../../../src/contract/actions.ts';

/** What is to be chosen is empty, and told as missing until it is. */
export function beginAction(name: ActionName, language: string): Action {
  switch (name) {
    case 'add-tags':
    case 'remove-tags':
      return { do: name, tags: [] };
    case 'set-priority':
      return { do: name, priority: 'high' };
    case 'send-to-plan':
      return { do: name, plan: '' };
    case 'send-to-team':
      return { do: name, teamId: '' };
    case 'give-to-agent':
      return { do: name, agentId: '' };
    case 'note':
      return { do: name, text: '' };
    case 'message':
      return { do: name, texts: { [language]: '' } };
    case 'call-endpoint':
      return { do: name, endpointId: '' };
    case 'close':
      return { do: name };
  }
}
