// One call of a route, typed by openapi.json.
import type {
  Client,
  ClientPathsWithMethod,
  FetchResponse,
  MaybeOptionalInit,
} from 'openapi-fetch';
import type { paths } from './generated/schema.ts';
import { UsherProblem } from './problem.ts';

export type Api = Client<paths>;
export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';
export type Init<P extends keyof paths, M extends Method> = MaybeOptionalInit<paths[P], M>;
export type Rest<I> = undefined extends I ? [init?: I] : [init: I];

/** What the route answers; throws UsherProblem or UsherUnreachable. */
export type Ask<M extends Method> = <
  P extends ClientPathsWithMethod<Api, M>,
  I extends Init<P, M> = Init<P, M>,
>(
  path: P,
  ...init: Rest<I>
) => Promise<Answer<P, M, I>>;

type Answer<P extends keyof paths, M extends Method, I> = Given<
  FetchResponse<Extract<paths[P][M], Record<string, unknown>>, I, `${string}/${string}`>['data']
>;
/** undefined: the route answers nothing. */
type Given<T> = [Exclude<T, undefined>] extends [never] ? undefined : Exclude<T, undefined>;

/** The lists that come in pages: by `cursor` or by `after`. */
export type ListPath = {
  [P in ClientPathsWithMethod<Api, 'get'>]: Listed<P> extends never
    ? never
    : 'cursor' extends QueryName<P>
      ? P
      : 'after' extends QueryName<P>
        ? P
        : never;
}[ClientPathsWithMethod<Api, 'get'>];
type QueryName<P extends keyof paths> = paths[P] extends {
  get: { parameters: { query?: infer Q } };
}
  ? keyof NonNullable<Q>
  : never;
export type Listed<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { 'application/json': { items: (infer T)[] } } } } };
}
  ? T
  : never;

export function askBy(api: Api) {
  const request = api.request as (
    ...args: [method: Method, path: string, init: object | undefined]
  ) => Promise<{ data?: unknown; error?: unknown; response: Response }>;
  return <M extends Method>(method: M): Ask<M> =>
    (async (path: string, init?: object) => {
      const { data, error, response } = await request(method, path, init);
      if (!response.ok) throw new UsherProblem(response, error);
      return data;
    }) as Ask<M>;
}
