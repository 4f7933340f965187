// What a web chat asks before it begins, read from the settings of its channel.

export interface Asked {
  name: string;
  label: string;
  required: boolean;
}

/** `preChat` is empty where nothing is asked; `offline` is null where no form is shown while nobody is there. */
export function readForms(config: Record<string, unknown>): {
  preChat: Asked[];
  offline: string | null;
} {
  const preChat = config.preChat as { enabled: boolean; fields: Asked[] } | undefined;
  const offline = config.offline as { enabled: boolean; text: string } | undefined;
  return {
    preChat: preChat?.enabled ? preChat.fields : [],
    offline: offline?.enabled ? offline.text : null,
  };
}
