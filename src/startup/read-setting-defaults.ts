// The settings that the environment gives, until somebody sets them.
import type { Config } from '../config.ts';
import type { Branding } from '../contract/people.ts';
import type { SettingDefaults } from '../http/read-settings.ts';

export function readSettingDefaults(config: Config): SettingDefaults {
  return {
    statisticsBaseEndpoint: config.STATISTICS_BASE_ENDPOINT ?? null,
    branding: {
      pageTitle: config.MAIN_PAGE_TITLE,
      loginTitle: config.LOGIN_PAGE_TITLE ?? null,
      logoUrl: config.LOGO_SMALL_URL ?? null,
      favIconUrl: config.FAV_ICON_URL ?? null,
      language: readLanguage(config.FORCE_i18n_LANGUAGE),
      onlineLabel: config.ONLINE_CUSTOMERS_LABEL ?? null,
      offlineLabel: config.OFFLINE_CUSTOMERS_LABEL ?? null,
    },
  };
}

/** Chimp Assist writes `ptBR`. */
function readLanguage(forced: Config['FORCE_i18n_LANGUAGE']): Branding['language'] {
  if (forced === undefined) return null;
  return forced === 'pt' || forced === 'ptBR' ? 'pt-BR' : forced;
}
