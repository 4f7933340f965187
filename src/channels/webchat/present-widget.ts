// What the widget of a web chat is told of it.
import type { Presence } from '../../contract/presence.ts';
import { MAX_ATTACHMENT_BYTES } from '../../desk/keep-attachment.ts';
import type { ChannelOf } from '../../store/channels.ts';

export function presentWidget(
  { channelId, name, config: settings }: ChannelOf<'webchat'>,
  shown: { presence: Presence; mails: boolean; locale: string | null },
) {
  return {
    channelId,
    title: settings.title ?? name,
    greeting: settings.greeting ?? '',
    launcherText: settings.launcherText ?? '',
    colour: settings.colour ?? '#1f6feb',
    position: settings.position ?? 'right',
    theme: settings.theme ?? 'auto',
    showPoweredBy: settings.showPoweredBy ?? true,
    preChat: settings.preChat ?? { enabled: false, fields: [] },
    offline: settings.offline ?? { enabled: false, text: '' },
    requireIdentity: settings.requireIdentity ?? false,
    // The frame looks at who shows it too, besides the browser.
    allowedOrigins: settings.allowedOrigins ?? [],
    attachments: { maxBytes: MAX_ATTACHMENT_BYTES },
    // Usher sends no mail: it is offered where an endpoint is told of the wish.
    transcript: shown.mails ? 'email' : 'download',
    presence: shown.presence,
    // As frames of before know it.
    online: shown.presence.state !== 'away',
    locale: shown.locale,
  };
}
