// Saved views and the addresses that they stand for.
import { expect, test } from 'vitest';
import { isSame, toFilters, toSearch } from './view-filters.ts';

const search = { q: 'refund', channel: 'c1', team: 't1', due: 'soon', sort: 'oldest' } as const;

test('a view holds the wishes of its address, and leads to them', () => {
  const filters = toFilters(search);
  expect(filters).toEqual({
    ...{ q: 'refund', channelId: 'c1', teamId: 't1' },
    ...{ due: 'soon', sort: 'oldest' },
  });
  expect(toSearch(filters)).toEqual(search);
});

test('it is the view whatever the order of its wishes, and not with one more', () => {
  const filters = { teamId: 't1', q: 'refund' };
  expect(isSame(filters, { q: 'refund', team: 't1' })).toBe(true);
  expect(isSame(filters, { q: 'refund', team: 't1', sort: 'due' })).toBe(false);
});
