// A page with the chat on it, as on the company's own, for whoever is signed in and wants to try a channel.
import { createHash } from 'node:crypto';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { directionOf } from '../../contract/direction.ts';
import { Id } from '../../contract/shapes.ts';
import { Refused } from '../../errors.ts';
import { allow } from '../../http/authenticate.ts';
import type { RouteMeans } from '../../http/route-means.ts';
import type { ChannelOf } from '../../store/channels.ts';
import { makeIdentityHash } from './verify.ts';
import { findWebChat } from './webchat-channel.ts';

const words = {
  en: {
    title: 'Your page',
    head: 'This could be your page',
    text: 'Press the round button and write as a customer would. What you write arrives in the inbox.',
  },
  ar: {
    title: 'صفحتك',
    head: 'قد تكون هذه صفحتك',
    text: 'اضغط الزر المستدير واكتب كما يكتب العميل. ما تكتبه يصل إلى صندوق الوارد.',
  },
  id: {
    title: 'Halaman Anda',
    head: 'Ini bisa menjadi halaman Anda',
    text: 'Tekan tombol bulat dan tulis seperti pelanggan. Pesan Anda masuk ke kotak masuk.',
  },
  ko: {
    title: '내 페이지',
    head: '여기가 여러분의 페이지라면',
    text: '둥근 버튼을 누르고 고객처럼 글을 써 보세요. 쓴 글은 받은 편지함에 도착합니다.',
  },
  'pt-BR': {
    title: 'Sua página',
    head: 'Esta poderia ser a sua página',
    text: 'Clique no botão redondo e escreva como um cliente. O que você escrever chega à caixa de entrada.',
  },
} as const;
type Locale = keyof typeof words;

const STYLE = `:root{color-scheme:light dark}body{margin:0;font:16px/1.55 system-ui,sans-serif;background:light-dark(#fff,#11141b);color:light-dark(#101828,#f0f3f8)}header,main{max-width:42rem;margin:0 auto;padding:2rem 1.5rem}header{padding-block:1rem;font-weight:650}h1{font-size:1.7rem;line-height:1.2;margin:.5rem 0}p{max-width:28rem;margin:0}`;
const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** It runs the widget's script and at most one of its own, and only our own pages show it. */
const writePolicy = (script: string) =>
  [
    "default-src 'none'",
    `script-src 'self'${script && ` ${hashOf(script)}`}`,
    "frame-src 'self'",
    `style-src ${hashOf(STYLE)}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');

export const tryPageRoute: FastifyPluginAsyncTypebox<RouteMeans> = async (
  app,
  { desk, directory },
) => {
  app.get(
    '/try/page',
    {
      onRequest: allow(desk, 'conversations.read'),
      schema: {
        hide: true,
        querystring: Type.Object(
          {
            channelId: Id,
            locale: Type.Enum(['en', 'ar', 'id', 'ko', 'pt-BR'], { default: 'en' }),
          },
          { additionalProperties: false },
        ),
      },
    },
    async ({ actor, query: { channelId, locale } }, reply) => {
      const channel = findWebChat({ directory }, channelId);
      if (channel?.workspaceId !== actor.workspaceId) throw new Refused('channel.not-found');
      const script = writeIdentity(channel, actor.name);
      reply.headers({
        'content-security-policy': writePolicy(script),
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex, nofollow',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      });
      return reply
        .type('text/html; charset=utf-8')
        .send(writePage(channel.channelId, { locale, script }));
    },
  );
};

/** Where guests are refused, whoever tries it is a customer of their own name. Empty: a guest. */
function writeIdentity({ config, secrets }: ChannelOf<'webchat'>, name: string): string {
  const { widgetSecret = '' } = secrets;
  if (config.requireIdentity !== true || widgetSecret === '') return '';
  const id = `trying-${createHash('sha256').update(name).digest('hex').slice(0, 12)}`;
  const customer = { id, name, identityHash: makeIdentityHash(id, widgetSecret) };
  const queue = 'window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)};';
  // No end of the script may stand in a name.
  const text = JSON.stringify(customer).replaceAll('<', '\\u003c');
  return `${queue}Usher('identify',${text})`;
}

/** `channelId`: of a channel that exists, so nothing in it has a meaning in HTML. */
function writePage(
  channelId: string,
  { locale, script }: { locale: Locale; script: string },
): string {
  const { title, head, text } = words[locale];
  return `<!doctype html>
<html lang="${locale}" dir="${directionOf(locale)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${STYLE}</style>
${script && `<script>${script}</script>`}
<script async src="/widget.js" data-channel-id="${channelId}" data-locale="${locale}"></script>
</head>
<body><header>${title}</header><main aria-label="${head}"><h1>${head}</h1><p>${text}</p></main></body>
</html>
`;
}
