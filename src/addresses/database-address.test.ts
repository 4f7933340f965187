import { expect, test } from 'vitest';
import { findAddressFault, listServers, nameServers } from './database-address.ts';

test('an address of several servers is one of each, with its user, password, database and settings', () => {
  expect(listServers('postgresql://u:p%40w@db1:5433,[::1]:5434,db3/usher?sslmode=require')).toEqual(
    [
      'postgresql://u:p%40w@db1:5433/usher?sslmode=require',
      'postgresql://u:p%40w@[::1]:5434/usher?sslmode=require',
      'postgresql://u:p%40w@db3/usher?sslmode=require',
    ],
  );
  expect(nameServers('postgres://u:p@db1:5433,db2/usher')).toEqual(['db1:5433', 'db2:5432']);
});

test('an address of one server is left as it is, also on a local socket', () => {
  for (const one of ['postgres://u:p,q@db1/usher', 'postgres:///usher', 'postgres://db/x?a=1,2']) {
    expect(listServers(one)).toEqual([one]);
    expect(findAddressFault(one)).toBeNull();
  }
});

test('a server that has no name, or a port that is none, is a fault', () => {
  for (const bad of [
    'postgres://u:p@db1,,db2/x',
    'postgres://db1,/x',
    'postgres://db1:1,db2:p/x',
  ]) {
    expect(findAddressFault(bad)).toContain('is not an address of PostgreSQL');
  }
  expect(findAddressFault('postgres://u:p@db1:1,db2:2/x')).toBeNull();
});
