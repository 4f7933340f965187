// A page for each group of routes, made of openapi.json.
import { readFileSync } from 'node:fs';
import { describeApi } from '../../scripts/describe-api.ts';

export default {
  watch: ['../../openapi.json'],
  paths: () => {
    const document = JSON.parse(readFileSync('openapi.json', 'utf8'));
    return describeApi(document).map(({ tag, text }) => ({ params: { tag }, content: text }));
  },
};
