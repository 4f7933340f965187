// What was typed is there again after a reload, for whoever typed it.
import { expect, test } from 'vitest';
import { makeDrafts } from './drafts.ts';

const ANA = { workspaceId: 'w1', userId: 'ana' };

function makeStore(content: Record<string, string> = {}) {
  return {
    content,
    getItem: (key: string) => content[key] ?? null,
    setItem: (key: string, value: string) => void Object.assign(content, { [key]: value }),
    removeItem: (key: string) => void delete content[key],
  };
}

test('a draft is kept by conversation, and an empty one is forgotten', () => {
  const drafts = makeDrafts(makeStore(), ANA);
  drafts.keep('k1', { text: 'Hello', note: false, at: 1 });
  drafts.keep('k2', { text: 'For us', note: true, at: 2 });
  expect(drafts.all()).toEqual({
    k1: { text: 'Hello', note: false, at: 1 },
    k2: { text: 'For us', note: true, at: 2 },
  });
  drafts.keep('k1', { text: '', note: false, at: 3 });
  expect(Object.keys(drafts.all())).toEqual(['k2']);
});

test('nobody is given another person’s drafts, nor their own of another workspace', () => {
  const store = makeStore({ 'usher.drafts': '{"k1":{"text":"whose?","note":false,"at":1}}' });
  makeDrafts(store, ANA).keep('k2', { text: 'Hello', note: false, at: 2 });
  for (const other of [
    { ...ANA, userId: 'budi' },
    { ...ANA, workspaceId: 'w2' },
  ]) {
    expect(makeDrafts(store, other).all()).toEqual({});
  }
  expect(Object.keys(makeDrafts(store, ANA).all())).toEqual(['k2']);
  expect(JSON.stringify(store.content)).not.toContain('whose?');
});

test('the oldest give way when there are more than two hundred', () => {
  const drafts = makeDrafts(makeStore(), ANA);
  for (let at = 0; at <= 200; at += 1) drafts.keep(`k${at}`, { text: 'x', note: false, at });
  expect(Object.keys(drafts.all())).toHaveLength(200);
  expect(drafts.all()).not.toHaveProperty('k0');
});

test.each(['{broken', '7'])('%s in the store is no draft, and breaks nothing', (text) => {
  const store = makeStore();
  const drafts = makeDrafts({ ...store, getItem: () => text }, ANA);
  expect(drafts.all()).toEqual({});
});

test('a store that refuses does not stop the typing', () => {
  const full = {
    ...makeStore(),
    setItem: () => {
      throw new Error('full');
    },
  };
  expect(() => makeDrafts(full, ANA).keep('k1', { text: 'x', note: false, at: 1 })).not.toThrow();
});
