import { expect, test } from 'vitest';
import { keyed, newQueue, queueProblems, toCreate, toUpdate } from './queueForm';

const whole = { ...newQueue, name: ' Week 47 ', instructions: '- true', reviewerIds: ['a', 'b'] };

test('a new queue says what is missing, a whole one nothing', () => {
  expect(queueProblems(newQueue).map((p) => p.field)).toEqual(['name', 'instructions']);
  expect(queueProblems(whole)).toEqual([]);
});

test('items cannot ask for more people than there are', () => {
  expect(queueProblems({ ...whole, reviewsPerItem: 3 })[0]?.message).toContain('add 1 more');
  expect(queueProblems({ ...whole, reviewerIds: [] })).toEqual([]);
});

test('failure modes keep their keys and never share one', () => {
  expect(
    keyed([
      { key: 'tone', label: 'Too cold' },
      { key: null, label: 'Tone' },
      { key: null, label: 'Überlang!' },
      { key: null, label: ' ' },
    ]),
  ).toEqual([
    { key: 'tone', label: 'Too cold' },
    { key: 'tone_2', label: 'Tone' },
    { key: 'uberlang', label: 'Überlang!' },
  ]);
  expect(
    queueProblems({
      ...whole,
      failureModes: [
        { key: null, label: 'A' },
        { key: null, label: ' a ' },
      ],
    })[0]?.field,
  ).toBe('modes');
});

test('everything is hidden unless it is let through', () => {
  expect(toCreate(whole, 'p')).toMatchObject({
    projectId: 'p',
    name: 'Week 47',
    blinding: { hideModel: true, hidePromptVersion: true, hideMetrics: true, hideIdentity: true, shuffle: true },
  });
});

test('a change never touches blinding', () => {
  expect(toUpdate(whole, 'q')).not.toHaveProperty('blinding');
});
