// The three ways in which Usher's lists come in pages.
import { expect, test } from 'vitest';
import { listItems } from './list-items.ts';

async function collect<T>(pages: { items: T[]; nextCursor?: string | null; after?: string }[]) {
  const asked: object[] = [];
  const items: T[] = [];
  const left = [...pages];
  const ask = async (next: object) => {
    asked.push(next);
    const page = left.shift();
    if (page === undefined) throw new Error('It asks on at the end.');
    return page;
  };
  for await (const item of listItems(ask)) items.push(item);
  return { asked, items };
}

test('by nextCursor, until there is none', async () => {
  const pages = [
    { items: [1, 2], nextCursor: 'b' },
    { items: [], nextCursor: 'c' },
  ];
  expect(await collect([...pages, { items: [3], nextCursor: null }])).toEqual({
    asked: [{}, { cursor: 'b' }, { cursor: 'c' }],
    items: [1, 2, 3],
  });
});

test('by after, until it stays; a page whose items are hidden does not end it', async () => {
  const pages = [
    { items: [1], after: 'a' },
    { items: [], after: 'b' },
    { items: [2], after: 'c' },
  ];
  expect(await collect([...pages, { items: [], after: 'c' }])).toEqual({
    asked: [{}, { after: 'a' }, { after: 'b' }, { after: 'c' }],
    items: [1, 2],
  });
});

test('by the number of the last item, until a page is empty', async () => {
  const pages = [{ items: [{ seq: 1 }, { seq: 4 }] }, { items: [] }];
  expect((await collect(pages)).asked).toEqual([{}, { after: 4 }]);
});

test('a list that comes whole is asked for once', async () => {
  expect((await collect([{ items: ['a'] }])).asked).toEqual([{}]);
});
