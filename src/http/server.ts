// Lists every route and the order in which the doors stand.
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  fastify,
  LogController,
  type RouteOptions,
} from 'fastify';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { type AgentDoors, agentRoutes } from './agents.ts';
import { boundBodies } from './bound-bodies.ts';
import { type BrokerHooks, brokerHookRoutes } from './broker-hooks.ts';
import { cannedReplyRoutes } from './canned-replies.ts';
import { type ChannelFace, findAmong } from './channel-face.ts';
import { channelRoutes } from './channels.ts';
import { makeSchemaCompilers } from './compile-schemas.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversations.ts';
import { type EndpointDoors, endpointRoutes } from './endpoints.ts';
import { exportRoutes } from './export.ts';
import { type FileMeans, openFileDoors } from './file-doors.ts';
import { groupRoutes } from './groups.ts';
import { DOCS_POLICY, guardAnswers } from './guard-answers.ts';
import { type Health, healthRoutes } from './health.ts';
import { hideUnseen } from './hide-unseen.ts';
import { inboxRoutes } from './inbox.ts';
import { keepAnswers } from './keep-answers.ts';
import { type AddressLimits, limitAddresses } from './limit-addresses.ts';
import { messageRoutes } from './messages.ts';
import { type MqttLogin, mqttLoginRoutes } from './mqtt-login.ts';
import { noticeRoutes } from './notices.ts';
import { oidcRoutes } from './oidc.ts';
import { openApiInfo } from './openapi.ts';
import { type OperatorDoor, operatorRoutes } from './operator.ts';
import { ownSessionRoutes } from './own-sessions.ts';
import { pagesRoutes } from './pages.ts';
import { type PictureMeans, pictureRoutes } from './pictures.ts';
import { answerProblems } from './problems.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import { refuseNul } from './refuse-nul.ts';
import { rememberBrand } from './remember-brand.ts';
import { reportRoutes } from './reports.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { type SignInDoors, sessionRoutes } from './session.ts';
import { type StatisticsDoors, statisticsRoutes } from './statistics.ts';
import { tagRoutes } from './tags.ts';
import { userRoutes } from './users.ts';
import { workspaceRoutes } from './workspace.ts';

const BODY_LIMIT = 1024 * 1024;
// A body that comes slower than this is given up, so that nobody can hold connections open for ever.
const REQUEST_TIMEOUT_MS = 30_000;

/** Builds the application; it does not listen yet. */
export async function buildServer(
  means: EndpointDoors &
    PictureMeans &
    AgentDoors &
    MqttLogin &
    BrokerHooks &
    SignInDoors &
    StatisticsDoors &
    OperatorDoor & {
      health: Health;
      fileMeans: FileMeans;
      addressLimits?: AddressLimits;
      /** One of each kind. */
      channels: readonly ChannelFace[];
      /** Where browsers reach the broker. */
      mqttUrl: () => string;
      /** Of an agent who has none. */
      agentAvatarUrl: string | null;
      /** Whether what a request says of its client is believed, by who passed it on. */
      trustsProxy: (address: string | undefined) => boolean;
      log: FastifyBaseLogger;
      /** Told of each route, for whoever must know them all. */
      onRoute?: (route: RouteOptions) => void;
    },
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: means.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: means.trustsProxy,
    routerOptions: { maxParamLength: 300 },
  }).withTypeProvider<TypeBoxTypeProvider>();
  const doors = { ...means, files: openFileDoors(app, means.fileMeans) };
  if (doors.onRoute !== undefined) app.addHook('onRoute', doors.onRoute);
  const { forRequests, forAnswers } = makeSchemaCompilers();
  app.setValidatorCompiler(forRequests);
  app.setSerializerCompiler(forAnswers);
  app.decorateRequest('actor', null as never);
  app.decorateRequest('loginSession', null as never);
  app.decorate('publicUrl', doors.publicUrl);
  guardAnswers(app);
  limitAddresses(app, doors.trustsProxy, doors.addressLimits);
  boundBodies(app);
  refuseNul(app);
  answerProblems(app);
  logResponses(app);
  hideUnseen(app, doors);
  keepAnswers(app, doors);
  warnOfProxies(app, doors);
  await app.register(swagger, { openapi: openApiInfo });
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: DOCS_POLICY });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(healthRoutes, doors);
  await app.register(agentRoutes, doors);
  await app.register(groupRoutes, { ...doors, kind: 'team' });
  await app.register(groupRoutes, { ...doors, kind: 'skill' });
  await app.register(channelRoutes, { ...doors, faceOf: findAmong(doors.channels) });
  for (const { routes } of doors.channels) await app.register(routes, doors);
  await app.register(conversationRoutes, doors);
  await app.register(contactRoutes, doors);
  await app.register(endpointRoutes, doors);
  await app.register(messageRoutes, doors);
  await app.register(workspaceRoutes, doors);
  await app.register(noticeRoutes, doors);
  await app.register(operatorRoutes, doors);
  await app.register(mqttLoginRoutes, doors);
  await app.register(brokerHookRoutes, doors);
  await app.register(pictureRoutes, doors);
  await app.register(sessionRoutes, doors);
  await app.register(ownSessionRoutes, doors);
  await app.register(secondFactorRoutes, doors);
  await app.register(oidcRoutes, doors);
  await app.register(userRoutes, doors);
  await app.register(inboxRoutes, doors);
  await app.register(cannedReplyRoutes, doors);
  await app.register(tagRoutes, doors);
  await app.register(reportRoutes, doors);
  await app.register(exportRoutes, doors);
  await app.register(statisticsRoutes, doors);
  const { settingDefaults, agentAvatarUrl, mqttUrl, channels } = doors;
  // No face knows of a chat: no page may show one.
  const { framersOf = () => [] } = channels.find((face) => face.framersOf !== undefined) ?? {};
  const dress = (branding: SettingDefaults['branding']) => ({
    ...branding,
    agentAvatarUrl,
  });
  await app.register(pagesRoutes, {
    mqttUrl,
    framersOf: async (channelId) => framersOf(channelId),
    brandOf: rememberBrand(
      async () =>
        dress((await readSettings(doors.desk.db, DEFAULT_WORKSPACE, settingDefaults)).branding),
      dress(settingDefaults.branding),
    ),
  });
  return app;
}

/** Once: whoever runs us behind a proxy that we do not know would count all clients as one. */
function warnOfProxies(
  app: FastifyInstance,
  { trustsProxy, log }: { trustsProxy: (address: string) => boolean; log: FastifyBaseLogger },
): void {
  let warned = false;
  app.addHook('onRequest', async ({ headers, socket }) => {
    const { remoteAddress } = socket;
    if (warned || headers['x-forwarded-for'] === undefined || remoteAddress === undefined) return;
    if (trustsProxy(remoteAddress)) return;
    warned = true;
    log.warn(
      { remoteAddress },
      'A request came with X-Forwarded-For from an address that USHER_TRUSTED_PROXIES does not name: it is not believed. If that is your proxy, name it.',
    );
  });
}

function logResponses(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const level = reply.statusCode >= 500 ? 'warn' : 'debug';
    const { method, routeOptions } = request;
    // The route's pattern, never the address itself: that may carry a secret.
    const details = { method, route: routeOptions.url, status: reply.statusCode };
    request.log[level]({ ...details, ms: Math.round(reply.elapsedTime) }, 'answered');
  });
}
