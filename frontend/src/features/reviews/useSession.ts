import type { CombinedError } from '@urql/core';
import { useCallback, useEffect, useReducer, useRef } from 'react';
import { useClient } from 'urql';
import {
  type AssignmentFragment,
  ClaimReviewDocument,
  FinishReviewDocument,
  RenewLeaseDocument,
  RevealItemDocument,
  SkipReviewDocument,
  SubmitReviewDocument,
  UndoReviewDocument,
} from '@/gql/graphql';
import { codeOf, sentenceOf } from '@/lib/errors';
import { draftKey, dropDraft, keepDraft, readDraft } from './model/drafts';
import { type FormAction, type ReviewForm, toReview } from './model/form';
import { rememberHeld } from './model/held';
import { newSession, type Session, session, type Trouble } from './model/session';
import { messagesText, subjectKey } from './model/subject';
import { useLease } from './useLease';
import { useStopwatch } from './useStopwatch';

interface ReviewActions {
  edit: (action: FormAction) => void;
  claim: () => Promise<void>;
  submit: () => Promise<void>;
  skip: (reason: string) => Promise<void>;
  /** Gives up an item that cannot be shown, say because its text was erased. */
  skipUnreadable: () => Promise<void>;
  undo: () => Promise<void>;
  /** Gives up undoing the last review, and asks what came of it. */
  finish: () => Promise<void>;
  outcomeRead: () => void;
  reveal: () => Promise<boolean>;
  undoOver: () => void;
}

const keyFor = (userId: string, a: AssignmentFragment) => draftKey(userId, a.queue.id, subjectKey(a.subject));

/** One reviewer's way through one queue: claim, judge, submit and next; nothing typed is ever lost. */
export function useSession(queueId: string, userId: string): [Session, ReviewActions] {
  const client = useClient();
  const [state, dispatch] = useReducer(session, newSession);
  const current = useRef(state);
  current.current = state;
  const seconds = useStopwatch(state.assignment?.id);

  const show = useCallback(
    (assignment: AssignmentFragment | null, form?: ReviewForm, last?: Session['last']) => {
      const draft = form ?? (assignment ? readDraft(localStorage, keyFor(userId, assignment)) : null);
      rememberHeld(localStorage, userId, assignment && { queueId, expiresAt: Date.parse(assignment.leaseExpiresAt) });
      dispatch({ type: 'shown', assignment, draft, last });
    },
    [queueId, userId],
  );
  const fail = useCallback((doing: Trouble['doing'], error: CombinedError) => {
    dispatch({ type: 'failed', trouble: { doing, code: codeOf(error) ?? 'INTERNAL', sentence: sentenceOf(error) } });
  }, []);

  const claim = useCallback(async () => {
    dispatch({ type: 'busy', doing: 'claim' });
    const { data, error } = await client.mutation(ClaimReviewDocument, { input: { queueId } });
    if (error) fail('claim', error);
    else show(data?.claimNextReview.assignment ?? null);
  }, [client, queueId, show, fail]);
  useEffect(() => void claim(), [claim]);

  useLease(state.assignment, queueId, dispatch);

  // Kept on every change, so that a closed tab or a lost connection costs nothing.
  useEffect(() => {
    if (state.assignment) keepDraft(localStorage, keyFor(userId, state.assignment), state.form, Date.now());
  }, [state.assignment, state.form, userId]);

  const submit = useCallback(async () => {
    const { assignment, form, busy } = current.current;
    if (!assignment || busy) return;
    dispatch({ type: 'busy', doing: 'submit' });
    const { data, error } = await client.mutation(SubmitReviewDocument, {
      input: {
        assignmentId: assignment.id,
        ...toReview(form, messagesText(assignment.subject.output)),
        secondsSpent: seconds(),
        claimNext: true,
      },
    });
    if (error || !data) {
      if (error) fail('submit', error);
      return;
    }
    dropDraft(localStorage, keyFor(userId, assignment));
    const { review, next } = data.submitReview;
    show(next ?? null, undefined, { reviewId: review.id, submittedAt: Date.now(), form });
  }, [client, seconds, show, fail, userId]);

  const skip = useCallback(
    async (reason: string) => {
      const { assignment, busy } = current.current;
      if (!assignment || busy) return;
      dispatch({ type: 'busy', doing: 'skip' });
      const { data, error } = await client.mutation(SkipReviewDocument, {
        input: { assignmentId: assignment.id, reason },
      });
      if (error) fail('skip', error);
      else show(data?.skipReview.assignment ?? null);
    },
    [client, show, fail],
  );

  const skipUnreadable = useCallback(async () => {
    dispatch({ type: 'busy', doing: 'skip' });
    // The lease is held although the item's text is gone: asking for the id alone succeeds.
    const held = await client.mutation(RenewLeaseDocument, { input: { queueId } });
    const id = held.data?.claimNextReview.assignment?.id;
    if (!id) return claim();
    const { data, error } = await client.mutation(SkipReviewDocument, {
      input: { assignmentId: id, reason: 'Its text cannot be shown any more.' },
    });
    if (error) fail('claim', error);
    else show(data?.skipReview.assignment ?? null);
  }, [client, queueId, claim, show, fail]);

  const undo = useCallback(async () => {
    const { last, busy } = current.current;
    if (!last || busy) return;
    dispatch({ type: 'busy', doing: 'undo' });
    const { data, error } = await client.mutation(UndoReviewDocument, { input: { id: last.reviewId } });
    if (error) fail('undo', error);
    else show(data?.undoReview.assignment ?? null, last.form, null);
  }, [client, show, fail]);

  const finish = useCallback(async () => {
    const { last, busy } = current.current;
    if (!last || busy) return;
    dispatch({ type: 'busy', doing: 'finish' });
    const { data, error } = await client.mutation(FinishReviewDocument, { input: { id: last.reviewId } });
    if (error) fail('finish', error);
    else dispatch({ type: 'finished', outcome: data?.finishReview.item ?? null });
  }, [client, fail]);

  const reveal = useCallback(async () => {
    const { assignment, busy } = current.current;
    if (!assignment || busy) return false;
    dispatch({ type: 'busy', doing: 'reveal' });
    const { error } = await client.mutation(RevealItemDocument, { input: { id: assignment.id } });
    if (error) {
      fail('reveal', error);
      return false;
    }
    dropDraft(localStorage, keyFor(userId, assignment));
    await claim();
    return true;
  }, [client, claim, fail, userId]);

  const edit = useCallback((action: FormAction) => dispatch({ type: 'form', action }), []);
  const undoOver = useCallback(() => dispatch({ type: 'undoOver' }), []);
  const outcomeRead = useCallback(() => dispatch({ type: 'outcomeRead' }), []);
  return [state, { edit, claim, submit, skip, skipUnreadable, undo, finish, outcomeRead, reveal, undoOver }];
}
