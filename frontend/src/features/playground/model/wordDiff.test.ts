import { expect, test } from 'vitest';
import { compareWords } from './wordDiff';

const changed = (text: string, other: string) =>
  compareWords(text, other)
    .filter((r) => !r.same)
    .map((r) => r.text);

test('equal texts have no marks', () => {
  expect(compareWords('a b\nc', 'a b\nc')).toEqual([{ same: true, text: 'a b\nc' }]);
});

test('runs always join to the text itself', () => {
  for (const [a, b] of [
    ['', 'x'],
    ['one two three', ''],
    ['Dear Ms Okafor,\n\nwe pay soon.', 'Dear Ms Okafor,\n\nwe still need one item.'],
    ['a a a b', 'b a a a'],
  ] as const)
    expect(
      compareWords(a, b)
        .map((r) => r.text)
        .join(''),
    ).toBe(a);
});

test('only the words the other text lacks are marked', () => {
  expect(changed('we will pay the amount now', 'we will check the whole amount now')).toEqual(['pay']);
});

test('a lone word between two changes belongs to the change', () => {
  expect(changed('keep old one stale keep', 'keep new one fresh keep')).toEqual(['old one stale']);
});

test('a change never runs over a line break it does not touch', () => {
  expect(changed('x old\nold y', 'x new\nnew y')).toEqual(['old', 'old']);
});

test('texts too large to align are marked as a whole between their common ends', () => {
  const long = (word: string) => `start ${Array.from({ length: 3000 }, (_, i) => `${word}${i}`).join(' ')} end`;
  expect(changed(long('a'), long('b'))).toHaveLength(1);
});
