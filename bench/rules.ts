// Measures what it costs to ask twenty rules about a conversation, beside asking the same by hand-written code.
import type { Rule } from '../src/contract/policy/rule.ts';
import type { Condition } from '../src/contract/policy/rule-fields.ts';
import { compileRules } from '../src/routing/rules/compile-rules.ts';
import type { Facts } from '../src/routing/rules/facts.ts';
import { matchRules } from '../src/routing/rules/match-rules.ts';
import { median, percentile } from './statistics.ts';
import { report, target, targetColumns, times, whole } from './table.ts';

const RULES = 20;
const CASES = 100;
const ROUNDS = 2000;
const WARM_UP_ROUNDS = 500;
const MOST_MICROSECONDS = 20;

const tiers = ['gold', 'Silver', 'BRONZE', 'tin'];

/** Five comparisons each; every fourth rule searches the first message. */
function makeRules(): Rule[] {
  const rules = Array.from({ length: RULES - 1 }, (_, nth): Rule => {
    const when: Condition = {
      all: [
        { field: 'channelKind', in: ['webchat', 'qiscus', 'rapidpro'] },
        {
          any: [
            { field: 'contact.attributes.tier', is: `tier ${nth}` },
            nth % 4 === 0
              ? { field: 'conversation.text', contains: `refund ${nth}` }
              : { field: 'conversation.priority', is: 'urgent' },
          ],
        },
        { not: { field: 'now.open', is: 'Office' } },
        { field: ['contact.conversations', 'contact.lastRating'][nth % 2] as string, lessThan: 50 },
      ],
    };
    // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
    return { name: `Rule ${nth}`, when, then: { plan: `Plan ${nth}` } };
  });
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  return [...rules, { name: 'Everybody else', then: { plan: 'Default' } }];
}

/** `text`: of the first message. Half match the last rule, the others any of the twenty. */
function makeFacts(nth: number, text: string): Facts {
  return {
    channelKind: 'webchat',
    contact: {
      attributes: { tier: nth % 2 === 0 ? tiers[nth % tiers.length] : `Tier ${nth % RULES}` },
      ...{ conversations: nth % 40, lastRating: nth % 5, tags: ['a', 'b'] },
    },
    conversation: { text: `${text} ${nth}`, priority: 'normal' },
    now: { open: [], weekday: 'mon', hour: 22 },
  };
}

/** The same twenty rules as a programmer would write them, without telling why. */
function matchByHand({ channelKind, contact, conversation, now }: Facts): number {
  const tier = String((contact?.attributes as { tier?: string } | undefined)?.tier).toLowerCase();
  const text = (conversation?.text ?? '').toLowerCase();
  const priority = conversation?.priority?.toLowerCase();
  for (let nth = 0; nth < RULES - 1; nth += 1) {
    const isKind = ['webchat', 'qiscus', 'rapidpro'].includes((channelKind ?? '').toLowerCase());
    const isAsked = nth % 4 === 0 ? text.includes(`refund ${nth}`) : priority === 'urgent';
    const isMeant = tier === `tier ${nth}` || isAsked;
    const isClosed = !(now?.open ?? []).includes('Office');
    const figure = nth % 2 === 0 ? contact?.conversations : contact?.lastRating;
    if (isKind && isMeant && isClosed && (figure ?? 50) < 50) return nth;
  }
  return RULES - 1;
}

interface Measured {
  rules: number[];
  byHand: number[];
}

/** In microseconds a conversation; the two take turns, so that noise hits both alike. */
function measure(facts: readonly Facts[]): Measured {
  const rules = compileRules(makeRules());
  const measured: Measured = { rules: [], byHand: [] };
  for (let round = -WARM_UP_ROUNDS; round < ROUNDS; round += 1) {
    const ours = time(facts, (one) => matchRules(rules, one)?.nth ?? -1);
    const plain = time(facts, matchByHand);
    if (ours.sum !== plain.sum) throw new Error('The two do not match the same rules.');
    if (round < 0) continue;
    measured.rules.push(ours.each);
    measured.byHand.push(plain.each);
  }
  return measured;
}

function time(facts: readonly Facts[], match: (one: Facts) => number) {
  const began = performance.now();
  let sum = 0;
  for (const one of facts) sum += match(one);
  return { sum, each: ((performance.now() - began) * 1000) / facts.length };
}

const us = (value: number) => `${value.toFixed(2)} µs`;

const samples = {
  'a short message': 'I would like to ask about my order, number',
  '1,000 letters of Portuguese': 'Não consigo pagar a última fatura. '.repeat(30).slice(0, 1000),
  '1,000 letters of Korean': '결제가 되지 않습니다. 환불해 주세요. '.repeat(60).slice(0, 1000),
};
const kinds = Object.entries(samples).map(([name, text]) => {
  const facts = Array.from({ length: CASES }, (_, nth) => makeFacts(nth, text));
  return { name, ...measure(facts) };
});
const slowest = Math.max(...kinds.map(({ rules }) => median(rules)));
await report('rules', [
  {
    title: 'Asking twenty rules',
    how: `${RULES} rules of five comparisons, compiled once, every fourth of which searches the first message; ${whole(CASES)} conversations, half of which only the last rule takes, ${ROUNDS} times. Beside it the same rules written by hand, which fold no Unicode and tell no reason.`,
    columns: ['first message', 'a conversation', 'p99 of the rounds', 'by hand', 'ratio'],
    rows: kinds.map(({ name, rules, byHand }) => [
      ...[name, us(median(rules)), us(percentile(rules, 0.99)), us(median(byHand))],
      times(median(rules) / median(byHand)),
    ]),
  },
  {
    title: 'Targets',
    how: 'Medians.',
    columns: targetColumns,
    rows: [
      target(
        'twenty rules, the slowest kind of message',
        `≤ ${MOST_MICROSECONDS} µs`,
        us(slowest),
        slowest <= MOST_MICROSECONDS,
      ),
    ],
  },
]);
