// Shows the app and the admin who logs in to it, secret key and all, as Qiscus does.
import { AGENT_TYPES, type State } from './state.ts';

export function presentApp({ app }: State) {
  return {
    id: 1001,
    name: 'Emulated app',
    app_code: app.appId,
    secret_key: app.secretKey,
    bot_webhook_url: null,
    is_bot_enabled: false,
    allocate_agent_webhook_url: app.allocateAgent.url,
    is_allocate_agent_webhook_enabled: app.allocateAgent.isEnabled,
    mark_as_resolved_webhook_url: app.markAsResolved.url,
    is_mark_as_resolved_webhook_enabled: app.markAsResolved.isEnabled,
    is_active: true,
    is_sessional: app.isSessional,
    is_agent_allocation_enabled: true,
    is_agent_takeover_enabled: false,
    use_latest: true,
  };
}

export function presentAdmin(state: State) {
  const { admin } = state;
  return {
    id: admin.id,
    name: admin.name,
    email: admin.email,
    sdk_email: `${admin.id}_admin@qiscus.example`,
    sdk_key: `sdk-${admin.id}`,
    is_available: admin.isAvailable,
    type: AGENT_TYPES[admin.type],
    type_as_string: admin.type,
    avatar_url: null,
    app_id: 1001,
    is_verified: true,
    force_offline: admin.forceOffline,
    last_login: new Date(admin.createdAt).toISOString(),
    created_at: new Date(admin.createdAt).toISOString(),
    assigned_rules: [],
    app: presentApp(state),
  };
}
