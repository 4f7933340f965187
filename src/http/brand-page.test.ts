import { expect, test } from 'vitest';
import { brandPage } from './brand-page.ts';
import { rememberBrand } from './remember-brand.ts';

const page =
  '<!doctype html><html lang="en"><head><title>Usher</title><link rel="icon" href="/icon.svg" type="image/svg+xml"></head><body></body></html>';
const plain = {
  pageTitle: 'Usher',
  favIconUrl: null,
  language: null,
  logoUrl: null,
  agentAvatarUrl: null,
};

test('the page carries the operator’s title, icon and language', () => {
  const branded = brandPage(page, {
    pageTitle: 'Toko Sari',
    favIconUrl: 'https://cdn.example/icon.png?a=1&b=2',
    language: 'pt-BR',
    logoUrl: null,
    agentAvatarUrl: 'https://cdn.example/agent.png',
  });
  expect(branded).toContain('<html lang="pt-BR" dir="ltr">');
  expect(branded).toContain('<title>Toko Sari</title>');
  expect(branded).toContain('<meta name="usher-title" content="Toko Sari">');
  expect(branded).toContain(
    '<meta name="usher-agent-picture" content="https://cdn.example/agent.png">',
  );
  expect(branded).toContain('<meta name="usher-language" content="pt-BR">');
  expect(branded).toContain('<link rel="icon" href="https://cdn.example/icon.png?a=1&amp;b=2">');
  expect(branded).not.toContain('/icon.svg');
});

test('what is not set stays as it was built', () => {
  const branded = brandPage(page, plain);
  expect(branded).toContain('href="/icon.svg"');
  expect(branded).toContain('<html lang="en">');
  expect(branded).not.toContain('usher-language');
});

test('a page in Arabic is read from the right from its first moment on', () => {
  const branded = brandPage(page, { ...plain, language: 'ar' });
  expect(branded).toContain('<html lang="ar" dir="rtl">');
});

test('a title stays text, whatever it holds', () => {
  const evil = `</title><script>alert(1)</script>"' onload=x $& $1`;
  const branded = brandPage(page, {
    ...plain,
    pageTitle: evil,
    logoUrl: null,
    agentAvatarUrl: evil,
  });
  expect(branded).not.toContain('<script>');
  expect(branded.match(/<title>/g)).toHaveLength(1);
  expect(branded).toContain('&quot;&#39; onload=x $&amp; $1');
});

test('while the settings cannot be read the last known stand there, at first those of the environment', async () => {
  let read = async () => ({ ...plain, pageTitle: 'Set' });
  const brandOf = rememberBrand(() => read(), { ...plain, pageTitle: 'Environment' });
  const working = read;
  read = async () => Promise.reject(new Error('no database'));
  expect((await brandOf()).pageTitle).toBe('Environment');
  read = working;
  expect((await brandOf()).pageTitle).toBe('Set');
  read = () => new Promise(() => {});
  expect((await brandOf()).pageTitle).toBe('Set');
});
