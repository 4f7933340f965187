import { expect, test } from 'vitest';
import { listZones, matchesZone, readOffset } from './list-zones.ts';

const summer = Date.UTC(2026, 6, 1);
const winter = Date.UTC(2026, 0, 1);

test('zones are listed with the offset of that moment, the one of the document among them', () => {
  const zones = listZones(summer, 'Asia/Calcutta');
  const offsetOf = (name: string) => zones.find((zone) => zone.name === name)?.offset;
  expect(zones.length).toBeGreaterThan(400);
  expect([offsetOf('Europe/Berlin'), offsetOf('UTC'), offsetOf('Asia/Kathmandu')]).toEqual([
    'GMT+2',
    'GMT+0',
    'GMT+5:45',
  ]);
  expect(readOffset('Europe/Berlin', winter)).toBe('GMT+1');
  expect(offsetOf('Asia/Calcutta')).toBe('GMT+5:30');
  expect(offsetOf('Asia/Kolkata')).toBe('GMT+5:30');
  expect(listZones(summer, 'Nowhere/Town').map(({ name }) => name)).not.toContain('Nowhere/Town');
});

test('a zone is found by its city or its offset', () => {
  const zone = { name: 'America/Sao_Paulo', offset: 'GMT-3' };
  for (const typed of ['sao paulo', 'SAO_P', 'gmt-3', '', ' america ']) {
    expect(matchesZone(zone, typed)).toBe(true);
  }
  expect(matchesZone(zone, 'jakarta')).toBe(false);
});
