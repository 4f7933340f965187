import { expect, test } from 'vitest';
import { askingWords } from '../contract/bot-limits.ts';
import { findAsking } from './asks-for-person.ts';

const asks = (text: string, words: readonly string[] = askingWords) => findAsking(text, words);

test('a word is found in any case, between any signs, at the beginning and the end', () => {
  for (const text of ['HUMAN', 'human?', 'a human, please', '“Human”', 'no bot: human!']) {
    expect(asks(text), text).toBe('human');
  }
  expect(asks('Real\n  PERSON please')).toBe('real person');
  expect(asks('STRASSE', ['straße'])).toBe('straße');
  expect(asks('ΑΝΘΡΩΠΟΣ', ['άνθρωπος'])).toBeNull();
  expect(asks('ΆΝΘΡΩΠΟΣ', ['άνθρωπος'])).toBe('άνθρωπος');
});

test('a part of a word is not the word', () => {
  for (const text of ['superhuman', 'humanity', 'agents', 'human2', 'e\u0301human', '']) {
    expect(asks(text, ['human', 'agent']), text).toBeNull();
  }
  expect(asks('𝒂human', ['human'])).toBeNull();
});

test('a Korean word may carry an ending, but begins where a word begins', () => {
  expect(asks('상담원과 연결해 주세요', ['상담원'])).toBe('상담원');
  expect(asks('상담원!', ['상담원'])).toBe('상담원');
  expect(asks('전상담원', ['상담원'])).toBeNull();
});

test('an Arabic word is found with the article and the short words that are joined to it', () => {
  for (const text of [
    'أريد التحدث مع موظف',
    'ابغى الموظف!',
    'حوّلني لموظف من فضلك',
    'خدمة العملاء؟',
  ]) {
    expect(asks(text), text).not.toBeNull();
  }
  expect(asks('الموظفون كثيرون')).toBeNull();
});

test('scripts without spaces have the word anywhere', () => {
  expect(asks('请转人工客服', ['人工'])).toBe('人工');
  expect(asks('ขอคุยกับเจ้าหน้าที่ครับ', ['เจ้าหน้าที่'])).toBe('เจ้าหน้าที่');
});

test('nothing is found in what is very long beyond its beginning, or for an empty word', () => {
  expect(asks(`${'x '.repeat(2000)}human`)).toBeNull();
  expect(asks('anything', ['', ' '])).toBeNull();
});
