// A small shop's page that includes the widget, with a policy as strict as a page can have.

export const SHOP_NAME = 'Kopi Nusantara';

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --soft: #5f5a52; --paper: #fbf8f3; --card: #fff; --line: #e3dccf; --accent: #8a5a2b; --deep: #3b2a1d; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7df; --soft: #b4aa9c; --paper: #1b1815; --card: #24201b; --line: #37312a; --accent: #d9a066; --deep: #120f0c; } }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.6 Georgia, serif; color: var(--ink); background: var(--paper); }
header { display: flex; align-items: baseline; justify-content: space-between; gap: 1rem; padding: 1.1rem clamp(1.2rem, 5vw, 4rem); border-bottom: 1px solid var(--line); }
header b { font-size: 1.2rem; letter-spacing: .04em; color: var(--ink); }
nav { display: flex; gap: 1.4rem; font-size: .95rem; }
a { color: inherit; text-decoration: none; }
nav a { color: var(--soft); }
a:hover { text-decoration: underline; }
.hero { padding: clamp(2.5rem, 7vw, 5.5rem) clamp(1.2rem, 5vw, 4rem); color: #f6efe4; background: radial-gradient(circle at 82% 30%, #9a6534 0, transparent 42%), linear-gradient(120deg, var(--deep), #6b4526); }
h1 { margin: 0 0 1rem; max-width: 17em; font-size: clamp(1.9rem, 5vw, 3.2rem); line-height: 1.12; font-weight: 500; }
.hero p { margin: 0; max-width: 32em; opacity: .9; }
main { max-width: 72rem; margin: 0 auto; padding: 2.6rem clamp(1.2rem, 5vw, 4rem) 8rem; }
h2 { margin: 0 0 1.2rem; font-size: 1.35rem; font-weight: 500; }
ul { list-style: none; margin: 0; padding: 0; display: grid; gap: 1.2rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
li { border: 1px solid var(--line); border-radius: .8rem; overflow: hidden; background: var(--card); }
svg { display: block; width: 100%; aspect-ratio: 240 / 136; }
li div { padding: .9rem 1.1rem 1.1rem; }
li b { display: block; color: var(--accent); font-weight: 600; }
small { display: block; color: var(--soft); }
@media (max-width: 600px) { nav { display: none; } }`;

const goods = [
  ['gayo', 'Gayo, Aceh', 'Dark chocolate and cedar', 'Rp 95.000', '#7a4a2a'],
  ['toraja', 'Toraja, Sulawesi', 'Ripe fruit and spice', 'Rp 105.000', '#8c3f2f'],
  ['kintamani', 'Kintamani, Bali', 'Orange and brown sugar', 'Rp 99.000', '#b4702b'],
  ['flores', 'Flores Bajawa', 'Tobacco and caramel', 'Rp 97.000', '#5b5a34'],
] as const;

/** A picture of a bag of coffee, in the colour of its flavour. */
const drawBag = (colour: string) =>
  `<svg viewBox="0 0 240 136" preserveAspectRatio="xMidYMid slice" aria-hidden="true"><rect width="240" height="136" fill="${colour}" opacity=".16"/><path d="M92 34h56l8 78a8 8 0 0 1-8 9H92a8 8 0 0 1-8-9z" fill="${colour}"/><path d="M92 34h56l-4-13H96z" fill="${colour}" opacity=".7"/><ellipse cx="120" cy="79" rx="13" ry="18" fill="#fff" opacity=".88"/><path d="M120 63c-6 10 6 21 0 32" fill="none" stroke="${colour}" stroke-width="3" stroke-linecap="round"/></svg>`;

export interface ShopPage {
  path: string;
  title: string;
  text: string;
}

/** All that can be looked at, the front page first. */
export const shopPages: readonly ShopPage[] = [
  {
    path: '/',
    title: 'Coffee from the islands, roasted on the day it leaves us.',
    text: 'Questions about a bean, an order or a grinder? Somebody is there: press the round button.',
  },
  ...goods.map(([word, name, taste, price]) => ({
    path: `/beans/${word}`,
    title: name,
    text: `${taste}. ${price} for 250 grams, roasted on Mondays and Thursdays.`,
  })),
  {
    path: '/grinders',
    title: 'Grinders',
    text: 'A small steel one for two cups, a large one for the office. Ask us which suits your brew.',
  },
  {
    path: '/workshops',
    title: 'Workshops',
    text: 'Every second Saturday at nine, at the roastery in Bandung. Rp 250.000 with a bag of what you roast.',
  },
  {
    path: '/account/orders',
    title: 'My orders',
    text: 'Nothing is on its way to you. Ask us in the chat about an older order.',
  },
];

const nav = [
  ['/#beans', 'Beans'],
  ['/grinders', 'Grinders'],
  ['/workshops', 'Workshops'],
  ['/account/orders', 'My orders'],
]
  .map(([to, name]) => `<a href="${to}">${name}</a>`)
  .join('');

export const SHOP_ICON = '/icon.svg';
export const shopIcon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#8a5a2b"/><ellipse cx="16" cy="16" rx="7" ry="10" fill="#fbf8f3"/><path d="M16 7c-4 6 4 12 0 18" fill="none" stroke="#8a5a2b" stroke-width="2" stroke-linecap="round"/></svg>';

/** Of the origin that serves the widget. */
export function writeShop(
  origin: string,
  { path, title, text }: ShopPage = shopPages[0] as ShopPage,
): { html: string; policy: string } {
  const nonce = 'shop';
  const policy = `default-src 'none'; script-src ${origin}; style-src 'nonce-${nonce}'; img-src 'self'; frame-src ${origin}`;
  const list = goods
    .map(
      ([word, name, taste, price, colour]) =>
        `<li><a href="/beans/${word}">${drawBag(colour)}<div><b>${name}</b><small>${taste}</small>${price}</div></a></li>`,
    )
    .join('');
  const tab = path === '/' ? SHOP_NAME : `${title} – ${SHOP_NAME}`;
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${tab}</title><link rel="icon" href="${SHOP_ICON}" type="image/svg+xml"><style nonce="${nonce}">${style}</style><script async src="${origin}/widget.js" data-boot></script></head><body><header><a href="/"><b>${SHOP_NAME}</b></a><nav>${nav}</nav></header><div class="hero"><h1>${title}</h1><p>${text}</p></div><main><h2 id="beans">Roasted this week</h2><ul>${list}</ul></main></body></html>`;
  return { html, policy };
}
