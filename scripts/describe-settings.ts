// The table of environment variables, for docs/configuration.md.
import { settings } from '../src/config.ts';

/** Puts the table between the two markers of the text. */
export function describeSettings(page: string): string {
  const rows = settings.map(({ name, default: value, description }) => {
    return `| \`${name}\` | ${value === null || value === '' ? '' : `\`${value}\``} | ${description.replaceAll('|', '\\|').replaceAll('<', '\\<')} |`;
  });
  const table = ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
  return page.replace(
    /<!-- settings -->[\s\S]*<!-- \/settings -->/,
    `<!-- settings -->\n${table}\n<!-- /settings -->`,
  );
}
