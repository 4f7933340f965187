// Looks at each server of a DATABASE_URL that names several: who takes writes, and whether one could take over.
import { nameServers } from '../addresses/database-address.ts';
import { type FoundServer, lookAtServers, primaryOf } from '../store/primary.ts';
import type { Check } from './check.ts';

export async function checkServers(url: string): Promise<Check[]> {
  const names = nameServers(url);
  if (names.length === 1) return [];
  const primary = nameServers(primaryOf(url))[0];
  const found = await lookAtServers(url);
  return found.map((server, at) => {
    const name = `database ${names[at]}`;
    return { name, ...(names[at] === primary ? sayPrimary(server) : sayOther(server)) };
  });
}

function sayPrimary({ waitsForStandby }: FoundServer): Omit<Check, 'name'> {
  if (waitsForStandby)
    return { state: 'ok', says: 'takes writes, and waits until a standby has them' };
  const says =
    'takes writes, and waits for no standby: what it has answered last can be lost when another takes over; set synchronous_standby_names';
  return { state: 'warning', says };
}

function sayOther({ role }: FoundServer): Omit<Check, 'name'> {
  if (role === 'standby') return { state: 'ok', says: 'is a standby' };
  if (role === 'away') {
    return { state: 'warning', says: 'does not answer, and cannot take over; start it' };
  }
  return {
    state: 'failed',
    says: 'takes writes as well, and nobody uses it; stop it, and make it a standby (pg_rewind)',
  };
}
