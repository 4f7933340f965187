// Reads what the server has written into the page for the company: its title, and a language for everybody.
import { chooseLanguage, type Language } from './languages.ts';

export interface Brand {
  /** null: nobody has chosen one. */
  title: string | null;
  /** Of agents who have no picture of their own. */
  agentPicture: string | null;
  /** null: the reader chooses. */
  language: Language | null;
}

/** What stands there when nobody has chosen. */
const UNNAMED = 'Usher';

/** null: nobody has chosen one. */
export const givenTitle = (title: string | null | undefined): string | null =>
  title === undefined || title === UNNAMED ? null : title;

export function readBrand(from: Pick<Document, 'querySelector'> = document): Brand {
  const read = (name: string) =>
    from.querySelector(`meta[name="usher-${name}"]`)?.getAttribute('content') ?? null;
  const title = read('title');
  const language = read('language');
  return {
    title: givenTitle(title),
    agentPicture: read('agent-picture'),
    language: language === null ? null : chooseLanguage([language]),
  };
}
