// The five endpoints, and GET /settings, below /api/apps/public/<id of the app> (rapidpro.md §1, §2).

import type {
  IHttp,
  IModify,
  IPersistence,
  IRead,
} from '@rocket.chat/apps-engine/definition/accessors';
import type {
  IApiEndpoint,
  IApiEndpointInfo,
  IApiRequest,
  IApiResponse,
} from '@rocket.chat/apps-engine/definition/api';
import { closeByToken } from './close-ticket';
import type { Means } from './means';
import { openTicket } from './open-ticket';
import { readTicketClosed, readTicketOpened, readVisitorMessage, readWebhook } from './read';
import { readSettings, type Settings } from './settings';
import { takeMessage } from './take-message';
import { getWebhookUrl, setWebhookUrl } from './webhook';

/** What the engine hands to an endpoint. */
export type Given = { read: IRead; modify: IModify; http: IHttp; persistence: IPersistence };

interface Call {
  /** Neither type nor body of the request is looked at. */
  isBare?: boolean;
  act(means: Means, settings: Settings, body: unknown): Promise<IApiResponse>;
}

const methods = ['get', 'post', 'put', 'delete', 'head', 'options', 'patch'] as const;
type Method = (typeof methods)[number];

const noContent: IApiResponse = { status: 204 };
const answer = (status: number, body: object): IApiResponse => ({
  status,
  headers: { 'Content-Type': 'application/json; charset=utf-8' },
  content: JSON.stringify(body),
});
const refuse = (status: number, error: string): IApiResponse => answer(status, { error });

const checkSecret: Call = { isBare: true, act: async () => noContent };

const showSettings: Call = {
  isBare: true,
  act: async (means) => {
    const url = await getWebhookUrl(means);
    return answer(200, { webhook: url === null ? {} : { url } });
  },
};

const changeSettings: Call = {
  act: async (means, settings, body) => {
    await setWebhookUrl(means, readWebhook(body, settings).url);
    return noContent;
  },
};

const openRoom: Call = {
  act: async (means, settings, body) => {
    const opened = await openTicket(means, settings, readTicketOpened(body));
    return 'id' in opened ? answer(200, { id: opened.id }) : refuse(opened.status, opened.refused);
  },
};

const closeRoom: Call = {
  act: async (means, _settings, body) => {
    await closeByToken(means, readTicketClosed(body).token);
    return noContent;
  },
};

const takeVisitorMessage: Call = {
  act: async (means, _settings, body) => {
    const said = readVisitorMessage(body);
    const id = await takeMessage(means, said);
    return id === null
      ? refuse(404, `Could not find a room for visitor token: ${said.token}`)
      : answer(201, { id });
  },
};

const routes: Record<string, Partial<Record<Method, Call>>> = {
  'secret.check': { get: checkSecret },
  settings: { get: showSettings, put: changeSettings },
  room: { get: openRoom, post: openRoom },
  'room.close': { get: closeRoom, post: closeRoom },
  'visitor-message': { post: takeVisitorMessage },
};

export function makeEndpoints(meansOf: (given: Given) => Means): IApiEndpoint[] {
  return Object.entries(routes).map(([path, calls]) => {
    const endpoint: IApiEndpoint = { path };
    for (const method of methods) {
      endpoint[method] = (
        request: IApiRequest,
        _info: IApiEndpointInfo,
        read: IRead,
        modify: IModify,
        http: IHttp,
        persistence: IPersistence,
      ) => answerCall(meansOf({ read, modify, http, persistence }), calls[method], request);
    }
    return endpoint;
  });
}

async function answerCall(
  means: Means,
  call: Call | undefined,
  request: IApiRequest,
): Promise<IApiResponse> {
  try {
    const settings = await readSettings(means.read);
    if (settings.secret === '') return refuse(403, 'Secret not set');
    if (!isAuthorized(request.headers.authorization, settings.secret)) {
      return refuse(403, 'Invalid Authorization header');
    }
    if (call === undefined) return refuse(405, 'Method not allowed');
    if (call.isBare) return await call.act(means, settings, undefined);
    const type = request.headers['content-type'];
    if (type !== undefined && !/^\s*application\/json\s*(;|$)/i.test(type)) {
      return refuse(400, 'Invalid Content-Type header');
    }
    if (!hasBody(request)) return refuse(400, 'Invalid JSON body');
    return await call.act(means, settings, request.content);
  } catch (error) {
    return toAnswer(means, request, error);
  }
}

/** The server reads a missing body as `{}`. */
function hasBody({ headers, content }: IApiRequest): boolean {
  if (content === undefined || content === null || content === '') return false;
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** The scheme as RapidPro spells it; spaces around the secret are ignored. */
function isAuthorized(header: string | undefined, secret: string): boolean {
  const presented = /^Token +(\S.*)$/.exec(header ?? '')?.[1];
  return presented !== undefined && isSame(presented.trim(), secret);
}

/** In a time that does not tell how much of it is right. */
function isSame(presented: string, secret: string): boolean {
  let difference = presented.length ^ secret.length;
  for (let place = 0; place < presented.length; place += 1) {
    difference |= presented.charCodeAt(place) ^ secret.charCodeAt(place % secret.length);
  }
  return difference === 0;
}

function toAnswer(means: Means, { method }: IApiRequest, error: unknown): IApiResponse {
  const { name, message } = error as Error;
  if (name === 'Broken') return refuse(400, message);
  means.log.error(`A call of RapidPro failed: ${String(error)}`);
  if (name !== 'StorageDown') return refuse(500, 'Unexpected error');
  // With a body, older clients could not send their request again (rapidpro.md §3).
  return `${method}` === 'get' ? { status: 503 } : refuse(500, 'Temporarily unavailable');
}
