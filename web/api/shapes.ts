// Names for what the API gives, so that pages need not spell out paths.
import type { Api } from './client.ts';

type Content<T> = T extends { content: { 'application/json': infer C } } ? C : never;
type Answer<P extends keyof Api, M extends keyof Api[P]> = Api[P][M] extends { responses: infer R }
  ? Content<R[keyof R & (200 | 201 | 202)]>
  : never;
type Asked<P extends keyof Api, M extends keyof Api[P]> = Api[P][M] extends {
  requestBody?: { content: { 'application/json': infer B } } | undefined;
}
  ? B
  : never;
type Item<T> = T extends { items: (infer I)[] } ? I : never;

export type Session = Answer<'/api/v1/session', 'get'>;
export type LoginSession = Item<Answer<'/api/v1/sessions', 'get'>>;
export type Conversation = Answer<'/api/v1/conversations/{id}', 'get'>;
export type ConversationPage = Answer<'/api/v1/conversations', 'get'>;
export type ConversationFilter = NonNullable<
  Api['/api/v1/conversations']['get']['parameters']['query']
>;
export type Message = Item<Answer<'/api/v1/conversations/{id}/messages', 'get'>>;
export type Decisions = Answer<'/api/v1/conversations/{id}/decisions', 'get'>;
export type Reason = Decisions['reasons'][number];
export type WhyNotReason = Answer<
  '/api/v1/conversations/{id}/why-not/{agentId}',
  'get'
>['reasons'][number];
export type Offers = Answer<'/api/v1/offers', 'get'>;
export type Offer = Item<Offers>;
export type ConversationEvent = Item<Answer<'/api/v1/conversations/{id}/events', 'get'>>;
export type CloseBody = NonNullable<Asked<'/api/v1/conversations/{id}/close', 'post'>>;
export type BulkBody = NonNullable<Asked<'/api/v1/conversations/bulk', 'post'>>;
export type BulkOutcome = Item<Answer<'/api/v1/conversations/bulk', 'post'>>;
export type SavedView = Item<Answer<'/api/v1/saved-views', 'get'>>;
export type Mention = Item<Answer<'/api/v1/mentions', 'get'>>;
export type Contact = Answer<'/api/v1/contacts/{id}', 'get'>;
export type ExternalMessage = Item<Answer<'/api/v1/contacts/{id}/external-messages', 'get'>>;
export type Statistic = Answer<'/api/v1/contacts/{id}/statistics', 'get'>[number];
export type Agent = Answer<'/api/v1/agents/{id}', 'get'>;
export type Availability = Agent['availability'];
export type Role = Agent['role'];
export type Group = Item<Answer<'/api/v1/teams', 'get'>>;
export type Skill = Item<Answer<'/api/v1/skills', 'get'>>;
export type User = Item<Answer<'/api/v1/users', 'get'>>;
export type Channel = Answer<'/api/v1/channels/{id}', 'get'>;
export type Queue = Answer<'/api/v1/queue', 'get'>;
export type PolicyVersion = Answer<'/api/v1/policy', 'get'>;
export type Policy = PolicyVersion['policy'];
export type Settings = Answer<'/api/v1/settings', 'get'>;
export type CloseField = Settings['closeForm'][number];
export type Endpoint = Answer<'/api/v1/endpoints/{id}', 'get'>;
export type EndpointCreation = Asked<'/api/v1/endpoints', 'post'>;
export type DeliveryHours = Answer<'/api/v1/endpoints/{id}/hours', 'get'>;
export type Delivery = Item<Answer<'/api/v1/endpoints/{id}/deliveries', 'get'>>;
export type CannedReply = Item<Answer<'/api/v1/canned-replies', 'get'>>;
export type Macro = Item<Answer<'/api/v1/macros', 'get'>>;
export type Automation = Item<Answer<'/api/v1/automations', 'get'>>;
export type AutomationRun = Item<Answer<'/api/v1/automations/{id}/runs', 'get'>>;
export type Status = Item<Answer<'/api/v1/statuses', 'get'>>;
export type Tag = Item<Answer<'/api/v1/tags', 'get'>>;
export type Token = Item<Answer<'/api/v1/tokens', 'get'>>;
export type AuditFilter = NonNullable<Api['/api/v1/audit']['get']['parameters']['query']>;
export type AuditEntry = Item<Answer<'/api/v1/audit', 'get'>>;
export type Report = Answer<'/api/v1/reports', 'get'>;
export type SimulationRun = Answer<'/api/v1/simulations/{id}', 'get'>;
export type SimulationFigures = NonNullable<SimulationRun['result']>;
export type Measured = Answer<'/api/v1/simulations/measure', 'post'>;
export type BalancePlan = Answer<'/api/v1/balance', 'get'>;
export type BalanceResult = Answer<'/api/v1/balance', 'post'>;
export type BalanceUndone = Answer<'/api/v1/balance/{id}/undo', 'post'>;
export type SentToModel = Answer<'/api/v1/conversations/{id}/summary', 'post'>['sent'];
export type FairnessReport = Answer<'/api/v1/reports/fairness', 'get'>;
export type FairnessQuery = NonNullable<
  Api['/api/v1/reports/fairness']['get']['parameters']['query']
>;
export type StatusReport = Answer<'/api/v1/reports/statuses', 'get'>;
export type StatusReportQuery = NonNullable<
  Api['/api/v1/reports/statuses']['get']['parameters']['query']
>;
export type ReportQuery = NonNullable<Api['/api/v1/reports']['get']['parameters']['query']>;
export type Wall = Answer<'/api/v1/queue/wall', 'get'>;
export type Distribution = Answer<'/api/v1/reports/distribution', 'get'>;
export type DistributionQuery = NonNullable<
  Api['/api/v1/reports/distribution']['get']['parameters']['query']
>;
export type WeekReport = Answer<'/api/v1/reports/week', 'get'>;
export type WeekQuery = NonNullable<Api['/api/v1/reports/week']['get']['parameters']['query']>;
export type RatingReport = Answer<'/api/v1/reports/ratings', 'get'>;
export type ReportList = Answer<'/api/v1/reports/conversations', 'get'>;
export type ReportListQuery = NonNullable<
  Api['/api/v1/reports/conversations']['get']['parameters']['query']
>;
export type SideQuery = NonNullable<Api['/api/v1/reports/occupancy']['get']['parameters']['query']>;
export type AdherenceQuery = NonNullable<
  Api['/api/v1/reports/adherence']['get']['parameters']['query']
>;
export type DayQuery = NonNullable<Api['/api/v1/reports/day']['get']['parameters']['query']>;
export type OccupancyRow = Answer<'/api/v1/reports/occupancy', 'get'>['rows'][number];
export type OfferRow = Answer<'/api/v1/reports/offers', 'get'>['rows'][number];
export type AnswerRow = Answer<'/api/v1/reports/answers', 'get'>['rows'][number];
export type AdherenceRow = Answer<'/api/v1/reports/adherence', 'get'>['rows'][number];
export type ToldWaitsReport = Answer<'/api/v1/reports/told-waits', 'get'>;
export type ToldWaitRow = ToldWaitsReport['rows'][number];
export type ToldWaitsQuery = NonNullable<
  Api['/api/v1/reports/told-waits']['get']['parameters']['query']
>;
export type AgentDay = Answer<'/api/v1/reports/day', 'get'>;
export type ShiftCsvResult = Answer<'/api/v1/shifts.csv', 'put'>;
export type ListedContact = Item<Answer<'/api/v1/contacts', 'get'>>;
export type Reach = Answer<'/api/v1/contacts/{id}/reach', 'get'>['items'][number];
export type ContactRecord = Answer<'/api/v1/contacts/{id}/record', 'get'>;
export type BlockedNetwork = Item<Answer<'/api/v1/blocked-networks', 'get'>>;
