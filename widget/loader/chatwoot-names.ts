// The globals of a Chatwoot installation, so that a page which calls them goes on working.
import type { Customer } from '../frame-messages.ts';
import type { Launcher } from './launcher.ts';
import { inheritNothing } from './read-options.ts';

interface ChatwootSettings {
  hideMessageBubble?: boolean;
  position?: 'left' | 'right';
  locale?: string;
  useBrowserLanguage?: boolean;
  type?: string;
  launcherTitle?: string;
  darkMode?: 'light' | 'auto';
}

type Names = Window & {
  $chatwoot?: unknown;
  chatwootSDK?: unknown;
  chatwootSettings?: ChatwootSettings;
};

export function offerChatwootNames(
  usher: (...call: [string, ...unknown[]]) => void,
  launcher: Launcher,
): void {
  const names = window as Names;
  const run = ({ websiteToken, baseUrl }: { websiteToken?: string; baseUrl?: string } = {}) => {
    const {
      position,
      locale,
      type,
      launcherTitle,
      darkMode,
      useBrowserLanguage,
      hideMessageBubble,
    } = inheritNothing(names.chatwootSettings ?? {});
    usher('boot', {
      channelId: websiteToken,
      backendEndpoint: baseUrl,
      position,
      locale: useBrowserLanguage === true ? undefined : locale,
      theme: darkMode,
      launcherText: type === 'expanded_bubble' ? launcherTitle : undefined,
    });
    if (hideMessageBubble === true) launcher.hide(true);
  };
  names.chatwootSDK = { run };
  names.$chatwoot = {
    toggle: (to?: 'open' | 'close') => usher(to ?? 'toggle'),
    toggleBubbleVisibility: (to: 'show' | 'hide') => launcher.hide(to === 'hide'),
    setUser: (
      id: string | number,
      { avatar_url, identifier_hash, ...rest }: Record<string, string> = {},
    ) => usher('identify', readUser(String(id), avatar_url, identifier_hash, rest)),
    setCustomAttributes: (attributes: Customer) => usher('identify', attributes),
    setLocale: (locale: string) => usher('locale', locale),
    reset: () => usher('reset'),
    // Calls that Usher has no use for are ignored silently, because pages do not expect them to
    // fail.
    setConversationCustomAttributes: () => {},
    deleteCustomAttribute: () => {},
    setLabel: () => {},
    removeLabel: () => {},
    popoutChatWindow: () => usher('open'),
  };
  launcher.on('ready', () => window.dispatchEvent(new Event('chatwoot:ready')));
  launcher.on('message', (detail) =>
    window.dispatchEvent(new CustomEvent('chatwoot:on-message', { detail })),
  );
  launcher.on('error', (detail) =>
    window.dispatchEvent(new CustomEvent('chatwoot:error', { detail })),
  );
}

function readUser(
  id: string,
  avatarURL: string | undefined,
  identityHash: string | undefined,
  rest: Record<string, string>,
): Customer {
  return {
    ...rest,
    id,
    ...(avatarURL === undefined ? {} : { avatarURL }),
    ...(identityHash === undefined ? {} : { identityHash }),
  };
}
