// A field of a visitor that the server's admin has made; others do not exist.
import type { World } from '../world.ts';
import { findVisitorByToken } from './register-visitor.ts';

/** false: there is no such field, or no such visitor. */
export function setVisitorField(
  world: World,
  field: { token: string; key: string; value: string; overwrite: boolean },
): boolean {
  const { token, key, value, overwrite } = field;
  const known = world.state.customFields.get(key);
  const visitor = findVisitorByToken(world, token);
  if (known?.scope !== 'visitor' || visitor === undefined) return false;
  const data = visitor.livechatData ?? {};
  if (overwrite || data[key] === undefined) data[key] = value;
  visitor.livechatData = data;
  visitor._updatedAt = world.clock.date();
  world.listeners.tell('onVisitorSaved', { visitor });
  return true;
}
