// Whose a proof is, as far as the browser needs to know: one person is told from another.
import { SignJWT } from 'jose';
import { expect, test } from 'vitest';
import { nameCustomer } from './tell-who.ts';

const sign = (sub: string) =>
  new SignJWT({ name: 'Budi' })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(sub)
    .sign(new TextEncoder().encode('a secret of the shop'));

test('a token alone names its customer, in any script', async () => {
  for (const id of ['298301', '고객-7', 'ção?~>ÿ']) {
    const identityToken = await sign(id);
    expect(nameCustomer({ identityToken })).toEqual({ identityToken, id });
  }
});

test('an id that the page gives is kept, as text; what is no token names nobody', async () => {
  expect(nameCustomer({ id: 42 as never })).toEqual({ id: '42' });
  const identityToken = await sign('1');
  expect(nameCustomer({ id: '2', identityToken })).toEqual({ id: '2', identityToken });
  for (const wrong of ['', 'a.b.c', 'a.e30.c', '...']) {
    expect(nameCustomer({ identityToken: wrong })).toEqual({ identityToken: wrong });
  }
});
