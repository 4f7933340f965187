// What is wrong with a list of actions: their form, what they name, and whether they go together.
import { type ActionName, actionNames, MAX_ACTIONS } from '../../contract/action-names.ts';
import { type Action, actionShapes } from '../../contract/actions.ts';
import { point } from '../../contract/policy/point.ts';
import { knownInMessages } from '../../contract/policy/words.ts';
import { listUsedWords } from '../../contract/policy/write-words.ts';
import { checkValue } from '../policy/check-shape.ts';
import { checkText } from '../policy/check-words.ts';
import type { Findings } from '../policy/findings.ts';
import { nameRemedy } from '../rules/name-remedy.ts';

/** What actions may name. */
export interface ActionNames {
  /** Of the policy in force, while it has rules. */
  plans: readonly string[];
  /** By id. */
  teams: readonly string[];
  agents: readonly string[];
  endpoints: readonly { id: string; takesCalls: boolean }[];
}

interface Scope {
  names: ActionNames;
  faults: Findings;
}

const MOVES: readonly ActionName[] = ['send-to-plan', 'send-to-team', 'give-to-agent'];

/** Of whatever JSON; places begin with /actions. */
export function checkActions(actions: unknown, scope: Scope): void {
  const { faults } = scope;
  if (!Array.isArray(actions) || actions.length === 0 || actions.length > MAX_ACTIONS) {
    faults.add('/actions', () => ({
      code: 'actions.no-list',
      values: { most: MAX_ACTIONS },
      detail: `Actions are a list of 1 to ${MAX_ACTIONS}.`,
      remedy: 'Write them as "actions": [{"do": "add-tags", "tags": ["gold"]}].',
    }));
    return;
  }
  for (const [nth, action] of actions.entries()) checkAction(action, point('actions', nth), scope);
  checkOrder(actions.map(nameOf), faults);
}

function nameOf(action: unknown): unknown {
  return typeof action === 'object' && action !== null && 'do' in action ? action.do : undefined;
}

function checkAction(action: unknown, path: string, scope: Scope): void {
  const { faults } = scope;
  const name = nameOf(action);
  if (!actionNames.includes(name as ActionName)) {
    faults.add(`${path}/do`, () => ({
      code: 'action.unknown',
      detail: 'There is no such action.',
      remedy: `Use one of ${actionNames.join(', ')}.`,
    }));
    return;
  }
  const before = faults.list().length;
  checkValue(actionShapes[name as ActionName], action, { path, faults });
  if (faults.list().length === before) checkNamed(action as Action, path, scope);
}

function checkNamed(action: Action, path: string, { names, faults }: Scope): void {
  if (action.do === 'send-to-plan') {
    refuseUnlisted('plan', action.plan, { known: names.plans, path, faults });
  } else if (action.do === 'send-to-team') {
    refuseUnlisted('team', action.teamId, { known: names.teams, path, faults });
  } else if (action.do === 'give-to-agent') {
    refuseUnlisted('agent', action.agentId, { known: names.agents, path, faults });
  } else if (action.do === 'call-endpoint') {
    checkEndpoint(action.endpointId, path, { names, faults });
  } else if (action.do === 'message') {
    checkMessage(action.texts, `${path}/texts`, faults);
  }
}

function refuseUnlisted(
  kind: 'plan' | 'team' | 'agent',
  written: string,
  { known, path, faults }: { known: readonly string[]; path: string; faults: Findings },
): void {
  if (known.includes(written)) return;
  const isPlan = kind === 'plan';
  faults.add(`${path}/${isPlan ? kind : `${kind}Id`}`, () => ({
    code: `${kind}.unknown`,
    values: { name: written },
    detail: `There is no ${kind} “${written}”.`,
    remedy: isPlan ? nameRemedy(kind, written, known) : `GET /api/v1/${kind}s lists their ids.`,
  }));
}

function checkEndpoint(id: string, path: string, { names, faults }: Scope): void {
  const endpoint = names.endpoints.find((one) => one.id === id);
  if (endpoint?.takesCalls === true) return;
  faults.add(`${path}/endpointId`, () =>
    endpoint === undefined
      ? {
          code: 'endpoint.unknown',
          values: { name: id },
          detail: `There is no endpoint “${id}”.`,
          remedy: 'GET /api/v1/endpoints lists their ids.',
        }
      : {
          code: 'endpoint.not-bound',
          values: { name: id },
          detail: 'The endpoint takes no calls of automations.',
          remedy: 'Add automation.called to the events of the endpoint.',
        },
  );
}

function checkMessage(
  texts: Readonly<Record<string, string>>,
  path: string,
  faults: Findings,
): void {
  for (const [tag, text] of Object.entries(texts)) {
    const at = `${path}${point(tag)}`;
    checkText({ tag, text }, at, faults);
    for (const name of listUsedWords(text)) {
      if (knownInMessages.includes(name)) continue;
      faults.add(at, () => ({
        code: 'words.not-in-messages',
        values: { placeholder: name },
        detail: `{{${name}}} is known only to the words of plans.`,
        remedy: `Leave it out; known here: ${knownInMessages.map((one) => `{{${one}}}`).join(', ')}.`,
      }));
    }
  }
}

function checkOrder(names: readonly unknown[], faults: Findings): void {
  const closing = names.indexOf('close');
  if (closing !== -1 && closing < names.length - 1) {
    faults.add(point('actions', closing + 1), () => ({
      code: 'action.after-close',
      detail: 'It stands behind the closing.',
      remedy: 'Move “close” to the end.',
    }));
  }
  const moves = names.flatMap((name, nth) => (MOVES.includes(name as ActionName) ? [nth] : []));
  const [, second] = moves;
  if (second === undefined) return;
  faults.add(point('actions', second), () => ({
    code: 'action.moved-twice',
    detail: 'The actions before it have sent the conversation somewhere already.',
    remedy: `Keep one of ${MOVES.join(', ')}.`,
  }));
}
