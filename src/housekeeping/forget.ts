// Deletes old deliveries, conversations and audit entries, and what was begun and never used.

import { RUN_DAYS, RUNS_KEPT } from '../contract/automations.ts';
import type { Desk } from '../desk/context.ts';
import { type Chore, forgetAll } from '../loops/every-workspace.ts';
import { forgetRuns, listWorkspacesWithRuns } from '../store/automation-runs.ts';
import { forgetConsultations, listWorkspacesWithOldConsultations } from '../store/consultations.ts';
import { listWorkspacesWithOldDeliveries } from '../store/delivery-log.ts';
import { forgetAudit, listWorkspacesWithOldAudit } from '../store/forget-audit.ts';
import {
  forgetConversations,
  listWorkspacesWithOldConversations,
} from '../store/forget-conversations.ts';
import { forgetFiles, listWorkspacesWithUnsaidFiles } from '../store/forget-files.ts';
import { forgetPasses, listWorkspacesWithOldPasses } from '../store/forget-routing-passes.ts';
import {
  forgetStatusChanges,
  listWorkspacesWithOldStatusChanges,
} from '../store/forget-status-changes.ts';
import {
  forgetWebSessions,
  listWorkspacesWithUnusedSessions,
} from '../store/forget-web-sessions.ts';
import { forgetKeptAnswers, listWorkspacesWithOldAnswers } from '../store/kept-answers.ts';
import { forgetPushes, listWorkspacesWithOldPushes } from '../store/pushes.ts';
import { forgetToldWaits, listWorkspacesWithOldToldWaits } from '../store/told-waits.ts';
import {
  forgetTraceContexts,
  listWorkspacesWithOldTraceContexts,
} from '../store/trace-contexts.ts';
import {
  forgetUpdates,
  listWorkspacesWithOldUpdates,
  listWorkspacesWithUnnumberedUpdates,
} from '../store/updates.ts';
import { forgetDeliveries } from './forget-deliveries.ts';
import { numberUnread } from './number-unread.ts';

const HOUR_MS = 3_600_000;
/**
 * A visitor's file that no message names is deleted within the hour: it may be deleted after 50
 * minutes.
 */
const FIVE_MINUTES_MS = 300_000;

/** Each sort at once, and then every hour or every five minutes. */
export function forget({
  desk,
  deliveryDays: days,
}: {
  desk: Desk;
  deliveryDays: number;
}): Chore[] {
  const { db } = desk;
  return [
    {
      what: 'forgetting deliveries',
      everyMs: HOUR_MS,
      list: () => listWorkspacesWithOldDeliveries(db, days),
      act: forgetDeliveries({ db, days }),
    },
    {
      what: 'forgetting what programs were told',
      everyMs: HOUR_MS,
      list: () => listWorkspacesWithOldUpdates(db, days),
      act: forgetAll((workspaceId) => forgetUpdates(db, { workspaceId, days })),
    },
    {
      what: 'numbering what no program has asked for',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithUnnumberedUpdates(db),
      act: numberUnread(desk),
    },
    {
      what: 'forgetting conversations',
      everyMs: HOUR_MS,
      list: () => listWorkspacesWithOldConversations(db),
      act: forgetAll((workspaceId) => forgetConversations(db, workspaceId)),
    },
    {
      what: 'forgetting what was told of waits',
      everyMs: HOUR_MS,
      list: () => listWorkspacesWithOldToldWaits(db),
      act: forgetAll((workspaceId) => forgetToldWaits(db, workspaceId)),
    },
    {
      what: 'forgetting what agents were',
      everyMs: HOUR_MS,
      list: () => listWorkspacesWithOldStatusChanges(db),
      act: forgetAll((workspaceId) => forgetStatusChanges(db, workspaceId)),
    },
    {
      what: 'forgetting unused sessions over the web',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithUnusedSessions(db),
      act: forgetAll((workspaceId) => forgetWebSessions(db, workspaceId)),
    },
    {
      what: 'forgetting files that nobody said',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithUnsaidFiles(db),
      act: forgetAll((workspaceId) => forgetFiles(db, workspaceId)),
    },
    {
      what: 'forgetting what automations did',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithRuns(db),
      act: forgetAll((workspaceId) =>
        forgetRuns(db, { workspaceId, days: RUN_DAYS, kept: RUNS_KEPT }),
      ),
    },
    ...forgetShortLived(desk),
    {
      what: 'forgetting old audit',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldAudit(db),
      act: forgetAll((workspaceId) => forgetAudit(db, workspaceId)),
    },
    {
      what: 'forgetting answers kept for a day',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldAnswers(db),
      act: forgetAll((workspaceId) => forgetKeptAnswers(db, workspaceId)),
    },
  ];
}

function forgetShortLived({ db }: Pick<Desk, 'db'>): Chore[] {
  return [
    {
      what: 'forgetting whom colleagues have asked',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldConsultations(db),
      act: forgetAll((workspaceId) => forgetConsultations(db, workspaceId)),
    },
    {
      what: 'forgetting what passes decided on',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldPasses(db),
      act: forgetAll((workspaceId) => forgetPasses(db, workspaceId)),
    },
    {
      what: 'forgetting what belongs to which trace',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldTraceContexts(db),
      act: forgetAll((workspaceId) => forgetTraceContexts(db, workspaceId)),
    },
    {
      what: 'forgetting what was pushed',
      everyMs: FIVE_MINUTES_MS,
      list: () => listWorkspacesWithOldPushes(db),
      act: forgetAll((workspaceId) => forgetPushes(db, workspaceId)),
    },
  ];
}
