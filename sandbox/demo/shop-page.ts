// A small shop's page that includes the widget, with a policy as strict as a page can have.

const style = `
:root { color-scheme: light dark; --ink: #1d2733; --paper: #fbf8f3; --line: #e3dccf; --accent: #8a5a2b; }
@media (prefers-color-scheme: dark) { :root { --ink: #ece7df; --paper: #1b1815; --line: #37312a; --accent: #d9a066; } }
* { box-sizing: border-box; }
body { margin: 0; font: 17px/1.6 Georgia, serif; color: var(--ink); background: var(--paper); }
header { padding: 1.2rem 1.5rem; border-bottom: 1px solid var(--line); font-size: 1.2rem; letter-spacing: .04em; }
main { max-width: 44rem; margin: 0 auto; padding: 3rem 1.5rem 8rem; }
h1 { font-size: clamp(1.8rem, 5vw, 2.8rem); line-height: 1.15; font-weight: 500; }
ul { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(13rem, 1fr)); }
li { border: 1px solid var(--line); border-radius: .6rem; padding: 1rem 1.2rem; }
b { color: var(--accent); font-weight: 600; }
small { display: block; opacity: .75; }`;

const goods = [
  ['Gayo, Aceh', 'Dark chocolate and cedar', 'Rp 95.000'],
  ['Toraja, Sulawesi', 'Ripe fruit and spice', 'Rp 105.000'],
  ['Kintamani, Bali', 'Orange and brown sugar', 'Rp 99.000'],
];

export function writeShop(origin: string): { html: string; policy: string } {
  const nonce = 'shop';
  const policy = `default-src 'none'; script-src ${origin}; style-src 'nonce-${nonce}'; frame-src ${origin}`;
  const list = goods
    .map(([name, taste, price]) => `<li><b>${name}</b><small>${taste}</small>${price}</li>`)
    .join('');
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Kopi Nusantara</title><style nonce="${nonce}">${style}</style><script async src="${origin}/widget.js" data-boot></script></head><body><header>Kopi Nusantara</header><main><h1>Coffee from the islands, roasted on the day it leaves us.</h1><p>Questions about a bean, an order or a grinder? Somebody is there: press the round button.</p><ul>${list}</ul></main></body></html>`;
  return { html, policy };
}
