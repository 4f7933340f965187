// What was typed is there again after a reload.
import { expect, test } from 'vitest';
import { keepDraft, readDrafts } from './drafts.ts';

function makeStore(content: Record<string, string> = {}) {
  return {
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => void Object.assign(content, { [key]: value }),
    removeItem: (key: string) => void delete content[key],
  };
}

test('a draft is kept by conversation, and an empty one is forgotten', () => {
  const store = makeStore();
  keepDraft(store, 'k1', { text: 'Hello', note: false, at: 1 });
  keepDraft(store, 'k2', { text: 'For us', note: true, at: 2 });
  expect(readDrafts(store)).toEqual({
    k1: { text: 'Hello', note: false, at: 1 },
    k2: { text: 'For us', note: true, at: 2 },
  });
  keepDraft(store, 'k1', { text: '', note: false, at: 3 });
  expect(Object.keys(readDrafts(store))).toEqual(['k2']);
});

test('the oldest give way when there are more than two hundred', () => {
  const store = makeStore();
  for (let at = 0; at <= 200; at += 1) keepDraft(store, `k${at}`, { text: 'x', note: false, at });
  expect(Object.keys(readDrafts(store))).toHaveLength(200);
  expect(readDrafts(store)).not.toHaveProperty('k0');
});

test('what somebody else wrote there is no draft, and does not break anything', () => {
  expect(readDrafts(makeStore({ 'usher.drafts': '{broken' }))).toEqual({});
  expect(readDrafts(makeStore({ 'usher.drafts': '7' }))).toEqual({});
});

test('a store that refuses does not stop the typing', () => {
  const full = {
    ...makeStore(),
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => keepDraft(full, 'k1', { text: 'x', note: false, at: 1 })).not.toThrow();
});
