import { expect, test } from 'vitest';
import { kappaBand, kappaRange, kappaSentence, kappaText, kappaWord, oddities } from './agreement';

test('kappa is worded in steps of a fifth, edges to the higher one', () => {
  expect([-0.3, 0, 0.19, 0.2, 0.41, 0.6, 0.68, 0.8, 1].map(kappaWord)).toEqual([
    'guessing',
    'guessing',
    'guessing',
    'fair',
    'moderate',
    'good',
    'good',
    'very good',
    'very good',
  ]);
});

test('a kappa comes with its interval, or says why not', () => {
  expect(kappaText(0.684)).toBe('0.68');
  expect(kappaText(-0.12)).toBe('−0.12');
  expect(kappaText(-0.001)).toBe('0.00');
  expect(kappaRange({ value: 0.68, low: 0.57, high: 0.771 })).toBe('kappa, between 0.57 and 0.77');
  expect(kappaRange({ value: 0.68, low: null, high: null })).toContain('too few');
});

test('the band stays on the scale', () => {
  expect(kappaBand({ value: 0.5, low: 0.25, high: 0.75 })).toEqual({ left: 25, width: 50, at: 50 });
  expect(kappaBand({ value: -0.2, low: -0.5, high: 0.1 })).toEqual({ left: 0, width: 10, at: 0 });
  expect(kappaBand({ value: 0.4, low: null, high: null }).width).toBe(0);
});

test('an undefined kappa is not told as a number', () => {
  expect(kappaSentence(null, 1)).toMatch(/100 %.*not defined/);
  expect(kappaSentence(0.68, 0.87)).toBe('Reviewers agree on 87 % of items. The rubric works.');
});

test('only a pace or share far from the others is marked', () => {
  const usual = [
    { reviews: 200, medianSeconds: 50, passShare: 0.71 },
    { reviews: 180, medianSeconds: 38, passShare: 0.74 },
  ];
  const quick = { reviews: 41, medianSeconds: 9, passShare: 0.97 };
  const all = [...usual, quick];
  expect(oddities(quick, all)).toEqual({ pace: true, share: true });
  expect(oddities(usual[0]!, all)).toEqual({ pace: false, share: false });
  expect(oddities({ ...quick, reviews: 4 }, all)).toEqual({ pace: false, share: false });
  expect(oddities(quick, [quick])).toEqual({ pace: false, share: false });
});
