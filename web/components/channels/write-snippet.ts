// The line that puts the chat on a page, as docs/guides/widget.md has it.

/** One tag that runs nothing of its own: a page's policy lets it in by Usher's address alone. */
export function writeSnippet(origin: string, channelId: string): string {
  return `<script async src="${origin}/widget.js" data-channel-id="${channelId}"></script>`;
}
