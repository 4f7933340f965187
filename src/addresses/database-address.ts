// The address of a database, as DATABASE_URL has it: of one server, or of several of which one takes writes.

const PARTS = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#]*)(.*)$/;

/**
 * The address of each server. Several stand as in libpq's addresses:
 * `postgresql://user:password@first:5432,second:5432/database`.
 */
export function listServers(text: string): string[] {
  const [, before = '', hosts = '', after = ''] = PARTS.exec(text) ?? [];
  if (!hosts.includes(',')) return [text];
  return hosts.split(',').map((host) => `${before}${host}${after}`);
}

/** Host and port of each server. */
export function nameServers(text: string): string[] {
  return listServers(text).map((server) => {
    const { hostname, port } = new URL(server);
    return `${hostname || 'the local socket'}:${port || '5432'}`;
  });
}

/** What is wrong with an address, before anything is connected; null: nothing. */
export function findAddressFault(text: string): string | null {
  const servers = listServers(text);
  const isServer = (address: string): boolean =>
    URL.canParse(address) && (servers.length === 1 || new URL(address).hostname !== '');
  // A # that is not written as %23 would end the address.
  const isKnown =
    /^postgres(ql)?:\/\//.test(text) && !text.includes('#') && servers.every(isServer);
  return isKnown
    ? null
    : 'is not an address of PostgreSQL; write postgresql://user:password@host:5432/database, with %40 for an @ and %23 for a # in the password, and host:5432,host:5432 for several servers';
}
