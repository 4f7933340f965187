// A person, a bot or an app gets an account, with a token to call by.
import { makeId } from '../make-id.ts';
import type { LivechatStatus, Presence, User } from '../state.ts';
import type { World } from '../world.ts';

export interface NewUser {
  _id?: string;
  username: string;
  name?: string;
  email?: string;
  roles?: string[];
  type?: User['type'];
  /** Default online. */
  status?: Presence;
  /** Default available for agents, else not-available. */
  statusLivechat?: LivechatStatus;
  password?: string;
}

export interface Account {
  user: User;
  /** A personal access token. */
  authToken: string;
}

export function addUser(world: World, given: NewUser): Account {
  const { state, clock } = world;
  const { username, roles = ['livechat-agent'] } = given;
  const at = clock.date();
  const isAgent = roles.includes('livechat-agent');
  const user: User = {
    _id: given._id ?? makeId(),
    username,
    name: given.name ?? username,
    emails: [{ address: given.email ?? `${username}@desk.example`, verified: true }],
    roles: ['user', ...roles],
    type: given.type ?? 'user',
    active: true,
    status: given.status ?? 'online',
    statusLivechat: given.statusLivechat ?? (isAgent ? 'available' : 'not-available'),
    livechatCount: 0,
    createdAt: at,
    _updatedAt: at,
  };
  state.users.set(user._id, user);
  if (given.password !== undefined) state.passwords.set(user._id, given.password);
  return { user, authToken: giveToken(world, user._id) };
}

export function giveToken({ state }: World, userId: string): string {
  const authToken = makeId(43);
  state.authTokens.set(authToken, userId);
  return authToken;
}
