// A scenario that cannot be run is refused as a whole, with the place of each fault and what to do.
import { expect, test } from 'vitest';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT } from './run-scenario.ts';

const kind = { name: 'all', rate: 1, service: { exponential: 1 } };
const good = { arrivals: 10, kinds: [kind], agents: [{ name: 'agent' }] };

const broken: [string, unknown, string][] = [
  ['no document', null, ''],
  ['a text', 'scenario', ''],
  ['a list', [], ''],
  ['nothing in it', {}, ''],
  ['no arrivals', { ...good, arrivals: 0 }, '/arrivals'],
  ['half an arrival', { ...good, arrivals: 1.5 }, '/arrivals'],
  ['a year in one file', { ...good, arrivals: 1e9 }, '/arrivals'],
  ['arrivals in words', { ...good, arrivals: 'many' }, '/arrivals'],
  ['no kinds', { ...good, kinds: [] }, '/kinds'],
  ['no agents', { ...good, agents: [] }, '/agents'],
  ['a negative rate', { ...good, kinds: [{ ...kind, rate: -1 }] }, '/kinds/0/rate'],
  ['a rate that is no number', { ...good, kinds: [{ ...kind, rate: null }] }, '/kinds/0/rate'],
  ['nobody ever comes', { ...good, kinds: [{ ...kind, rate: 0 }] }, '/kinds'],
  ['a kind without service', { ...good, kinds: [{ name: 'a', rate: 1 }] }, '/kinds/0'],
  ['a kind twice', { ...good, kinds: [kind, kind] }, '/kinds/1/name'],
  ['agents twice', { ...good, agents: [{ name: 'a' }, { name: 'a' }] }, '/agents/1/name'],
  ['a kind without a name', { ...good, kinds: [{ ...kind, name: '' }] }, '/kinds/0/name'],
  ['no service time', { ...good, kinds: [{ ...kind, service: {} }] }, '/kinds/0/service'],
  [
    'a negative service time',
    { ...good, kinds: [{ ...kind, service: { exponential: -1 } }] },
    '/kinds/0/service/exponential',
  ],
  [
    'a sample of nothing',
    { ...good, kinds: [{ ...kind, service: { sample: [] } }] },
    '/kinds/0/service/sample',
  ],
  [
    'negative patience',
    { ...good, kinds: [{ ...kind, patience: { fixed: -1 } }] },
    '/kinds/0/patience/fixed',
  ],
  ['a level of nine', { ...good, agents: [{ name: 'a', skills: { x: 9 } }] }, '/agents/0/skills/x'],
  [
    'a skill without a name',
    { ...good, agents: [{ name: 'a', skills: { '': 1 } }] },
    '/agents/0/skills',
  ],
  ['minus one agent', { ...good, agents: [{ name: 'a', count: -1 }] }, '/agents/0/count'],
  ['half an agent', { ...good, agents: [{ name: 'a', count: 0.5 }] }, '/agents/0/count'],
  [
    'more agents than fit',
    {
      ...good,
      agents: [
        { name: 'a', count: 9000 },
        { name: 'b', count: 9000 },
      ],
    },
    '/agents',
  ],
  ['an agent that stands still', { ...good, agents: [{ name: 'a', speed: 0 }] }, '/agents/0/speed'],
  ['all is warm-up', { ...good, warmUp: 1 }, '/warmUp'],
  ['a negative limit', { ...good, queueLimit: -1 }, '/queueLimit'],
  ['a field nobody knows', { ...good, arivals: 5 }, '/arivals'],
  ['an unknown model', { ...good, model: 'magic' }, '/model'],
  ['an unknown strategy', { ...good, policy: { strategy: 'best' } }, '/policy/strategy'],
  [
    'a plan that names a skill nobody has',
    { ...good, policy: { plans: [{ name: 'P', steps: [{ after: 0, skills: { x: 1 } }] }] } },
    '/policy/plans/0/steps/0/skills/x',
  ],
  [
    'rules without an end',
    {
      ...good,
      policy: {
        plans: [{ name: 'P', steps: [{ after: 0 }] }],
        rules: [
          {
            name: 'One',
            when: { field: 'conversation.text', contains: 'a' },
            // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
            then: { plan: 'P' },
          },
        ],
      },
    },
    '/policy/rules',
  ],
];

test.each(broken)('%s is refused with its place and a remedy', (_, body, path) => {
  const read = readScenario(body, BEGINS_AT);
  expect(read.scenario).toBeNull();
  const [fault] = read.faults;
  expect(read.faults.map((one) => one.path).some((one) => one.startsWith(path))).toBe(true);
  expect(fault?.detail).toMatch(/\.$/);
  expect(fault?.remedy).toMatch(/\.$/);
});

test('a scenario that holds is read with the rest of the policy as it is by default', () => {
  const read = readScenario({ ...good, policy: { strategy: 'longest-idle' } }, BEGINS_AT);
  expect(read).toMatchObject({
    faults: [],
    policy: { strategy: 'longest-idle', boostSeconds: {} },
  });
});
