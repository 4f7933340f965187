// The line that puts the chat on a page, as docs/guides/widget.md has it.

/** What is called before the script has come is kept. */
export function writeSnippet(origin: string, channelId: string): string {
  const queue = 'window.Usher=window.Usher||function(){(Usher.q=Usher.q||[]).push(arguments)}';
  return `<script>${queue};Usher('boot',{channelId:'${channelId}'})</script><script async src="${origin}/widget.js"></script>`;
}
