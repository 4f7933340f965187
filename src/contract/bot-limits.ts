// What a bot may do where its plan says nothing. Without shapes, so that pages can have it too.

/** By which a contact asks for a person where the plan names no words: English, Arabic, Indonesian, Korean, Portuguese. */
export const askingWords: readonly string[] = [
  ...['human', 'agent', 'operator', 'real person', 'representative'],
  // Arabic joins the article and short words to the next one.
  ...['موظف', 'الموظف', 'بموظف', 'لموظف', 'إنسان', 'انسان', 'شخص حقيقي', 'خدمة العملاء'],
  ...['manusia', 'petugas', 'operator', 'orang asli'],
  ...['상담원', '상담사', '사람'],
  ...['humano', 'atendente', 'operador', 'pessoa de verdade'],
];

/** Where the plan says nothing. */
export const botDefaults = { silentFor: 20, replies: 20, messages: 10 } as const;

/** A bot says no more than this within a minute, whatever the contact writes. */
export const MOST_IN_A_MINUTE = 30;

/** In milliseconds and counts. */
export interface BotLimits {
  silentMs: number;
  words: readonly string[];
  replies: number;
  messages: number;
}

/** As a plan says them; what it does not say is the default. */
interface Said {
  silentFor?: number;
  words?: readonly string[];
  replies?: number;
  messages?: number;
}

export function readBotLimits(bot: Said | undefined): BotLimits {
  const { silentFor, replies, messages, words = askingWords } = { ...botDefaults, ...bot };
  return { silentMs: silentFor * 1000, replies, messages, words };
}
