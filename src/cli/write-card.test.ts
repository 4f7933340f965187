// The card on a terminal.
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { writeCard } from './write-card.ts';

const usual = {
  ...{ version: '1.2.3', address: 'http://127.0.0.1:3000', dataDir: './data' },
  ...{ firstRunCode: 'ABCD-EFGH', newAdminToken: 'ut_token' },
};
const lines = (card: Parameters<typeof writeCard>[0]) =>
  stripVTControlCharacters(writeCard(card)).split('\n');

test('the first start names the address, the code, the token and what is next', () => {
  const said = lines(usual);
  expect(said).toContain('  address      http://127.0.0.1:3000');
  expect(said).toContain('  code         ABCD-EFGH  sets the first admin up there');
  expect(said).toContain('  API token    ut_token  shown this once; kept in ./data/admin-token');
  expect(said.join()).toContain('Next: open the address, set the first admin up with the code');
});

test('a later start is shorter', () => {
  const said = lines({ ...usual, firstRunCode: null, newAdminToken: null });
  expect(said.join()).not.toMatch(/code|token/);
  expect(said).toContain('  Next: sign in at the address.');
});
