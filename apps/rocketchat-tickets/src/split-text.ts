// Cuts a text into pieces that fit into a message: servers refuse more than `Message_MaxAllowedSize`,
// 5000 characters unless the admin has changed it.

const MAX_LENGTH = 5000;

/** At least one piece; cut at the end of a line where there is one, never within a character. */
export function splitText(text: string, maxLength = MAX_LENGTH): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > maxLength) {
    const line = rest.lastIndexOf('\n', maxLength);
    let end = line > maxLength / 2 ? line + 1 : maxLength;
    const last = rest.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end -= 1;
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...parts, rest];
}
