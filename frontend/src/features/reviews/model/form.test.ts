import { expect, test } from 'vitest';
import { emptyForm, type FormAction, isEmpty, missingField, type ReviewForm, reviewForm, toReview } from './form';

const play = (...actions: FormAction[]): ReviewForm => actions.reduce(reviewForm, emptyForm);

test('a pass without text can go at once', () => {
  expect(missingField(play({ type: 'choose', label: 'PASS' }), 'ON_FAIL')).toBeNull();
});

test('a fail asks for a reason when the rubric says so, and only then', () => {
  const fail = play({ type: 'choose', label: 'FAIL' });
  expect(missingField(fail, 'ON_FAIL')).toBe('reason');
  expect(missingField(fail, 'NEVER')).toBeNull();
  expect(missingField(play({ type: 'choose', label: 'PASS' }), 'ALWAYS')).toBe('reason');
  expect(missingField(play({ type: 'choose', label: 'FAIL' }, { type: 'reason', text: '  ' }), 'ON_FAIL')).toBe(
    'reason',
  );
});

test('a submit that cannot go marks the missing field until it is filled', () => {
  const tried = play({ type: 'attempt', rule: 'ON_FAIL' });
  expect(tried.missing).toBe('verdict');
  const failed = [
    { type: 'choose', label: 'FAIL' },
    { type: 'attempt', rule: 'ON_FAIL' },
  ] as const;
  expect(play(...failed).missing).toBe('reason');
  expect(play(...failed, { type: 'reason', text: 'x' }).missing).toBeNull();
  expect(play(...failed, { type: 'choose', label: 'PASS' }).missing).toBeNull();
});

test('naming a failure means fail, and a pass names none', () => {
  const named = play({ type: 'mode', key: 'tone' }, { type: 'mode', key: 'fact' });
  expect(named).toMatchObject({ label: 'FAIL', failureModes: ['tone', 'fact'] });
  expect(reviewForm(named, { type: 'mode', key: 'tone' })).toMatchObject({ label: 'FAIL', failureModes: ['fact'] });
  expect(reviewForm(named, { type: 'choose', label: 'PASS' }).failureModes).toEqual([]);
});

test('an untouched copy of the answer is not sent as a correction', () => {
  const form = play({ type: 'choose', label: 'FAIL' }, { type: 'correct', text: 'Same answer \n' });
  expect(toReview(form, 'Same answer').correctedOutput).toBeNull();
  expect(toReview(form, 'Other').correctedOutput).toBe('Same answer');
  expect(toReview(play({ type: 'choose', label: 'PASS' }), 'x').reasoning).toBeNull();
});

test('a restored draft comes back whole; an untouched form is empty', () => {
  const draft = play(
    { type: 'choose', label: 'FAIL' },
    { type: 'reason', text: 'r' },
    { type: 'attempt', rule: 'ALWAYS' },
  );
  expect(reviewForm(emptyForm, { type: 'restore', form: draft })).toEqual({ ...draft, missing: null });
  expect(isEmpty(emptyForm)).toBe(true);
  expect(isEmpty(draft)).toBe(false);
});
