// A page for a visitor, and what must hold of it.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Browser, Frame, Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { tellScreen } from './tell-screen.ts';
import { waitForQuiet } from './wait-for-quiet.ts';

export interface Look {
  page: Page;
  /** What the console complained of, and what was thrown. */
  complaints: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  options: { width?: number; height?: number; locale?: string } = {},
): Promise<Look> {
  const { width = 1280, height = 800, locale = 'en-US' } = options;
  const context = await browser.newContext({ viewport: { width, height }, locale });
  const page = await context.newPage();
  onTestFinished(async ({ task }) => {
    if (task.result?.state === 'fail') await tellScreen(page);
    await context.close();
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text());
  });
  await page.goto(url);
  return { page, complaints };
}

const axePath = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

/** Fails with what axe finds serious or critical in the page or frame. `contrast`: most of the work; not where the colours have been looked at. */
export async function expectAccessible(
  where: Page | Frame,
  { contrast = true }: { contrast?: boolean } = {},
): Promise<void> {
  await waitForQuiet(where);
  await where.evaluate(await readFile(axePath, 'utf8'));
  const found = await where.evaluate<Violation[]>(
    `axe.run(document, { resultTypes: ['violations'], rules: { 'color-contrast': { enabled: ${contrast} } } }).then(({ violations }) => violations)`,
  );
  const grave = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  expect(grave.map(({ id, nodes }) => [id, nodes.map(({ target }) => target.join())])).toEqual([]);
}
