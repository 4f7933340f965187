// The settings of a web chat as its widget gets them.
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
    quickReplies: settings.quickReplies ?? [],
    launcherText: settings.launcherText ?? '',
    colour: settings.colour ?? '#1f6feb',
    position: settings.position ?? 'right',
    theme: settings.theme ?? 'auto',
    showPoweredBy: settings.showPoweredBy ?? true,
    preChat: settings.preChat ?? { enabled: false, fields: [] },
    offline: settings.offline ?? { enabled: false, text: '' },
    requireIdentity: settings.requireIdentity ?? false,
    // The frame checks who shows it too, in addition to the browser.
    allowedOrigins: settings.allowedOrigins ?? [],
    attachments: { maxBytes: MAX_ATTACHMENT_BYTES },
    // Usher sends no mail: it is offered only where an endpoint receives the request.
    transcript: shown.mails ? 'email' : 'download',
    presence: shown.presence,
    // For frames loaded before the update.
    online: shown.presence.state !== 'away',
    locale: shown.locale,
  };
}
