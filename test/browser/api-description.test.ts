// The page that describes the API, under the policy that it is served with. @fastify/swagger-ui 6.1.3 brings a Swagger UI
// (5.34.0) that leaves out most calls from the 128th on, so 6.1.2 stays until this test passes with a later one.
import { expect, test } from 'vitest';
import { startTestUsher } from '../makers/start-test-usher.ts';
import { hasBrowser, openBrowser } from './launch-browser.ts';
import { openPage } from './open-browser.ts';

test.skipIf(!hasBrowser)(
  'the description of the API shows its calls, and its policy is in nobody’s way',
  async () => {
    const browser = await openBrowser();
    try {
      const usher = await startTestUsher();
      const { page, complaints } = await openPage(browser, `${usher.url}/docs/`);
      await page.getByText('/api/v1/conversations/{id}/notes').waitFor();
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  },
  120_000,
);
