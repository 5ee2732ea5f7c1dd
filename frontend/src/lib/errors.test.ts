import { CombinedError } from '@urql/core';
import { describe, expect, it } from 'vitest';
import { AnswerLost, codeOf, sentenceOf } from './errors';

const failed = (...errors: [string, string?][]) =>
  new CombinedError({ graphQLErrors: errors.map(([code, message = 'said']) => ({ message, extensions: { code } })) });

describe('codeOf', () => {
  it('prefers what really failed to what is not served yet', () => {
    expect(codeOf(failed(['NOT_IMPLEMENTED'], ['BLINDED']))).toBe('BLINDED');
    expect(codeOf(failed(['NOT_IMPLEMENTED']))).toBe('NOT_IMPLEMENTED');
  });
  it('tells a lost connection from a lost session', () => {
    expect(codeOf(new CombinedError({ networkError: new Error('x') }))).toBe('OFFLINE');
    expect(codeOf(new CombinedError({ networkError: new Error('x'), response: { status: 401 } }))).toBe(
      'UNAUTHENTICATED',
    );
  });
  it('is nothing without an error', () => expect(codeOf(undefined)).toBeUndefined());
});

describe('sentenceOf', () => {
  it('passes on what the server words for people', () =>
    expect(sentenceOf(failed(['BAD_USER_INPUT', 'A queue needs a name.']))).toBe('A queue needs a name.'));
  it('does not say that nothing was done when nobody knows', () => {
    const lost = sentenceOf(new CombinedError({ networkError: new AnswerLost('Failed to fetch') }));
    expect(lost).toContain('may have been done');
    expect(sentenceOf(new CombinedError({ networkError: new Error('Failed to fetch') }))).toBe(
      'Plumbline could not be reached. Check the connection and try again.',
    );
    expect(sentenceOf(failed(['OUTCOME_UNKNOWN', 'It may have been done.']))).toBe('It may have been done.');
  });
  it('words the rest itself', () => {
    expect(sentenceOf(failed(['INTERNAL', 'NullReference']))).not.toContain('NullReference');
    expect(sentenceOf(failed(['BLINDED', 'x']))).toBe(
      'You are still to review this. It opens when you have submitted.',
    );
  });
});
