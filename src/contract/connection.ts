// How a request came in, as the server sees it.
import { type Static, Type } from 'typebox';

export const SeenConnection = Type.Object({
  protocol: Type.Enum(['http', 'https'], {
    description: 'As a proxy that is believed says it; otherwise http.',
  }),
  host: Type.String({ description: 'As the caller, or a proxy that is believed, named it.' }),
  client: Type.Enum(['direct', 'named', 'unnamed', 'not-believed'], {
    description:
      'direct: from no proxy that is known. named: a proxy that is believed names the client. unnamed: it names none. not-believed: somebody names a client, and USHER_TRUSTED_PROXIES does not name them.',
  }),
});
export type SeenConnection = Static<typeof SeenConnection>;
