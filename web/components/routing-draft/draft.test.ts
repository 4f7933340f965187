// A draft of the policy: its steps, what of it is kept, and how it goes on when somebody else was faster.
import { expect, test } from 'vitest';
import type { PolicyDocument } from '../../../src/contract/policy/document.ts';
import { defaultPolicy } from '../../../src/contract/policy/policy.ts';
import {
  beginDraft,
  changeDraft,
  followVersion,
  isDirty,
  redoStep,
  undoStep,
  withPart,
} from './draft-steps.ts';
import { makeDraftKeeper } from './keep-draft.ts';
import { mergePolicies } from './merge-policies.ts';

const base = { version: 3, policy: defaultPolicy };
const withGrace = (leaveGraceSeconds: number): PolicyDocument => ({
  ...defaultPolicy,
  leaveGraceSeconds,
});
const person = { workspaceId: 'w', userId: 'u' };
const makeStore = () => {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
};

test('steps are taken back and taken again, and what is typed in one field is one step', () => {
  let draft = changeDraft(beginDraft(base), withGrace(6), 'grace');
  draft = changeDraft(draft, withGrace(60), 'grace');
  draft = changeDraft(draft, { ...withGrace(60), strategy: 'round-robin' });
  expect(undoStep(draft).present).toEqual(withGrace(60));
  const begun = undoStep(undoStep(draft));
  expect([begun.present, isDirty(begun)]).toEqual([defaultPolicy, false]);
  expect(redoStep(redoStep(begun)).present).toEqual(draft.present);
});

test('a part that is added and taken away again leaves no change', () => {
  const added = changeDraft(beginDraft(base), withPart(base.policy, 'language', 'id'));
  const again = changeDraft(added, withPart(added.present, 'language', undefined));
  expect([isDirty(added), isDirty(again)]).toEqual([true, false]);
});

test('a draft without changes follows what is put in force, one with changes waits', () => {
  const latest = { version: 4, policy: withGrace(9) };
  expect(followVersion(beginDraft(base), latest).present).toEqual(withGrace(9));
  const changed = changeDraft(beginDraft(base), withGrace(60));
  expect(followVersion(changed, latest)).toBe(changed);
});

test('a draft is kept for its person, and none once nothing is changed', () => {
  const store = makeStore();
  const keeper = makeDraftKeeper(store, person);
  keeper.keep(changeDraft(beginDraft(base), withGrace(60)));
  expect(keeper.read(base).present).toEqual(withGrace(60));
  const other = makeDraftKeeper(store, { ...person, userId: 'v' });
  expect(isDirty(other.read(base))).toBe(false);
  keeper.keep(beginDraft(base));
  expect(store.getItem(keeper.key)).toBeNull();
});

test('a kept draft remembers which version it began from', () => {
  const keeper = makeDraftKeeper(makeStore(), person);
  keeper.keep(changeDraft(beginDraft(base), withGrace(60)));
  const draft = keeper.read({ version: 4, policy: withGrace(9) });
  expect([draft.base.version, draft.present]).toEqual([3, withGrace(60)]);
});

test('what is kept and is no policy is no draft', () => {
  const store = makeStore();
  const keeper = makeDraftKeeper(store, person);
  for (const text of ['{', 'null', '7', '{"base":{"version":1},"present":{}}']) {
    store.setItem(keeper.key, text);
    expect(keeper.read(base)).toEqual(beginDraft(base));
  }
});

const rule = (name: string, plan = 'Day') => ({
  name,
  when: { field: 'source', is: name },
  // biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
  then: { plan },
});
// biome-ignore lint/suspicious/noThenProperty: the name is part of the public document.
const always = { name: 'Everybody else', then: { plan: 'Day' } };
const withRules = (...rules: PolicyDocument['rules'] & object) => ({
  ...defaultPolicy,
  rules: [...rules, always],
});
const namesOf = ({ rules = [] }: PolicyDocument) => rules.map(({ name }) => name);

test('changes of both are in what is merged, and where both changed the same the draft’s stands', () => {
  const merged = mergePolicies({
    base: { ...withRules(rule('a'), rule('b')), leaveGraceSeconds: 1 },
    mine: {
      ...withRules(rule('a', 'Mine'), rule('new'), rule('b')),
      boostSeconds: { ...defaultPolicy.boostSeconds, low: -1 },
      leaveGraceSeconds: 1,
    },
    theirs: {
      ...withRules(rule('a', 'Theirs'), rule('b', 'Theirs'), rule('theirs')),
      boostSeconds: { ...defaultPolicy.boostSeconds, high: 9 },
      leaveGraceSeconds: 2,
    },
  });
  expect(namesOf(merged)).toEqual(['a', 'new', 'b', 'theirs', 'Everybody else']);
  expect(merged.rules?.map(({ then }) => then.plan)).toEqual([
    'Mine',
    'Day',
    'Theirs',
    'Day',
    'Day',
  ]);
  expect(merged.boostSeconds).toEqual({ ...defaultPolicy.boostSeconds, low: -1, high: 9 });
  expect(merged.leaveGraceSeconds).toBe(2);
});

test('what one of both removed is gone, unless the draft has changed it', () => {
  const base = withRules(rule('a'), rule('b'), rule('c'));
  const mine = withRules(rule('b', 'Mine'), rule('c'));
  const theirs = withRules(rule('a'));
  expect(namesOf(mergePolicies({ base, mine, theirs }))).toEqual(['b', 'Everybody else']);
});

test('the order of whoever has moved rules holds, and the rule for everybody else stays the last', () => {
  const base = withRules(rule('a'), rule('b'), rule('c'));
  const moved = withRules(rule('c'), rule('a'), rule('b'));
  const added = withRules(rule('a'), rule('b'), rule('c'), rule('d'));
  const order = ['c', 'd', 'a', 'b', 'Everybody else'];
  expect(namesOf(mergePolicies({ base, mine: moved, theirs: added }))).toEqual(order);
  expect(namesOf(mergePolicies({ base, mine: added, theirs: moved }))).toEqual(order);
});
