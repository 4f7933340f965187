// A customer of any channel: who they are, and what they can do.
import { SHOP_NAME, shopPages } from '../shop-page.ts';
import { names, type Tongue } from './stories.ts';

export interface Customer {
  conversationId: string;
  /** Resolves when the server has it. */
  say(text: string): Promise<void>;
  /** Everything that agents have written to them, in order of arrival. */
  heard(): readonly string[];
  /** Ends the conversation from their side. */
  leave(): Promise<void>;
  rate(rating: { score: number; comment?: string | undefined }): Promise<void>;
  stop(): void;
}

export interface Persona {
  id: string;
  name: string;
  email: string;
  phone: string;
  city: string;
  language: string;
  userAgent: string;
  /** As the proxy in front would say it. */
  address: string;
  page: { url: string; title: string; referrer: string };
}

const languages: Record<Tongue, string> = { en: 'en-GB', id: 'id-ID', ko: 'ko-KR', pt: 'pt-BR' };
const cities: Record<Tongue, string[]> = {
  en: ['Singapore', 'London', 'Bandung', 'Melbourne'],
  id: ['Jakarta', 'Yogyakarta', 'Surabaya', 'Makassar'],
  ko: ['서울', '부산'],
  pt: ['Curitiba', 'São Paulo', 'Lisboa'],
};
const browsers = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15',
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36',
  'Mozilla/5.0 (X11; Linux x86_64; rv:143.0) Gecko/20100101 Firefox/143.0',
];
/** Where somebody who has a question is. */
const pages = shopPages.filter(({ path }) => path !== '/');
const referrers = ['https://www.google.com/', 'https://www.instagram.com/', ''];

export interface Crowd {
  /** A person who is not here yet; null: everybody who speaks the language is here. */
  send(tongue: Tongue): Persona | null;
  /** The person has left, and may come again. */
  takeBack(persona: Persona): void;
}

/** `shopUrl`: where their pages are. */
export function makeCrowd(shopUrl: string): Crowd {
  const here = new Set<string>();
  const turns = { en: 0, id: 0, ko: 0, pt: 0 };
  let number = 0;
  return {
    send: (tongue) => {
      const all = names[tongue];
      const places = all.map((_, at) => (turns[tongue] + at) % all.length);
      const place = places.find((one) => !here.has(idOf(tongue, one)));
      if (place === undefined) return null;
      turns[tongue] = place + 1;
      number += 1;
      const persona = describe({ tongue, place, number, shopUrl });
      here.add(persona.id);
      return persona;
    },
    takeBack: ({ id }) => void here.delete(id),
  };
}

const idOf = (tongue: Tongue, place: number) => `${tongue}-${1000 + place}`;
const nth = <T>(all: readonly T[], n: number) => all[n % all.length] as T;

function describe(args: {
  tongue: Tongue;
  place: number;
  number: number;
  shopUrl: string;
}): Persona {
  const { tongue, place, number, shopUrl } = args;
  const page = nth(pages, number);
  return {
    id: idOf(tongue, place),
    name: nth(names[tongue], place),
    email: `${tongue}.${1000 + place}@example.com`,
    phone: `+62 811 000 ${1000 + place}`,
    city: nth(cities[tongue], place),
    language: languages[tongue],
    userAgent: nth(browsers, place),
    // From a network that is reserved for tests.
    address: `198.18.${Math.floor(number / 250) % 250}.${(number % 250) + 1}`,
    page: {
      url: new URL(page.path, shopUrl).href,
      title: `${page.title} – ${SHOP_NAME}`,
      referrer: nth(referrers, number),
    },
  };
}
