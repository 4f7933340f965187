// Whoever scrolls far comes to what is there, at once and in full: up in a conversation, down in a list.
import { expect, test } from 'vitest';
import { signIn } from './browse-office.ts';
import { hasBrowser } from './launch-browser.ts';
import { shareFilledOffice } from './share-office.ts';
import type { Office } from './start-office.ts';

const MESSAGES = 1000;
// The rest is far from what is seen: the browser looks into it when it comes near.
const MOST_DRAWN = 400;
const shared = shareFilledOffice();

/** A conversation in which the customer and others have taken turns for long; answers its id. */
async function fillHistory(office: Office): Promise<string> {
  const { items } = await office.call<{ items: { id: string }[] }>(
    'GET',
    '/api/v1/conversations?state=waiting',
  );
  const id = items[0]?.id as string;
  await office.pool.query('delete from message where conversation_id = $1', [id]);
  await office.pool.query(
    `insert into message (workspace_id, conversation_id, seq, message_id, kind, author_kind, text, created_at)
    select workspace_id, conversation_id, n, gen_random_uuid(), 'text',
      case n % 2 when 0 then 'contact' else 'system' end, 'message ' || n || '.', queued_at + n * interval '1 second'
    from conversation, generate_series(1, $2::integer) n where conversation_id = $1`,
    [id, MESSAGES],
  );
  const count = 'update conversation set message_seq = $2 where conversation_id = $1';
  await office.pool.query(count, [id, MESSAGES]);
  return id;
}

interface Asked {
  before: number;
  /** The message before which it asked stood there by then. */
  stood: boolean;
}

test.skipIf(!hasBrowser)(
  'older messages are asked for once those before them stand there',
  { timeout: 120_000 },
  async () => {
    const office = shared.office();
    const id = await fillHistory(office);
    const page = await shared.open(null);
    await page.addInitScript(() => {
      const asked: Asked[] = [];
      Object.assign(window, { asked });
      const real = window.fetch;
      window.fetch = (input, init) => {
        const url = input instanceof Request ? input.url : String(input);
        const before = new URL(url, location.href).searchParams.get('beforeSeq');
        if (before !== null) {
          const said = document.querySelector('[role="log"]')?.textContent ?? '';
          asked.push({ before: Number(before), stood: said.includes(`message ${before}.`) });
        }
        return real(input, init);
      };
    });
    await signIn(page, office);
    await page.goto(`${office.url}/inbox/all/${id}`);
    const log = page.getByRole('log');
    await log.getByText(`message ${MESSAGES}.`, { exact: true }).waitFor();
    await log.evaluate(
      (all) =>
        new Promise<void>((done) => {
          const draw = () => {
            all.scrollBy({ top: -150, behavior: 'instant' });
            if (all.textContent?.includes('message 1.')) done();
            else requestAnimationFrame(draw);
          };
          requestAnimationFrame(draw);
        }),
    );
    const asked = await page.evaluate(() => (window as unknown as { asked: Asked[] }).asked);
    expect(asked.length).toBeGreaterThan(3);
    expect(asked.filter(({ stood }) => !stood)).toEqual([]);
    const groups = await log.evaluate((all) => {
      const found = [...all.querySelectorAll('[role="group"]')];
      const isDrawn = (one: Element) => one.checkVisibility({ contentVisibilityAuto: true });
      return { all: found.length, drawn: found.filter(isDrawn).length };
    });
    expect(groups.all).toBe(MESSAGES);
    expect(groups.drawn).toBeLessThan(MOST_DRAWN);
  },
);

const ROWS = 300;
const LEAP = 1500;

test.skipIf(!hasBrowser)(
  'a list that is rushed through stands there in full as soon as it stands still',
  { timeout: 120_000 },
  async () => {
    const { organisation, url } = shared.office();
    for (let n = 0; n < ROWS; n += 1) {
      const contact = organisation.addContact({ name: `Guest ${n}` });
      await organisation.openTicket({ contact });
    }
    const page = await shared.open(null);
    await signIn(page, shared.office());
    await page.goto(`${url}/inbox/all`);
    const list = page.getByRole('region', { name: 'All open' });
    await list.getByRole('listitem').first().waitFor();
    // The second time everything has been fetched.
    for (const step of [LEAP, -LEAP, LEAP]) {
      await list.getByRole('list').evaluate(
        (all, by) =>
          new Promise<void>((done) => {
            const scroller = all.parentElement as HTMLElement;
            let [still, last] = [0, -1];
            const leap = () => {
              scroller.scrollBy({ top: by, behavior: 'instant' });
              still = scroller.scrollTop === last ? still + 1 : 0;
              last = scroller.scrollTop;
              if (still > 30) done();
              else requestAnimationFrame(leap);
            };
            requestAnimationFrame(leap);
          }),
        step,
      );
    }
    const rows = list.getByRole('listitem');
    await expect.poll(async () => rows.count()).toBeGreaterThan(8);
    await expect
      .poll(async () => (await rows.getByRole('link').count()) === (await rows.count()))
      .toBe(true);
  },
);
