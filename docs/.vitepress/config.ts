// The documentation site: the Markdown of this repository as it is, with the README as its front page.
import { defineConfig } from 'vitepress';
import { areScreensCurrent } from '../../scripts/screens-age.ts';

const guide = (text: string, name: string) => ({ text, link: `/docs/guides/${name}` });
const page = (text: string, name: string) => ({ text, link: `/docs/${name}` });

const base = process.env.DOCS_BASE ?? '/';
const areCurrent = await areScreensCurrent();

export default defineConfig({
  title: 'Usher',
  description: 'Every customer to the right agent: routing and live chat that you host yourself.',
  // Links then mean the same here and in the repository.
  srcDir: '..',
  srcExclude: [
    'packages/*/{generator,node_modules}/**',
    '{browser,data,dist,sandbox,scripts,src,test,web,widget}/**',
  ],
  rewrites: { 'README.md': 'index.md' },
  outDir: '../dist/docs',
  cacheDir: '../dist/docs-cache',
  base,
  head: [
    ['link', { rel: 'icon', href: `${base}web/public/icon.svg`, type: 'image/svg+xml' }],
    // Safari draws no SVG in its tabs.
    ['link', { rel: 'icon', href: `${base}icon.png`, type: 'image/png', sizes: '180x180' }],
    ['link', { rel: 'apple-touch-icon', href: `${base}icon.png` }],
  ],
  markdown: {
    // As the repository's own pages have them.
    anchor: {
      slugify: (heading) =>
        heading
          .trim()
          .toLowerCase()
          .replace(/[^\p{L}\p{N}\s_-]/gu, '')
          .replace(/\s/g, '-'),
    },
    languageAlias: { caddy: 'nginx' },
    config: (md) => {
      const inline = md.renderer.rules.code_inline;
      // Two braces in code are no expression of Vue.
      md.renderer.rules.code_inline = (...args) =>
        (inline?.(...args) ?? '').replace('<code', '<code v-pre');
      const draw = md.renderer.rules.image;
      md.renderer.rules.image = (tokens, at, ...rest) => {
        const picture = draw?.(tokens, at, ...rest) ?? '';
        const isOld = !areCurrent && tokens[at]?.attrGet('src')?.includes('screens/');
        return isOld
          ? `${picture}<small>This picture shows an earlier version of the screen.</small>`
          : picture;
      };
    },
  },
  themeConfig: {
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Guides', link: '/docs/guides/agents' },
      { text: 'API', link: '/docs/api/' },
      { text: 'Events', link: '/docs/events' },
      { text: 'Compared', link: '/docs/compared' },
    ],
    sidebar: [
      {
        text: 'By role',
        items: [
          guide('Agents', 'agents'),
          guide('Supervisors', 'supervisors'),
          guide('Admins', 'admins'),
          guide('Operators', 'operators'),
          guide('Integrators', 'integrators'),
          guide('Models (MCP)', 'models'),
          guide('Bots', 'bots'),
          guide('A model for agents', 'assistance'),
          guide('Developers', 'developers'),
        ],
      },
      {
        text: 'Connect',
        items: [
          guide('Your first program', 'first-program'),
          guide('The chat on your page', 'widget'),
          guide('Qiscus', 'qiscus'),
          guide('Rocket.Chat', 'rocketchat-desk'),
          guide('RapidPro and Weni', 'rapidpro'),
          guide('RapidPro in Rocket.Chat', 'rocketchat-app'),
          guide('From Gitple', 'gitple'),
          guide('From Chimp Assist', 'chimp-assist'),
          guide('Receiving events', 'receiving-events'),
          guide('Repeating requests', 'repeating-requests'),
          guide('Rules', 'routing-rules'),
          guide('Opening hours', 'calendars'),
          guide('Targets', 'targets'),
          guide('Automation', 'automation'),
          guide('Statuses', 'statuses'),
          guide('Limits, pace, wrap-up', 'limits-pace-wrap-up'),
          guide('Reports', 'reports'),
          guide('Waits told', 'waits'),
          guide('The lab', 'lab'),
          guide('Staffing', 'staffing'),
          guide('The policy in your own git', 'policy'),
          guide('Simulate', 'simulate'),
          guide('Replay', 'replay'),
          guide('Beside other desks', 'peers'),
        ],
      },
      {
        text: 'Run',
        items: [
          page('Configuration', 'configuration'),
          guide('Behind a proxy', 'behind-a-proxy'),
          guide('Moving in, moving out', 'moving'),
          { text: 'Security', link: '/SECURITY' },
          { text: 'Changes', link: '/CHANGELOG' },
        ],
      },
      {
        text: 'Reference',
        items: [
          { text: 'API', link: '/docs/api/' },
          page('Events', 'events'),
          page('Words', 'words'),
          page('Screens', 'screens/'),
          page('Figures', 'figures'),
          page('Compared', 'compared'),
        ],
      },
      {
        text: 'Inside',
        items: [
          page('Architecture', 'architecture'),
          page('Protocols', 'protocols/'),
          page('Decisions', 'decisions/'),
          { text: 'Contributing', link: '/CONTRIBUTING' },
        ],
      },
    ],
  },
});
