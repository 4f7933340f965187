// Decides whether a call may be made, in Qiscus' two schemes.
import type { World } from './world.ts';

/** `secret`: the app's key. `token`: a login's token, without "Bearer". `none`: open to all. */
export type Scheme = 'none' | 'secret' | 'token' | 'either';

export interface Credentials {
  appId: string | undefined;
  secretKey: string | undefined;
  token: string | undefined;
}

export function isAuthorised(world: World, scheme: Scheme, given: Credentials): boolean {
  if (scheme === 'none') return true;
  const { app } = world.state;
  if (given.appId !== app.appId) return false;
  if (scheme !== 'token' && given.secretKey === app.secretKey) return true;
  return scheme !== 'secret' && given.token !== undefined && isAlive(world, given.token);
}

/** Earlier tokens stay valid beside it (assumption). */
export function giveToken({ state, now }: World): string {
  state.last.tokenNumber += 1;
  const token = `emulated-token-${state.last.tokenNumber}`;
  state.tokens.set(token, { givenAt: now() });
  return token;
}

function isAlive(world: World, token: string): boolean {
  const known = world.state.tokens.get(token);
  if (known === undefined) return false;
  const { expireTokens } = world.switches;
  return expireTokens === null || world.now() - known.givenAt < expireTokens;
}
