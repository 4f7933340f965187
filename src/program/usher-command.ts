// Spells the `usher` command as it can be typed where it runs: a checkout has it only as an npm script.
import { basename, dirname } from 'node:path';

/** Commands that need the pages built first, which the script does. */
const scripts: Record<string, string> = { serve: 'npm start', demo: 'npm run demo' };

/** `file`: this program's own. `started`: what the process was started with. */
export function makeSpeller({ file, started }: { file: string; started: string | undefined }) {
  const isInstalled = basename(started ?? '') === 'usher';
  // In a folder of npm's, which is on nobody's path.
  const isLocal = isInstalled && dirname(started ?? '').endsWith('/node_modules/.bin');
  const isBuilt = file.endsWith('.js');
  return (words: string): string => {
    if (isLocal) return joinWords('npx usher', words);
    if (isInstalled) return joinWords('usher', words);
    if (isBuilt) return joinWords(`node ${started ?? 'dist/src/cli/usher.js'}`, words);
    const [first = '', ...rest] = words.split(' ');
    const script = scripts[first];
    if (script === undefined) return joinWords('npm run usher --', words);
    return rest.length === 0 ? script : `${script} -- ${rest.join(' ')}`;
  };
}

const joinWords = (command: string, words: string) =>
  words === '' ? command : `${command} ${words}`;

/** `agents list` → what a person types here to run it. */
export const spellCommand = makeSpeller({ file: import.meta.url, started: process.argv[1] });
