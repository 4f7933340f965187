// Endpoints and their deliveries as the API shows them: no secret, except its library form once.

import { deliveredId } from '../contract/delivered-id.ts';
import type {
  DeliveryDetail,
  DeliverySummary,
  Endpoint,
  EndpointWithSecret,
} from '../contract/endpoints.ts';
import { libraryFormOf } from '../contract/library-secret.ts';
import type { AttemptRow, DeliveryRow } from '../store/delivery-log.ts';
import {
  type EndpointRow,
  type EndpointWithSecrets,
  FAILURES_TO_PROBE,
} from '../store/endpoints.ts';

export function presentEndpoint(row: EndpointRow): Endpoint {
  const { endpointId: id, workspaceId: _, oldSecretUntil, ...rest } = row;
  return {
    id,
    agentId: rest.agentId,
    url: rest.url,
    verifyTls: rest.verifyTls,
    events: rest.events as Endpoint['events'],
    signatureEncoding: rest.signatureEncoding,
    absentTimes: rest.absentTimes,
    enabled: rest.enabled,
    disabledReason: rest.disabledReason,
    hasSecret: rest.hasSecret,
    oldSecretUntil: oldSecretUntil?.toISOString() ?? null,
    state: stateOf(row),
    failures: rest.failures,
    failingSince: rest.failingSince?.toISOString() ?? null,
    lastSuccessAt: rest.lastSuccessAt?.toISOString() ?? null,
    lastFailureAt: rest.lastFailureAt?.toISOString() ?? null,
    createdAt: rest.createdAt.toISOString(),
    warnings: warningsOf(row),
  };
}

/** With the library form of a secret that was just set. */
export function withSecret(
  row: EndpointWithSecrets,
  secret: string | undefined,
): EndpointWithSecret {
  const shown =
    secret === undefined || secret === '' ? {} : { librarySecret: libraryFormOf(secret) };
  return { ...presentEndpoint(row), ...shown };
}

function stateOf({ enabled, failures, lastSuccessAt }: EndpointRow): Endpoint['state'] {
  if (!enabled) return 'disabled';
  if (failures >= FAILURES_TO_PROBE) return 'failing';
  return lastSuccessAt === null ? 'new' : 'healthy';
}

function warningsOf({ url, verifyTls, hasSecret, disabledReason }: EndpointRow): string[] {
  const warnings: string[] = [];
  if (url.startsWith('http:'))
    warnings.push('The address is not HTTPS: anybody between can read it.');
  if (!verifyTls && url.startsWith('https:')) {
    warnings.push('Its certificate is not checked: anybody between can pretend to be it.');
  }
  if (!hasSecret) warnings.push('There is no secret: it cannot know that requests are ours.');
  if (disabledReason === 'gone') warnings.push('It answered 410 and was switched off.');
  if (disabledReason === 'failing') {
    warnings.push('It had no success for five days and was switched off. Its events are held.');
  }
  return warnings;
}

export function presentDelivery(row: DeliveryRow): DeliverySummary {
  return {
    id: String(row.deliveryId),
    endpointId: row.endpointId,
    triggerId: deliveredId(row),
    type: row.type,
    subjectId: row.streamId,
    state: row.state,
    attempts: row.attempts,
    parked: row.parked,
    outcome: row.outcome,
    nextAttemptAt: row.state === 'pending' ? row.dueAt.toISOString() : null,
    replayOf: row.replayOf === null ? null : String(row.replayOf),
    createdAt: row.createdAt.toISOString(),
    doneAt: row.doneAt?.toISOString() ?? null,
  };
}

export function presentAttempts(log: readonly AttemptRow[]): DeliveryDetail['log'] {
  return log.map((attempt) => ({
    ...attempt,
    startedAt: new Date(attempt.startedAt).toISOString(),
  }));
}
