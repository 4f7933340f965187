// Lists every route, and the order in which hooks and checks run.
import swagger from '@fastify/swagger';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import {
  type FastifyBaseLogger,
  type FastifyInstance,
  fastify,
  LogController,
  type RouteOptions,
} from 'fastify';
import { DEFAULT_WORKSPACE } from '../desk/prepare-workspace.ts';
import { agentDayRoutes } from './agent-days.ts';
import { type AgentMeans, agentRoutes } from './agents.ts';
import { alarmRoutes } from './alarms.ts';
import { arrivalsReportRoutes } from './arrivals-report.ts';
import { type AssistanceMeans, assistanceRoutes } from './assistance.ts';
import { auditRoutes } from './audit.ts';
import { automationRoutes } from './automations.ts';
import { awaitHandlers } from './await-handlers.ts';
import { balanceRoutes } from './balance.ts';
import { boundBodies } from './bound-bodies.ts';
import { type BrokerHooks, brokerHookRoutes } from './broker-hooks.ts';
import { bulkRoutes } from './bulk.ts';
import { cannedReplyRoutes } from './canned-replies.ts';
import { type ChannelFace, findAmong } from './channel-face.ts';
import { channelRoutes } from './channels.ts';
import { makeSchemaCompilers } from './compile-schemas.ts';
import { connectionRoutes } from './connection.ts';
import { consultingRoutes } from './consulting.ts';
import { contactErasureRoutes } from './contact-erasure.ts';
import { contactRecordRoutes } from './contact-records.ts';
import { contactRoutes } from './contacts.ts';
import { conversationRoutes } from './conversations.ts';
import { cutStalled } from './cut-stalled.ts';
import { type EndpointMeans, endpointRoutes } from './endpoints.ts';
import { exportRoutes } from './export.ts';
import { fairnessRoutes } from './fairness.ts';
import type { FileMeans } from './file-means.ts';
import { groupRoutes } from './groups.ts';
import { guardAnswers } from './guard-answers.ts';
import { type Health, healthRoutes } from './health.ts';
import { hideUnseen } from './hide-unseen.ts';
import { inboxRoutes } from './inbox.ts';
import { keepAnswers } from './keep-answers.ts';
import { type AddressLimits, limitAddresses } from './limit-addresses.ts';
import { macroRoutes } from './macros.ts';
import { mailRoutes } from './mails.ts';
import { mentionRoutes } from './mentions.ts';
import { messageRoutes } from './messages.ts';
import { type MqttLogin, mqttLoginRoutes } from './mqtt-login.ts';
import { noticeRoutes } from './notices.ts';
import { offerRoutes } from './offers.ts';
import { oidcRoutes } from './oidc.ts';
import { openFileMeans } from './open-file-means.ts';
import { openApiInfo } from './openapi.ts';
import { type OperatorMeans, operatorRoutes } from './operator.ts';
import { ownPushRoutes, type PushMeans } from './own-push.ts';
import { ownSessionRoutes } from './own-sessions.ts';
import { pagesRoutes } from './pages.ts';
import { type PictureMeans, pictureRoutes } from './pictures.ts';
import { policyRoutes } from './policy.ts';
import { policyVersionRoutes } from './policy-versions.ts';
import { answerProblems, answerUnreadable } from './problems.ts';
import { readSettings, type SettingDefaults } from './read-settings.ts';
import { referenceRoutes } from './reference.ts';
import { refuseNul } from './refuse-nul.ts';
import { rememberBrand } from './remember-brand.ts';
import { replayRoutes } from './replays.ts';
import { reportDetailRoutes } from './report-details.ts';
import { reportListRoutes } from './report-list.ts';
import { reportRoutes } from './reports.ts';
import { savedViewRoutes } from './saved-views.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { type SignInMeans, sessionRoutes } from './session.ts';
import { shiftRoutes } from './shifts.ts';
import { sideReportRoutes } from './side-reports.ts';
import { type LabMeans, simulationRoutes } from './simulations.ts';
import { type StatisticsMeans, statisticsRoutes } from './statistics.ts';
import { statusReportRoutes } from './status-reports.ts';
import { statusRoutes } from './statuses.ts';
import { type StatusMeans, systemStatusRoutes } from './system-status.ts';
import { tagRoutes } from './tags.ts';
import { toldWaitsReportRoutes } from './told-waits-report.ts';
import { toolCallRoutes } from './tool-calls.ts';
import { type RequestTraces, traceRequests } from './trace-requests.ts';
import { type TypingMeans, typingRoutes } from './typing.ts';
import { userRoutes } from './users.ts';
import { wallRoutes } from './wall.ts';
import { workspaceRoutes } from './workspace.ts';

const BODY_LIMIT = 1024 * 1024;
// A body that arrives more slowly is given up, so that nobody can hold connections open for ever.
const REQUEST_TIMEOUT_MS = 30_000;

export type ServerMeans = EndpointMeans &
  PictureMeans &
  AgentMeans &
  MqttLogin &
  BrokerHooks &
  SignInMeans &
  StatisticsMeans &
  AssistanceMeans &
  TypingMeans &
  PushMeans &
  LabMeans &
  OperatorMeans &
  StatusMeans & {
    health: Health;
    fileMeans: FileMeans;
    addressLimits?: AddressLimits;
    /** One of each kind. */
    channels: readonly ChannelFace[];
    /** Where browsers reach the broker. */
    mqttUrl: () => string;
    /** The picture of an agent who has none. */
    agentAvatarUrl: string | null;
    /**
     * Whether the forwarding headers of a request are believed, by the proxy that passed it on.
     */
    trustsProxy: (address: string | undefined) => boolean;
    log: FastifyBaseLogger;
    /** Absent: nothing is traced. */
    traces?: RequestTraces | undefined;
    /** Called for each route, for callers that must know all of them. */
    onRoute?: (route: RouteOptions) => void;
  };

type Given = ServerMeans & { files: ReturnType<typeof openFileMeans> };

/** Builds the application; it does not listen yet. */
export async function buildServer(means: ServerMeans): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: means.log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: BODY_LIMIT,
    requestTimeout: REQUEST_TIMEOUT_MS,
    trustProxy: means.trustsProxy,
    routerOptions: { maxParamLength: 300 },
    frameworkErrors: answerUnreadable,
  }).withTypeProvider<TypeBoxTypeProvider>();
  nameRegistered(app);
  const given = { ...means, files: openFileMeans(app, means.fileMeans) };
  if (given.onRoute !== undefined) app.addHook('onRoute', given.onRoute);
  const { forRequests, forAnswers } = makeSchemaCompilers();
  app.setValidatorCompiler(forRequests);
  app.setSerializerCompiler(forAnswers);
  app.decorateRequest('actor', null as never);
  app.decorateRequest('loginSession', null as never);
  app.decorate('publicUrl', given.publicUrl);
  addChecks(app, given);
  await addRoutes(app, given);
  await addPages(app, given);
  return app;
}

/** Fastify searches all loaded modules for one without a name: a tenth of the start. */
function nameRegistered(app: FastifyInstance): void {
  const { register } = app;
  app.register = function (this: unknown, plugin: object, options: unknown) {
    (plugin as Named)[DISPLAY_NAME] ??= (plugin as Named).name;
    return register.call(this as never, plugin as never, options as never);
  } as never;
}

const DISPLAY_NAME = Symbol.for('fastify.display-name');
type Named = { name: string; [DISPLAY_NAME]?: string };

/** In the order in which they run. */
function addChecks(app: FastifyInstance, given: Given): void {
  traceRequests(app, given.traces);
  guardAnswers(app);
  limitAddresses(app, given.trustsProxy, given.addressLimits);
  cutStalled(app);
  boundBodies(app);
  refuseNul(app);
  answerProblems(app);
  logResponses(app);
  hideUnseen(app, given);
  keepAnswers(app, given);
  awaitHandlers(app);
  warnOfProxies(app, given);
}

async function addRoutes(app: FastifyInstance, given: Given): Promise<void> {
  await app.register(swagger, { openapi: openApiInfo });
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.register(referenceRoutes);
  await app.register(healthRoutes, given);
  await app.register(connectionRoutes, given);
  await app.register(agentRoutes, given);
  await app.register(groupRoutes, { ...given, kind: 'team' });
  await app.register(groupRoutes, { ...given, kind: 'skill' });
  await app.register(channelRoutes, { ...given, faceOf: findAmong(given.channels) });
  for (const { routes } of given.channels) await app.register(routes, given);
  await app.register(conversationRoutes, given);
  await app.register(bulkRoutes, given);
  await app.register(consultingRoutes, given);
  await app.register(balanceRoutes, given);
  await app.register(contactRoutes, given);
  await app.register(contactRecordRoutes, given);
  await app.register(contactErasureRoutes, given);
  await app.register(endpointRoutes, given);
  await app.register(auditRoutes, given);
  await app.register(messageRoutes, given);
  await app.register(typingRoutes, given);
  await app.register(offerRoutes, given);
  await app.register(workspaceRoutes, given);
  await app.register(policyRoutes, given);
  await app.register(policyVersionRoutes, given);
  await addWatching(app, given);
  await app.register(operatorRoutes, given);
  await app.register(mqttLoginRoutes, given);
  await app.register(brokerHookRoutes, given);
  await app.register(pictureRoutes, given);
  await app.register(sessionRoutes, given);
  await app.register(ownSessionRoutes, given);
  await app.register(ownPushRoutes, given);
  await app.register(secondFactorRoutes, given);
  await app.register(oidcRoutes, given);
  await app.register(userRoutes, given);
  await app.register(mailRoutes, given);
  await app.register(inboxRoutes, given);
  await app.register(savedViewRoutes, given);
  await app.register(mentionRoutes, given);
  await app.register(cannedReplyRoutes, given);
  await app.register(automationRoutes, given);
  await app.register(macroRoutes, given);
  await app.register(tagRoutes, given);
  await app.register(statusRoutes, given);
  await app.register(simulationRoutes, given);
  await app.register(replayRoutes, given);
  await app.register(toolCallRoutes, given);
  await app.register(statisticsRoutes, given);
  await app.register(assistanceRoutes, given);
  await addReports(app, given);
}

/** Whether all is well, for admins. */
async function addWatching(app: FastifyInstance, given: Given): Promise<void> {
  await app.register(noticeRoutes, given);
  await app.register(systemStatusRoutes, given);
  await app.register(alarmRoutes, given);
}

async function addReports(app: FastifyInstance, given: Given): Promise<void> {
  await app.register(sideReportRoutes, given);
  await app.register(agentDayRoutes, given);
  await app.register(shiftRoutes, given);
  await app.register(statusReportRoutes, given);
  await app.register(fairnessRoutes, given);
  await app.register(arrivalsReportRoutes, given);
  await app.register(toldWaitsReportRoutes, given);
  await app.register(reportRoutes, given);
  await app.register(wallRoutes, given);
  await app.register(reportDetailRoutes, given);
  await app.register(reportListRoutes, given);
  await app.register(exportRoutes, given);
}

async function addPages(app: FastifyInstance, given: Given): Promise<void> {
  const { settingDefaults, agentAvatarUrl, mqttUrl, channels } = given;
  // No kind of channel knows this chat, so no page may show it.
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
        dress((await readSettings(given.desk.db, DEFAULT_WORKSPACE, settingDefaults)).branding),
      dress(settingDefaults.branding),
    ),
  });
}

/** Once: behind a proxy that we do not know, all clients would count as one. */
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
