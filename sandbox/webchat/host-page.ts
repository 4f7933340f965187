// The page of a shop that includes the widget, with a policy as strict as a page can have.

export interface HostOptions {
  /** Passed to boot. */
  boot?: Record<string, unknown>;
  /** The page boots it itself, later. */
  without?: boolean;
  /** It is included a second time, as by a template and a tag manager. */
  twice?: boolean;
  /** More of the page's own script. */
  script?: string;
}

export function writeHostPage(
  origin: string,
  { boot = {}, without = false, twice = false, script = '' }: HostOptions,
) {
  const nonce = 'host';
  const policy = `default-src 'none'; script-src 'nonce-${nonce}' ${origin}; frame-src ${origin}; require-trusted-types-for 'script'`;
  const queue = 'window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)};';
  const call = without ? script : `${queue}Usher('boot',${JSON.stringify(boot)});${script}`;
  const include = `<script async src="${origin}/widget.js"></script>`.repeat(twice ? 2 : 1);
  const html = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A shop</title><script nonce="${nonce}">${call}</script>${include}</head><body><main><h1>A shop</h1><p>Coffee from the islands.</p><a href="#more">More</a></main></body></html>`;
  return { html, policy };
}
