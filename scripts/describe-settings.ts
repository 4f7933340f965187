// The table of environment variables, for the README.
import { settings } from '../src/config.ts';

/** Puts the table between the two markers of the text. */
export function describeSettings(readme: string): string {
  const rows = settings.map(({ name, default: value, description }) => {
    return `| \`${name}\` | ${value === null || value === '' ? '' : `\`${value}\``} | ${description.replaceAll('|', '\\|')} |`;
  });
  const table = ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n');
  return readme.replace(
    /<!-- settings -->[\s\S]*<!-- \/settings -->/,
    `<!-- settings -->\n${table}\n<!-- /settings -->`,
  );
}
