// The server's settings with Rocket.Chat's own defaults, as far as the emulated calls obey them.

export type SettingValue = string | number | boolean;

const DEFAULTS = {
  Site_Url: '',
  Livechat_enabled: true,
  Livechat_Routing_Method: 'Auto_Selection',
  Livechat_accept_chats_with_no_agents: false,
  Livechat_enabled_when_agent_idle: true,
  Livechat_assign_new_conversation_to_bot: false,
  Livechat_show_agent_info: true,
  Livechat_show_agent_email: true,
  Livechat_request_comment_when_closing_conversation: true,
  Livechat_Allow_collect_and_store_HTTP_header_informations: false,
  Livechat_enable_message_character_limit: false,
  Livechat_message_character_limit: 0,
  Livechat_fileupload_enabled: true,
  Livechat_webhookUrl: '',
  Livechat_secret_token: '',
  Livechat_http_timeout: 5000,
  Livechat_webhook_on_start: false,
  Livechat_webhook_on_close: false,
  Livechat_webhook_on_chat_taken: false,
  Livechat_webhook_on_chat_queued: false,
  Livechat_webhook_on_forward: false,
  Livechat_webhook_on_offline_msg: false,
  Livechat_webhook_on_visitor_message: false,
  Livechat_webhook_on_agent_message: false,
  Livechat_External_Queue_URL: '',
  Livechat_External_Queue_Token: '',
  Message_MaxAllowedSize: 5000,
  Message_AllowEditing: true,
  FileUpload_Enabled: true,
  FileUpload_ProtectFiles: true,
  FileUpload_Restrict_to_room_members: true,
  FileUpload_Restrict_to_users_who_can_access_room: false,
  FileUpload_MaxFileSize: 104857600,
  FileUpload_MediaTypeWhiteList: '',
  FileUpload_MediaTypeBlackList: 'image/svg+xml',
  API_Enable_Rate_Limiter: true,
  API_Enable_Rate_Limiter_Limit_Calls_Default: 10,
  API_Enable_Rate_Limiter_Limit_Time_Default: 60000,
} satisfies Record<string, SettingValue>;

export type SettingId = keyof typeof DEFAULTS;
export type SettingValues = {
  -readonly [Id in SettingId]: (typeof DEFAULTS)[Id] extends boolean
    ? boolean
    : (typeof DEFAULTS)[Id] extends number
      ? number
      : string;
};

export type Settings = SettingValues;

export function makeSettings(given: Partial<SettingValues> = {}): Settings {
  return { ...DEFAULTS, ...given };
}

export function isSettingId(id: string): id is SettingId {
  return Object.hasOwn(DEFAULTS, id);
}

/** Takes a value of the setting's own type; answers whether it did. */
export function changeSetting(settings: Settings, id: SettingId, value: unknown): boolean {
  if (typeof value !== typeof DEFAULTS[id]) return false;
  Object.assign(settings, { [id]: value });
  return true;
}

export function settingType(id: SettingId): 'string' | 'int' | 'boolean' {
  const kind = typeof DEFAULTS[id];
  if (kind === 'number') return 'int';
  return kind === 'boolean' ? 'boolean' : 'string';
}
