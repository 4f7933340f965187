// Drawing is bounded in time, by killing who draws, and held in turns by address.
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';
import { makeSlowPicture } from '../../test/makers/make-slow-picture.ts';
import { makeClock } from '../clock.ts';
import { drawPictures } from './draw-pictures.ts';

function startDrawing(options: Partial<Parameters<typeof drawPictures>[0]> = {}) {
  const drawing = drawPictures({ clock: makeClock(), maxBytes: 10_000_000, ...options });
  onTestFinished(drawing.close);
  return drawing;
}

const flat = (width: number, height: number) =>
  sharp({ create: { width, height, channels: 3, background: '#a33' } });

test('a picture is drawn as what it was, and what is none is told so', async () => {
  const { draw } = startDrawing();
  const frames = Buffer.concat([Buffer.alloc(300, 10), Buffer.alloc(300, 200)]);
  const moving = sharp(frames, {
    raw: { width: 10, height: 20, channels: 3, pageHeight: 10 },
  });
  for (const [format, content] of [
    ['png', await flat(40, 30).png().toBuffer()],
    ['jpeg', await flat(40, 30).jpeg().toBuffer()],
    ['webp', await flat(40, 30).webp().toBuffer()],
    ['gif', await moving.gif().toBuffer()],
  ] as const) {
    const drawn = await draw(content, '10.0.0.1');
    const { format: is, pages = 1 } = await sharp(drawn ?? Buffer.alloc(0), {
      animated: true,
    }).metadata();
    expect([is, pages]).toEqual([format, format === 'gif' ? 2 : 1]);
  }
  expect(await draw(Buffer.from('\x89PNG\r\n\x1a\n<script>'), '10.0.0.1')).toBeNull();
});

test('with a side the first frame alone is drawn, small, whatever the picture was', async () => {
  const { draw } = startDrawing({ side: 20 });
  const frames = Buffer.concat([Buffer.alloc(30_000, 10), Buffer.alloc(30_000, 200)]);
  const moving = sharp(frames, { raw: { width: 100, height: 200, channels: 3, pageHeight: 100 } });
  for (const content of [await moving.gif().toBuffer(), await flat(100, 50).png().toBuffer()]) {
    const drawn = await draw(content, '10.0.0.1');
    const { format, width, pages = 1 } = await sharp(drawn ?? Buffer.alloc(0)).metadata();
    expect([format, width, pages]).toEqual(['webp', 20, 1]);
  }
  const tiny = await draw(await flat(8, 8).png().toBuffer(), '10.0.0.1');
  expect((await sharp(tiny ?? Buffer.alloc(0)).metadata()).width).toBe(8);
});

test('what has too many pixels, or would grow too large, is refused', async () => {
  const { draw } = startDrawing({ maxBytes: 1000 });
  const huge = await flat(8000, 7000).png({ compressionLevel: 1 }).toBuffer();
  const noisy = await sharp({
    create: {
      ...{ width: 100, height: 100, channels: 3, background: '#888' },
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
  for (const content of [huge, noisy]) {
    await expect(draw(content, '10.0.0.1')).rejects.toMatchObject({
      code: 'attachment.picture-too-large',
    });
  }
});

test('a picture that takes too long is given up, others are drawn meanwhile, and its sender waits', async () => {
  const { draw } = startDrawing({ withinMs: 3000, maxPixels: 100_000_000 });
  // Some 12 s on a machine at rest: four times what it is given, so that no machine is too fast.
  const slow = await makeSlowPicture(384);
  const small = await flat(40, 30).png().toBuffer();
  // Both processes are there.
  await Promise.all([draw(small, '10.0.0.1'), draw(small, '10.0.0.2')]);
  const over: string[] = [];
  const attack = Array.from({ length: 4 }, () =>
    draw(slow, '10.6.6.6').then(
      () => over.push('drawn'),
      (error) => over.push(error.code),
    ),
  );
  for (let n = 0; n < 5; n += 1) expect(await draw(small, '10.0.0.1')).not.toBeNull();
  // None of them had to wait for the first that is slow.
  expect(over).toEqual([]);
  await Promise.all(attack);
  expect(over.slice(0, 3)).toEqual(Array.from({ length: 3 }, () => 'attachment.picture-too-large'));
  await expect(draw(small, '10.6.6.6')).rejects.toMatchObject({ code: 'request.too-many' });
  expect(await draw(small, '10.0.0.1')).not.toBeNull();
}, 60_000);
