// What the API can set, the back office can set: a new field of a contract is missing here until a form has it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

interface Shape {
  type?: string;
  const?: unknown;
  properties?: Record<string, Shape>;
  items?: Shape;
  anyOf?: Shape[];
  $ref?: string;
}
interface Operation {
  requestBody?: { content: Record<string, { schema: Shape }> };
}
interface Setting {
  /** The files whose inputs change it. */
  forms: readonly string[];
  /** Set by a control that is no input of a form: the file that sends it. */
  controls?: Readonly<Record<string, string>>;
  /** For programs only, with the reason: a field, and what is below it. */
  left?: Readonly<Record<string, string>>;
}

const root = join(import.meta.dirname, '../..');
const readText = (path: string) => readFileSync(join(root, path), 'utf8');
const api = JSON.parse(readText('openapi.json')) as {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas?: Record<string, Shape> };
};

const channelForms = [
  'web/components/channels/channel-fields.tsx',
  'web/components/channels/qiscus-form.tsx',
  'web/components/channels/rapidpro-form.tsx',
  'web/components/channels/rocketchat-form.tsx',
  'web/components/channels/handover-form.tsx',
  'web/components/channels/visitors-form.tsx',
  'web/components/channels/pre-chat-form.tsx',
  'web/components/channels/offline-form.tsx',
  'web/components/appearance/widget-form.tsx',
];
const channelControls = {
  'secrets.webhookSecret': 'web/pages/settings/channel.tsx',
  // Typed in minutes, and the name of the department that was chosen.
  'config.handoverSeconds': 'web/components/channels/handover-form.tsx',
  'config.handovers.*.department': 'web/components/channels/handover-form.tsx',
};
const nameOfGroup = { forms: [], controls: { name: 'web/components/people/group-card.tsx' } };
const team = {
  forms: [],
  controls: { ...nameOfGroup.controls, skillIds: 'web/components/people/group-card.tsx' },
};
const automation = {
  forms: [],
  controls: {
    ...Object.fromEntries(
      ['name', 'on', 'when', 'actions'].map((name) => [
        name,
        'web/components/automations/automation-form.tsx',
      ]),
    ),
    enabled: 'web/pages/settings/automations.tsx',
  },
  left: { position: 'a number, by the API and in files: each new one acts last' },
};
const macro = {
  forms: ['web/components/automations/macro-form.tsx'],
  controls: { actions: 'web/components/automations/macro-form.tsx' },
};
const settings: Record<string, Setting> = {
  // A new channel is asked for what it cannot begin without; its page, which then opens, has the rest.
  'POST channels': {
    forms: ['web/components/channels/channel-form.tsx', ...channelForms],
    controls: channelControls,
  },
  'PATCH channels': {
    forms: channelForms,
    controls: { ...channelControls, enabled: 'web/components/channels/channel-switch.tsx' },
  },
  'PATCH settings': {
    forms: [
      'web/components/settings/statistics-form.tsx',
      'web/components/settings/agents-see.tsx',
      'web/components/settings/model-form.tsx',
      'web/components/settings/push-form.tsx',
      'web/pages/settings/routing/defaults.tsx',
      'web/pages/settings/close-form.tsx',
      'web/components/appearance/branding-form.tsx',
      'web/pages/settings/security.tsx',
    ],
    controls: {
      retentionDays: 'web/pages/settings/data.tsx',
      auditRetentionDays: 'web/pages/settings/security.tsx',
      onlySingleSignOn: 'web/pages/settings/security.tsx',
      // The page draws them from the values of its form.
      defaultLimits: 'web/pages/settings/routing/defaults.tsx',
      defaultPace: 'web/pages/settings/routing/defaults.tsx',
      defaultWrapUp: 'web/pages/settings/routing/defaults.tsx',
    },
  },
  'PUT policy': {
    forms: [],
    controls: Object.fromEntries(
      [
        'strategy',
        ...['low', 'normal', 'high', 'urgent'].map((priority) => `boostSeconds.${priority}`),
        ...[
          'whenAgentLeaves',
          'leaveGraceSeconds',
          'asleepSeconds',
          'whenNobodyOnline',
          'language',
        ],
      ].map((name) => [name, 'web/pages/settings/routing/defaults.tsx']),
    ),
    left: {
      calendars: 'kept as a file, by the command line or the API',
      rules: 'written as sentences, on a page of their own',
      plans: 'kept as a file, by the command line or the API',
    },
  },
  'POST agents': {
    forms: ['web/components/people/bot-form.tsx'],
    left: Object.fromEntries(
      [
        ...['email', 'role', 'answersHere', 'teamIds', 'skillIds', 'skillLevels', 'availability'],
        ...['limits', 'pace', 'wrapUp', 'kind'],
      ].map((name) => [name, 'only bots are made here; people are invited']),
    ),
  },
  'PATCH agents': {
    forms: ['web/components/people/agent-form.tsx', 'web/components/people/bot-form.tsx'],
    controls: {
      availability: 'web/components/live-board/set-status.tsx',
      statusId: 'web/components/live-board/set-status.tsx',
      statusReason: 'web/components/live-board/set-status.tsx',
      // By the level of each skill that was chosen.
      skillLevels: 'web/components/people/agent-form.tsx',
      limits: 'web/components/people/bounds-fields.tsx',
      pace: 'web/components/people/bounds-fields.tsx',
      wrapUp: 'web/components/people/bounds-fields.tsx',
    },
    left: { leaseSeconds: 'the desk’s own line says whether its agent is there' },
  },
  'POST users': {
    forms: ['web/components/people/invite-form.tsx'],
    left: {
      teamIds: 'in the form of a list of people',
      capacity: 'in the form of a list of people',
      mail: 'what can be mailed is; the link is shown in any case',
    },
  },
  'PATCH alarm-rules': {
    forms: ['web/components/settings/alarm-forms.tsx'],
    controls: Object.fromEntries(
      ['endpointFailures', 'missedTargets', 'waitingMinutes'].map((name) => [
        name,
        'web/components/settings/alarm-forms.tsx',
      ]),
    ),
  },
  'PATCH users': { forms: ['web/components/people/agent-form.tsx'] },
  'POST endpoints': { forms: ['web/components/endpoints/endpoint-form.tsx'] },
  'PATCH endpoints': {
    forms: ['web/components/endpoints/endpoint-form.tsx'],
    controls: { held: 'web/components/endpoints/enable-switch.tsx' },
  },
  'POST tokens': {
    forms: ['web/components/settings/token-form.tsx'],
    controls: {
      scopes: 'web/components/settings/token-form.tsx',
      expiresInDays: 'web/components/settings/token-form.tsx',
    },
  },
  'POST teams': team,
  'PATCH teams': team,
  'POST skills': nameOfGroup,
  'PATCH skills': nameOfGroup,
  'POST canned-replies': { forms: ['web/pages/settings/replies.tsx'] },
  'PATCH canned-replies': { forms: ['web/pages/settings/replies.tsx'] },
  'POST automations': automation,
  'PATCH automations': automation,
  'POST macros': macro,
  'PATCH macros': macro,
  'POST tags': { forms: ['web/pages/settings/tags.tsx'] },
  'PATCH tags': { forms: ['web/pages/settings/tags.tsx'] },
  'POST statuses': { forms: ['web/pages/settings/statuses.tsx'] },
  'PATCH statuses': {
    forms: ['web/pages/settings/statuses.tsx'],
    controls: { archived: 'web/pages/settings/statuses.tsx' },
  },
};

/** What makes or changes no setting. */
const others: Record<string, string> = {
  'PATCH contacts': 'a customer, not a setting',
  'POST blocked-networks': 'a verb',
  'POST balance': 'a verb',
  'POST replays': 'a verb',
  'POST simulations': 'a verb',
  'PUT shifts': 'what people are planned for, uploaded as a file',
  'PATCH conversations': 'a conversation, not a setting',
  'POST messages': 'a verb',
  'POST saved-views': 'a list of one’s own, saved in the inbox',
  'PATCH saved-views': 'the same',
  'POST attachments': 'a verb',
  'POST tool-calls': 'a record',
  'POST session': 'signing in',
  'POST password-resets': 'signing in',
  'PATCH session': 'one’s own profile',
  'POST first-run': 'the first visit',
};

const operations = Object.entries(api.paths).flatMap(([path, methods]) =>
  Object.entries(methods).flatMap(([method, { requestBody }]) => {
    const place = /^\/api\/v1\/([\w-]+)(?:\/\{id\})?$/.exec(path)?.[1];
    const schema = requestBody?.content['application/json']?.schema;
    if (place === undefined || schema === undefined || method === 'get') return [];
    return [{ name: `${method.toUpperCase()} ${place}`, schema }];
  }),
);

/** Every field that can be set, as `config.preChat.fields.*.label`. */
function listFields(shape: Shape, path = ''): string[] {
  if (shape.$ref !== undefined) {
    return listFields(api.components.schemas?.[shape.$ref.split('/').pop() ?? ''] ?? {}, path);
  }
  if (shape.anyOf?.some((one) => one.properties !== undefined)) {
    return shape.anyOf
      .filter(({ type }) => type !== 'null')
      .flatMap((one) => listFields(one, path));
  }
  if (shape.items?.properties !== undefined) return listFields(shape.items, `${path}.*`);
  if (shape.properties === undefined) return [path];
  return Object.entries(shape.properties).flatMap(([name, one]) =>
    listFields(one, path === '' ? name : `${path}.${name}`),
  );
}

/** What the inputs of a form are bound to; a number in a list stands as `*`. */
function listInputs(source: string): string[] {
  const bound = source.matchAll(/\b(?:getInputProps|field|choice|bind)\(\s*['`]([^'`]+)['`]/g);
  return [...bound].map(([, name]) => (name ?? '').replace(/\$\{\w+\}/g, '*'));
}

/** By the end of its path; `*` in an input stands for any one part. */
function isBound(input: string, field: string): boolean {
  const [wanted, given] = [input.split('.').reverse(), field.split('.').reverse()];
  return wanted.every((part, index) => index < given.length && [given[index], '*'].includes(part));
}

function findMissing(schema: Shape, setting: Setting, read = readText): string[] {
  const { forms, controls = {}, left = {} } = setting;
  const inputs = forms.flatMap((path) => listInputs(read(path)));
  const isSet = (field: string): boolean => {
    if (Object.keys(left).some((name) => field === name || field.startsWith(`${name}.`)))
      return true;
    const control = controls[field];
    const name = field.split('.').pop() ?? field;
    if (control !== undefined) return new RegExp(`\\b${name}\\b`).test(read(control));
    return inputs.some((input) => isBound(input, field));
  };
  return [...new Set(listFields(schema))].filter((field) => !isSet(field));
}

test('every request that changes something is known here as a setting or as none', () => {
  const known = new Set([...Object.keys(settings), ...Object.keys(others)]);
  expect(operations.map(({ name }) => name).filter((name) => !known.has(name))).toEqual([]);
});

test.each(Object.entries(settings))(
  '%s: each field has its input in the back office',
  (name, setting) => {
    const found = operations.filter((one) => one.name === name);
    expect(found).not.toEqual([]);
    for (const { schema } of found) expect(findMissing(schema, setting)).toEqual([]);
  },
);

test('a field that no form has is found, also in a list and in one kind of several', () => {
  const text = { type: 'string' };
  const kinds = [
    { properties: { kind: text } },
    { properties: { config: { properties: { rows: { items: { properties: { size: text } } } } } } },
  ];
  const write = (name: string) => `getInputProps('kind') getInputProps(\`rows.$\{index}.${name}\`)`;
  expect(findMissing({ anyOf: kinds }, { forms: ['a form'] }, () => write('label'))).toEqual([
    'config.rows.*.size',
  ]);
  expect(findMissing({ anyOf: kinds }, { forms: ['a form'] }, () => write('size'))).toEqual([]);
});
