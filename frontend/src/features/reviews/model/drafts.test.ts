import { beforeEach, expect, test } from 'vitest';
import { draftKey, dropDraft, fingerprint, keepDraft, MAX_DRAFTS, readDraft } from './drafts';
import { emptyForm } from './form';

const form = { ...emptyForm, label: 'FAIL' as const, reasoning: 'Too cold' };
beforeEach(() => localStorage.clear());

test('a draft survives until it is dropped', () => {
  const key = draftKey('u1', 'q1', 'the answer');
  expect(keepDraft(localStorage, key, form, 1)).toBe(true);
  expect(readDraft(localStorage, key)).toEqual(form);
  dropDraft(localStorage, key);
  expect(readDraft(localStorage, key)).toBeNull();
});

test('drafts belong to one person, one queue and one text', () => {
  const keys = [
    draftKey('u1', 'q1', 'a'),
    draftKey('u2', 'q1', 'a'),
    draftKey('u1', 'q2', 'a'),
    draftKey('u1', 'q1', 'b'),
  ];
  expect(new Set(keys).size).toBe(4);
  expect(draftKey('u1', 'q1', 'a')).toBe(keys[0]);
  expect(keys[0]).not.toContain('the answer');
});

test('an emptied form leaves nothing behind', () => {
  const key = draftKey('u', 'q', 'a');
  keepDraft(localStorage, key, form, 1);
  keepDraft(localStorage, key, emptyForm, 2);
  expect(localStorage).toHaveLength(0);
});

test('broken or foreign content reads as no draft', () => {
  localStorage.setItem('k', '{"form":{"reasoning":3}}');
  expect(readDraft(localStorage, 'k')).toBeNull();
  localStorage.setItem('k', 'not json');
  expect(readDraft(localStorage, 'k')).toBeNull();
});

test('a device that refuses is reported, not thrown', () => {
  const full = {
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  } as unknown as Storage;
  expect(keepDraft(full, 'k', form, 1)).toBe(false);
});

test('only the newest drafts are kept', () => {
  localStorage.setItem('other', 'untouched');
  for (let i = 0; i <= MAX_DRAFTS; i++) keepDraft(localStorage, draftKey('u', 'q', `text ${i}`), form, i);
  expect(localStorage).toHaveLength(MAX_DRAFTS + 1);
  expect(readDraft(localStorage, draftKey('u', 'q', 'text 0'))).toBeNull();
  expect(readDraft(localStorage, draftKey('u', 'q', `text ${MAX_DRAFTS}`))).toEqual(form);
});

test('fingerprints tell texts of the same letters apart', () => {
  expect(fingerprint('ab')).not.toBe(fingerprint('ba'));
});
