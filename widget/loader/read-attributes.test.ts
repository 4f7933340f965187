// What a page may say in the tag that includes the script.
import { expect, test } from 'vitest';
import { readAttributes } from './read-attributes.ts';

const tag = (attributes: Record<string, string>) => ({
  getAttribute: (name: string) => attributes[name] ?? null,
});

test('a tag that names its channel, or data-boot, boots; another one leaves that to the page', () => {
  expect(readAttributes(tag({ 'data-channel-id': 'c1' }))).toMatchObject({ channelId: 'c1' });
  expect(readAttributes(tag({ 'data-boot': '' }))).toMatchObject({ channelId: null });
  expect(readAttributes(tag({ 'data-title': 'Shop' }))).toBeNull();
  expect(readAttributes(tag({}))).toBeNull();
});

test('options of several words are written with hyphens, and false switches off', () => {
  const attributes = {
    'data-boot': '',
    'data-launcher-text': 'Questions?',
    'data-show-powered-by': 'false',
    'data-sound': '',
  };
  expect(readAttributes(tag(attributes))).toMatchObject({
    launcherText: 'Questions?',
    showPoweredBy: false,
    sound: true,
    title: null,
  });
});
