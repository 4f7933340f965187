// Makes the text and the page of a mail from its parts. Pure: whatever a customer wrote stays text.

import { directionOf } from '../contract/direction.ts';
import type { Language } from '../contract/mails.ts';
import { ownValue } from '../contract/own-value.ts';
import { ar } from './words/ar.ts';
import { en, type MailWords } from './words/en.ts';
import { id } from './words/id.ts';
import { ko } from './words/ko.ts';
import { ptBr } from './words/pt-br.ts';

const words: Record<Language, MailWords> = { en, ar, id, ko, 'pt-BR': ptBr };

export interface Part {
  /** The time of something said. */
  aside?: string;
  /** Who said it. */
  who?: string;
  text: string;
}

export interface MailParts {
  language: Language;
  subject: string;
  greeting: string;
  /** Paragraphs before the button. */
  text: readonly string[];
  /** `until`: how long its link is good; null: always. */
  button?: { text: string; url: string; until: string | null };
  said?: readonly Part[];
  /** Paragraphs after all. */
  after?: readonly string[];
  why: string;
}

export type Fill = (key: keyof MailWords, values?: Record<string, string | number>) => string;

/** Says a sentence of that language; values are put in as they are. */
export function makeFill(language: Language): Fill {
  return (key, values = {}) =>
    words[language][key].replace(/\{(\w+)\}/g, (whole, name: string) =>
      String(ownValue(values, name) ?? whole),
    );
}

export function isWord(key: string): key is keyof MailWords {
  return key in en;
}

export function writeMail(parts: MailParts): { subject: string; text: string; html: string } {
  // A line break would begin another header.
  const subject = parts.subject.replace(/\s+/g, ' ').trim().slice(0, 200);
  return { subject, text: writeText(parts), html: writeHtml({ ...parts, subject }) };
}

function writeText({ greeting, text, button, said = [], after = [], why }: MailParts): string {
  const link = button === undefined ? [] : [`${button.text}:\n${button.url}`, ...endOf(button)];
  const lines = said.map(({ aside, who, text: words }) => {
    const head = [who, aside].filter(Boolean).join(', ');
    return head === '' ? words : `${head}\n${words}`;
  });
  return [greeting, ...text, ...link, ...lines, ...after, `-- \n${why}`].join('\n\n');
}

function endOf({ until }: NonNullable<MailParts['button']>): string[] {
  return until === null ? [] : [until];
}

const PAGE =
  'margin:0;padding:24px;background:#f4f5f7;font:15px/1.5 system-ui,-apple-system,Segoe UI,Roboto,sans-serif;color:#1c2024';
const CARD =
  'max-width:560px;margin:0 auto;padding:24px 28px;background:#ffffff;border-radius:10px;border:1px solid #e3e5e8';
const BUTTON =
  'display:inline-block;padding:10px 18px;border-radius:8px;background:#2f5bd7;color:#ffffff;text-decoration:none;font-weight:600';
const SOFT = 'color:#5c6470;font-size:13px';

function writeHtml(parts: MailParts): string {
  const { language, subject, greeting, text, button, said = [], after = [], why } = parts;
  const plain = makeFill(language)('link.plain');
  const p = (one: string, style = '') =>
    `<p style="margin:0 0 14px;${style}">${escapeHtml(one).replaceAll('\n', '<br>')}</p>`;
  const link =
    button === undefined
      ? ''
      : `<p style="margin:20px 0"><a href="${escapeHtml(button.url)}" style="${BUTTON}">${escapeHtml(button.text)}</a></p>${endOf(
          button,
        )
          .map((one) => p(one))
          .join(
            '',
          )}<p style="margin:0 0 14px;${SOFT}">${escapeHtml(plain)}<br><span dir="ltr" style="word-break:break-all">${escapeHtml(button.url)}</span></p>`;
  const lines = said
    .map(({ aside = '', who = '', text: words }) => {
      const head = `<span style="${SOFT}"><strong>${escapeHtml(who)}</strong> ${escapeHtml(aside)}</span><br>`;
      return `<p style="margin:0 0 12px">${head}<span dir="auto">${escapeHtml(words).replaceAll('\n', '<br>')}</span></p>`;
    })
    .join('');
  const body = [greeting, ...text].map((one) => p(one)).join('');
  const rest = after.map((one) => p(one, SOFT)).join('');
  return `<!doctype html><html lang="${language}" dir="${directionOf(language)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head><body style="${PAGE}"><div style="${CARD}">${body}${link}${lines}${rest}</div><p style="max-width:560px;margin:16px auto 0;${SOFT}">${escapeHtml(why)}</p></body></html>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
