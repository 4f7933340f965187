// A scenario that cannot be run is refused as a whole, with the place of each fault and what to do.
import { expect, test } from 'vitest';
import { readScenario } from './read-scenario.ts';
import { BEGINS_AT } from './run-scenario.ts';

const kind = { name: 'all', rate: 1, service: { exponential: 1 } };
const good = { arrivals: 10, kinds: [kind], agents: [{ name: 'agent' }] };

const came = (arrivals: object) => ({
  ...good,
  kinds: [{ name: 'all', service: { exponential: 1 }, ...arrivals }],
});
const profile = { every: 1800, rates: [0.1, 0.2] };
const agent = (more: object) => ({ ...good, agents: [{ name: 'agent', ...more }] });
const shift = { from: 32_400, until: 61_200 };

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
    '/agents/0/skills/',
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
  [
    'shifts for a model that knows none',
    { ...agent({ shifts: [{ from: 0, until: 60 }] }), model: 'rocketchat' },
    '/agents/0/shifts',
  ],
  [
    'slow-down for a model that knows none',
    { ...agent({ concurrency: { slowdown: 1 } }), model: 'random' },
    '/agents/0/concurrency',
  ],
  ['no way to come', came({}), '/kinds/0'],
  ['two ways to come', came({ rate: 1, profile }), '/kinds/0/profile'],
  ['a rate and a record', came({ rate: 1, recorded: [1] }), '/kinds/0/recorded'],
  ['a rate of nothing and a record', came({ rate: 0, recorded: [1] }), '/kinds/0/recorded'],
  ['a rate beyond measure', came({ rate: 10_001 }), '/kinds/0/rate'],
  ['a profile without rates', came({ profile: { every: 60 } }), '/kinds/0/profile'],
  ['a profile of no rates', came({ profile: { every: 60, rates: [] } }), '/kinds/0/profile/rates'],
  ['no time for a rate', came({ profile: { ...profile, every: 0 } }), '/kinds/0/profile/every'],
  ['a profile without its step', came({ profile: { rates: [1] } }), '/kinds/0/profile'],
  [
    'a negative rate at night',
    came({ profile: { ...profile, rates: [0.1, -0.1] } }),
    '/kinds/0/profile/rates/1',
  ],
  ['a profile in words', came({ profile: 'morning' }), '/kinds/0/profile'],
  ['a field in the profile', came({ profile: { ...profile, of: 1 } }), '/kinds/0/profile/of'],
  ['a profile of zeros', came({ profile: { every: 60, rates: [0, 0] } }), '/kinds'],
  ['an empty record', came({ recorded: [] }), '/kinds/0/recorded'],
  ['a record before the beginning', came({ recorded: [-1] }), '/kinds/0/recorded/0'],
  ['a record out of order', came({ recorded: [1, 5, 4, 9] }), '/kinds/0/recorded/2'],
  ['a record with a gap', came({ recorded: [1, null] }), '/kinds/0/recorded/1'],
  ['a record of years', came({ recorded: [1, 1e9] }), '/kinds/0/recorded/1'],
  ['centuries of arrivals', { ...came({ rate: 1e-6 }), arrivals: 1e6 }, '/arrivals'],
  ['no shifts in the list', agent({ shifts: [] }), '/agents/0/shifts'],
  ['a shift without an end', agent({ shifts: [{ from: 0 }] }), '/agents/0/shifts/0'],
  [
    'a shift before the day',
    agent({ shifts: [{ ...shift, from: -1 }] }),
    '/agents/0/shifts/0/from',
  ],
  [
    'a shift that ends first',
    agent({ shifts: [{ ...shift, until: 9 }] }),
    '/agents/0/shifts/0/until',
  ],
  [
    'a shift longer than the day',
    agent({ shifts: [shift, { from: 10, until: 86_411 }] }),
    '/agents/0/shifts/1/until',
  ],
  [
    'a shift of tomorrow every day',
    agent({ shifts: [{ from: 86_400, until: 90_000 }] }),
    '/agents/0/shifts/0/from',
  ],
  [
    'a shift beyond the week',
    agent({ shifts: [{ from: 604_800, until: 604_900 }], shiftsEvery: 'week' }),
    '/agents/0/shifts/0/from',
  ],
  ['shifts of a month', agent({ shifts: [shift], shiftsEvery: 'month' }), '/agents/0/shiftsEvery'],
  ['no shifts to come again', agent({ shiftsEvery: 'day' }), '/agents/0/shiftsEvery'],
  ['hours in words', agent({ shifts: '9 to 5' }), '/agents/0/shifts'],
  ['no slowdown named', agent({ concurrency: {} }), '/agents/0/concurrency'],
  [
    'a negative slowdown',
    agent({ concurrency: { slowdown: -0.1 } }),
    '/agents/0/concurrency/slowdown',
  ],
  ['a slowdown by itself', agent({ concurrency: 0.5 }), '/agents/0/concurrency'],
  ['answers in words', agent({ offers: 'always' }), '/agents/0/offers'],
  ['a field of offers nobody knows', agent({ offers: { after: 3 } }), '/agents/0/offers/after'],
  ['more declined than all', agent({ offers: { declined: 1.1 } }), '/agents/0/offers/declined'],
  ['less missed than nothing', agent({ offers: { missed: -0.1 } }), '/agents/0/offers/missed'],
  [
    'more refused than all together',
    agent({ offers: { declined: 0.6, missed: 0.6 } }),
    '/agents/0/offers/missed',
  ],
  [
    'an answer before the offer',
    agent({ offers: { answerAfter: { fixed: -1 } } }),
    '/agents/0/offers/answerAfter/fixed',
  ],
  [
    'answers after nothing measured',
    agent({ offers: { answerAfter: { sample: [] } } }),
    '/agents/0/offers/answerAfter/sample',
  ],
  ['back before gone', agent({ offers: { backAfter: 0 } }), '/agents/0/offers/backAfter'],
  ['back after years', agent({ offers: { backAfter: 1e9 } }), '/agents/0/offers/backAfter'],
  [
    'a plan that offers to agents who never accept',
    {
      ...agent({ offers: { declined: 0.5, missed: 0.5 } }),
      policy: {
        plans: [{ name: 'P', steps: [{ after: 0 }], offer: { within: 20, misses: 2 } }],
        // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
        rules: [{ name: 'All', then: { plan: 'P' } }],
      },
    },
    '/agents',
  ],
  ['half as many again return', came({ rate: 1, returning: 1.5 }), '/kinds/0/returning'],
  ['returning in words', came({ rate: 1, returning: 'often' }), '/kinds/0/returning'],
  ['contacts of nobody recorded', came({ rate: 1, contacts: ['a'] }), '/kinds/0/contacts'],
  ['fewer contacts than came', came({ recorded: [1, 2], contacts: ['a'] }), '/kinds/0/contacts'],
  [
    'contacts without a name',
    came({ recorded: [1, 2], contacts: ['a', ''] }),
    '/kinds/0/contacts/1',
  ],
  ['contacts as numbers', came({ recorded: [1], contacts: [7] }), '/kinds/0/contacts/0'],
  [
    'contacts, and a share that returns',
    came({ recorded: [1], contacts: ['a'], returning: 0.5 }),
    '/kinds/0/returning',
  ],
  ['a bot that never ends a talk', agent({ bot: {} }), '/agents/0/bot'],
  ['bots by the dozen', agent({ bot: { talk: { fixed: 5 } }, count: 12 }), '/agents/0/count'],
  ['a bot that is asked', agent({ bot: { talk: { fixed: 5 } }, offers: {} }), '/agents/0/offers'],
  [
    'a bot that does more than all',
    agent({ bot: { talk: { fixed: 5 }, ends: 0.7, silent: 0.7 } }),
    '/agents/0/bot/silent',
  ],
  [
    'a bot for a model that knows none',
    { ...agent({ bot: { talk: { fixed: 5 } } }), model: 'random' },
    '/agents/0/bot',
  ],
  [
    'a plan that names a bot nobody has',
    { ...good, policy: { plans: [{ name: 'P', steps: [{ after: 0 }], bot: { agent: 'Botty' } }] } },
    '/policy/plans/0/bot/agent',
  ],
  [
    'a plan whose bot is a person',
    { ...good, policy: { plans: [{ name: 'P', steps: [{ after: 0 }], bot: { agent: 'agent' } }] } },
    '/policy/plans/0/bot/agent',
  ],
  ['more unanswered than given', agent({ unanswered: 1.1 }), '/agents/0/unanswered'],
  [
    'half as many silent contacts again',
    came({ rate: 1, silent: { share: 1.5, after: { fixed: 1 } } }),
    '/kinds/0/silent/share',
  ],
  ['contacts silent at no time', came({ rate: 1, silent: { share: 1 } }), '/kinds/0/silent'],
  ['negative seconds', { ...good, within: [-1] }, '/within/0'],
  ['half a seed', { ...good, seed: 0.5 }, '/seed'],
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
    '/policy/rules/0',
  ],
];

test.each(broken)('%s is refused with its place and a remedy', (_, body, path) => {
  const read = readScenario(body, BEGINS_AT);
  expect(read.scenario).toBeNull();
  const fault = read.faults.find((one) => one.path === path);
  expect(fault, JSON.stringify(read.faults)).toBeDefined();
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

const ofService = (service: unknown) =>
  readScenario({ ...good, kinds: [{ ...kind, service }] }, BEGINS_AT).faults.map(
    ({ path, detail }) => [path, detail],
  );
const SERVICE = '/kinds/0/service';

test('of several forms, the one that was meant is told about, and no other', () => {
  expect(ofService({ lognormal: [60, 1000] })).toEqual([
    [`${SERVICE}/lognormal/1`, 'kinds.0.service.lognormal.1 must be 100 or less.'],
  ]);
  expect(ofService({ exponential: 0 })).toEqual([
    [`${SERVICE}/exponential`, 'kinds.0.service.exponential must be above 0.'],
  ]);
  expect(ofService({ sample: [] })).toEqual([
    [`${SERVICE}/sample`, 'kinds.0.service.sample needs 1 or more.'],
  ]);
  expect(ofService({ fixed: 1, mean: 2 })).toEqual([
    [`${SERVICE}/mean`, 'kinds.0.service has a field that is not known here, mean.'],
  ]);
});

test('where no form was meant, all of them are named', () => {
  for (const service of [{}, { mean: 180 }]) {
    expect(ofService(service)).toEqual([
      [SERVICE, 'kinds.0.service needs one of: exponential, fixed, lognormal, sample.'],
    ]);
  }
});
