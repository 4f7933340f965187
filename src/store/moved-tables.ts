// What of a workspace moves to another installation, table by table, and what becomes of it on the way.

/** Values are SQL over the columns of the row; a column that is not named is taken as it is. */
export interface MovedTable {
  /** Which rows are written into the file; absent: all of the workspace. */
  where?: string;
  /** What is written instead, so that it never leaves the database. */
  leaves?: Readonly<Record<string, string>>;
  /** What is stored instead of what the file says, whatever it says. */
  arrives?: Readonly<Record<string, string>>;
}

/** The keys of settings that hold a secret: those of `sealed-secrets`, which a file may not bring either. */
const NO_SECRET = `key not in ('mqtt-key', 'push-key', 'alarm-slack', 'alarm-webhook')`;

const UNMADE = `state in ('pending', 'held')`;

/** What stands in the log of a delivery that the installation it came from had not made. */
export const LEFT_BEHIND = 'left to the installation that it came from';

/** In this order, in which each finds what it points to. */
export const movedTables: Readonly<Record<string, MovedTable>> = {
  workspace: {
    arrives: {
      // Given back at the end: until then nothing is done for it, and its days are not marked.
      removed_at: 'clock_timestamp()',
      slug: 'workspace_id::text',
      // Each day since then is looked at.
      created_at: `greatest(created_at, timestamptz '2010-01-01')`,
    },
  },
  channel: {
    leaves: { secrets: `'{}'`, sync_error: 'null' },
    arrives: {
      secrets: `'{}'`,
      sync_error: 'null',
      switched_off_at: 'coalesce(switched_off_at, clock_timestamp())',
    },
  },
  attachment: {},
  team: {},
  skill: {},
  tag: {},
  setting: { where: NO_SECRET },
  policy: {},
  agent_status: {},
  // Their versions are of the other installation: those that come later here must be higher.
  agent: {
    arrives: {
      roster_version: `nextval('roster_version')`,
      availability_changed_at: `case availability when 'offline' then availability_changed_at else clock_timestamp() end`,
      availability: `'offline'`,
      lease_until: `'infinity'`,
      asleep_until: 'null',
      awake_until: 'null',
      external_load: '0',
    },
  },
  agent_capacity_change: {},
  agent_identity: {},
  agent_limit: {},
  agent_skill: {},
  agent_status_change: {},
  agent_team: {},
  user_account: { leaves: { password_hash: 'null' }, arrives: { password_hash: 'null' } },
  user_identity: {},
  shift: {},
  canned_reply: {},
  macro: {},
  saved_view: {},
  automation: {},
  endpoint: {
    leaves: { secrets: `'[]'` },
    arrives: {
      secrets: `'[]'`,
      // The runner of automations is no address elsewhere.
      enabled: 'enabled and runs_automations',
      disabled_reason: `case when not (enabled and runs_automations) then coalesce(disabled_reason, 'paused') end`,
      failures: '0',
      failing_since: 'null',
    },
  },
  endpoint_binding: {},
  contact: {},
  contact_block: {},
  contact_merge: {},
  network_block: {},
  web_identity: {},
  web_session: { arrives: { client_ids: `'{}'` } },
  conversation: {
    arrives: {
      awaits_version: `case when awaits_version < 9223372036854775807 then nextval('roster_version') else awaits_version end`,
    },
  },
  web_conversation: {},
  program_read: {},
  assignment: {},
  load_release: {},
  decision: {},
  consultation: {},
  target_result: {},
  told_wait: {},
  desk_room: {},
  desk_message: {},
  channel_feed: {},
  channel_update: {},
  delivery: {
    // Mails that have not gone out hold what lets somebody in.
    where: `(subscriber_id <> workspace_id or not (${UNMADE}))`,
    arrives: {
      state: `case when ${UNMADE} then 'failed' else state end`,
      outcome: `case when ${UNMADE} then '${LEFT_BEHIND}' else outcome end`,
      done_at: `case when ${UNMADE} then clock_timestamp() else done_at end`,
      uncertain: 'false',
      behind_until: 'null',
    },
  },
  delivery_attempt: {},
  message: {},
  mention: {},
  read_mark: {},
  event: {},
  alarm: { where: 'ended_at is not null' },
  automation_run: {},
  audit_entry: {},
  routing_agent: {},
  routing_pass: {},
};

/** Each with the reason. */
export const leftOutTables: Readonly<Record<string, string>> = {
  delivery_claim: 'of the nodes of one installation, while they send',
  delivery_turn: 'of the nodes of one installation, while they send',
  invite: 'lets somebody in: whoever is invited is invited anew',
  kept_answer: 'sealed with the key of whoever asked, and deleted after a day',
  login_session: 'lets somebody in: people sign in anew',
  push: 'of devices, which are registered at one address',
  push_subscription: 'of devices, which are registered at one address',
  recovery_code: 'lets somebody in',
  report_day: 'is counted anew from the rows',
  report_day_change: 'is counted anew from the rows',
  reservation: 'lasts for five seconds',
  second_factor: 'a secret: people set it up anew',
  token: 'lets programs in: their tokens are made anew',
  trace_context: 'lasts for an hour',
  try_count: 'of guesses at the doors of one installation',
  upload_budget: 'of uploads at the doors of one installation',
};
