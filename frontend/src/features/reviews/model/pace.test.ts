import { expect, test } from 'vitest';
import { ageWords, paceWords, rubricBlocks, rubricQuestion, secondsWords, usualSeconds } from './pace';

test('a pace needs three reviews and ignores one that took lunch', () => {
  expect(usualSeconds([40, 60])).toBeNull();
  expect(usualSeconds([40, 50, 3600])).toBe(50);
});

test('durations read as people say them', () => {
  expect([44, 60, 72, 3900, 7200].map(secondsWords)).toEqual(['44 s', '1 min', '1 min 12 s', '1 h 5 min', '2 h']);
});

test('what is left is told in whole minutes, and not at all without a pace', () => {
  expect(paceWords(50, 79)).toBe('about 50 s each, 1 h 6 min left');
  expect(paceWords(null, 79)).toBeNull();
  expect(paceWords(50, 0)).toBeNull();
});

test('instructions split into paragraphs and lists', () => {
  expect(rubricBlocks('Pass when\n\n- it is true\n* it is kind\nElse fail.')).toEqual([
    { kind: 'text', text: 'Pass when' },
    { kind: 'list', items: ['it is true', 'it is kind'] },
    { kind: 'text', text: 'Else fail.' },
  ]);
  expect(rubricQuestion('\n- Would you send this?\n- Second')).toBe('Would you send this?');
});

test('what waits is told in one word', () => {
  expect([0, 59, 60, 47 * 60, 48 * 60].map((minutes) => ageWords(minutes * 60_000))).toEqual([
    '1 min',
    '59 min',
    '1 h',
    '47 h',
    '2 d',
  ]);
});
