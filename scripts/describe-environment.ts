// A file of all environment variables, to be copied to .env and filled in.
import { settings } from '../src/config.ts';

const HEAD = `# Copy it to .env, where Usher is started, and take away the # before what you set.
# What is set in the environment itself wins. Empty is the same as absent.
`;

export function describeEnvironment(): string {
  const parts = settings.map(({ name, default: value, description }) => {
    return `# ${description}\n#${name}=${value ?? ''}\n`;
  });
  return [HEAD, ...parts].join('\n');
}
