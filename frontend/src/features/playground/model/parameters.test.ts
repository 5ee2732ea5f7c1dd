import { expect, test } from 'vitest';
import { parameterSentence, varieties, varietyOf, withParameter, withVariety, withWords, wordsOf } from './parameters';

test('every word leads to a temperature that reads back as the same word', () => {
  for (const variety of varieties) expect(varietyOf(withVariety({}, variety))).toBe(variety);
});

test('an unset temperature has no word: unknown is not zero', () => {
  expect(varietyOf({})).toBeUndefined();
  expect(varietyOf({ temperature: 0 })).toBe('Same every time');
});

test('words become tokens and come back', () => {
  const parameters = withWords({ seed: 7 }, 180);
  expect(parameters).toEqual({ seed: 7, max_tokens: 260 });
  expect(wordsOf(parameters)).toBe(180);
  expect(withWords(parameters, undefined)).toEqual({ seed: 7 });
});

test('the sentence tells the numbers, or that there are none', () => {
  expect(parameterSentence({ temperature: 0.3, max_tokens: 260 })).toBe('Temperature 0.3, at most 260 tokens.');
  expect(parameterSentence({})).toBe('Temperature as the model sets it, no limit on length.');
});

test('clearing a parameter removes it', () => {
  expect(withParameter({ top_p: 1, stop: 'x' }, 'top_p', undefined)).toEqual({ stop: 'x' });
  expect(withParameter({}, 'seed', 0)).toEqual({ seed: 0 });
});
