// What of Telegram's Bot API the bridge reads: https://core.telegram.org/bots/api.

export interface TelegramFile {
  file_id: string;
  file_size?: number;
  file_name?: string;
  mime_type?: string;
}
export interface Person {
  first_name: string;
  last_name?: string;
  language_code?: string;
}
export interface TelegramMessage {
  message_id: number;
  chat: { id: number; type: string };
  from?: Person;
  text?: string;
  caption?: string;
  photo?: TelegramFile[];
  document?: TelegramFile;
  voice?: TelegramFile;
  audio?: TelegramFile;
  video?: TelegramFile;
}
export type Update = { update_id: number; message?: TelegramMessage };
export interface Answer {
  ok: boolean;
  result?: unknown;
  error_code?: number;
  description?: string;
  parameters?: { retry_after?: number };
}
