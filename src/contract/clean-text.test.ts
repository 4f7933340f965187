import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capText, cleanJson, cleanText, MAX_JSON_DEPTH } from './clean-text.ts';

describe('cleanText', () => {
  it('replaces what PostgreSQL refuses and keeps everything else', () => {
    expect(cleanText('a\0b\ud83dc 😀')).toBe('a\ufffdb\ufffdc 😀');
  });
});

describe('capText', () => {
  it('never cuts a character in half', () => {
    expect(capText('a😀😀', 2)).toBe('a😀');
    expect(capText('😀😀', 2)).toBe('😀😀');
    expect(capText('abc', 2)).toBe('ab');
  });

  it('gives at most as many characters as asked', () => {
    const text = fc.string({ unit: 'binary' });
    fc.assert(
      fc.property(text, fc.integer({ min: 0, max: 20 }), (value, max) => {
        const capped = capText(cleanText(value), max);
        expect([...capped].length).toBeLessThanOrEqual(max);
        expect(capped.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('cleanJson', () => {
  it('cleans keys and values at any depth', () => {
    expect(cleanJson({ 'k\0': ['\ud800', { a: '\0' }] })).toEqual({
      'k\ufffd': ['\ufffd', { a: '\ufffd' }],
    });
  });

  it('keeps JSON as it is', () => {
    // Keys that lead to a prototype go: see below.
    const json = fc
      .jsonValue({ maxDepth: 5 })
      .filter((value) => !JSON.stringify(value).includes('"__proto__":'));
    fc.assert(
      fc.property(json, (value) => {
        expect(JSON.stringify(cleanJson(value))).toBe(JSON.stringify(value));
      }),
    );
  });

  it('lets nobody reach a prototype', () => {
    const clean = cleanJson(JSON.parse('{"__proto__":{"a":1},"b":{"__proto__":2}}')) as object;
    expect(Object.keys(clean)).toEqual(['b']);
    expect(Object.getPrototypeOf(clean)).toBe(Object.prototype);
    expect('a' in clean).toBe(false);
  });

  it('cuts off what nests too deeply', () => {
    let deep: unknown = 'bottom';
    for (let depth = 0; depth < 5000; depth += 1) deep = [deep];
    const text = JSON.stringify(cleanJson(deep));
    expect(text).toBe(
      `${'['.repeat(MAX_JSON_DEPTH)}"[nested too deeply]"${']'.repeat(MAX_JSON_DEPTH)}`,
    );
  });

  it('makes null of what JSON cannot say', () => {
    expect(cleanJson({ a: Number.NaN, b: undefined, c: 1n })).toEqual({
      a: null,
      b: null,
      c: null,
    });
  });
});
