import { expect, test } from 'vitest';
import type { AssignmentFragment } from '@/gql/graphql';
import { emptyForm } from './form';
import { readHeld, rememberHeld } from './held';
import { newSession, session } from './session';

const queue = { id: 'q', name: 'Week 47' } as AssignmentFragment['queue'];
const item = (id: string) => ({ id, leaseExpiresAt: '2026-01-01T00:20:00Z', queue, subject: {} }) as AssignmentFragment;
const shown = (id: string | null, draft = null as typeof emptyForm | null) =>
  ({ type: 'shown', assignment: id ? item(id) : null, draft }) as const;

test('a new item starts empty unless this device kept a draft of it', () => {
  const draft = { ...emptyForm, reasoning: 'kept' };
  expect(session(newSession, shown('a'))).toMatchObject({
    phase: 'reviewing',
    form: emptyForm,
    restored: false,
    busy: null,
  });
  expect(session(newSession, shown('a', draft))).toMatchObject({ form: draft, restored: true });
});

test('after the last item the queue keeps its name', () => {
  const state = session(session(newSession, shown('a')), shown(null));
  expect(state).toMatchObject({ phase: 'done', queue: { name: 'Week 47' } });
});

test('a failed submit keeps the text and the item', () => {
  let state = session(newSession, shown('a'));
  state = session(state, { type: 'form', action: { type: 'reason', text: 'mine' } });
  state = session(state, { type: 'busy', doing: 'submit' });
  state = session(state, { type: 'failed', trouble: { doing: 'submit', code: 'LEASE_EXPIRED', sentence: 's' } });
  expect(state).toMatchObject({ busy: null, expired: true, form: { reasoning: 'mine' }, assignment: { id: 'a' } });
});

test('a late renewal of another item is ignored', () => {
  const state = session(newSession, shown('b'));
  expect(session(state, { type: 'renewed', id: 'a', leaseExpiresAt: 'x' })).toBe(state);
  expect(session(state, { type: 'renewed', id: 'b', leaseExpiresAt: 'x' }).assignment?.leaseExpiresAt).toBe('x');
});

test('the held item is offered until its lease ends, to its holder only', () => {
  rememberHeld(localStorage, 'u1', { queueId: 'q', expiresAt: 100 });
  expect(readHeld(localStorage, 'u1', 99)).toEqual({ queueId: 'q', expiresAt: 100 });
  expect(readHeld(localStorage, 'u1', 100)).toBeNull();
  expect(readHeld(localStorage, 'u2', 0)).toBeNull();
  rememberHeld(localStorage, 'u1', null);
  expect(readHeld(localStorage, 'u1', 0)).toBeNull();
});
