import type { AssignmentFragment, FinishReviewMutation, ReviewQueueFactsFragment } from '@/gql/graphql';
import type { FailureCode } from '@/lib/errors';
import { emptyForm, type FormAction, type ReviewForm, reviewForm } from './form';

export interface Trouble {
  doing: 'claim' | 'submit' | 'skip' | 'undo' | 'finish' | 'reveal';
  code: FailureCode;
  sentence: string;
}

/** The last submitted review, while it can be taken back. */
export interface Last {
  reviewId: string;
  submittedAt: number;
  form: ReviewForm;
}

/** What came of a review that can be taken back no more; null where the reviewer may not see it. */
export type Outcome = FinishReviewMutation['finishReview']['item'];

export interface Session {
  phase: 'claiming' | 'reviewing' | 'done';
  busy: Trouble['doing'] | null;
  assignment: AssignmentFragment | null;
  /** Stays after the last item, so that the frame keeps its name and figures. */
  queue: ReviewQueueFactsFragment | null;
  form: ReviewForm;
  /** True when the text on screen came back from this device. */
  restored: boolean;
  last: Last | null;
  /** What was asked for after the last review: undefined while nothing was. */
  outcome: Outcome | undefined;
  trouble: Trouble | null;
  /** The lease ran out while the reviewer was away. */
  expired: boolean;
}

export type SessionAction =
  | { type: 'form'; action: FormAction }
  | { type: 'busy'; doing: Trouble['doing'] }
  | { type: 'shown'; assignment: AssignmentFragment | null; draft: ReviewForm | null; last?: Last | null }
  | { type: 'renewed'; id: string; leaseExpiresAt: string }
  | { type: 'expired' }
  | { type: 'failed'; trouble: Trouble }
  | { type: 'finished'; outcome: Outcome }
  | { type: 'outcomeRead' }
  | { type: 'undoOver' };

export const newSession: Session = {
  phase: 'claiming',
  busy: 'claim',
  assignment: null,
  queue: null,
  form: emptyForm,
  restored: false,
  last: null,
  outcome: undefined,
  trouble: null,
  expired: false,
};

export function session(state: Session, action: SessionAction): Session {
  switch (action.type) {
    case 'form':
      return { ...state, form: reviewForm(state.form, action.action) };
    case 'busy':
      return { ...state, busy: action.doing, trouble: null };
    case 'shown':
      return {
        ...state,
        phase: action.assignment ? 'reviewing' : 'done',
        busy: null,
        trouble: null,
        expired: false,
        assignment: action.assignment,
        queue: action.assignment?.queue ?? state.queue,
        form: action.draft ?? emptyForm,
        restored: action.draft !== null,
        last: action.last === undefined ? state.last : action.last,
      };
    case 'renewed':
      // A renewal of an item that is no longer shown changes nothing.
      return state.assignment?.id === action.id
        ? { ...state, expired: false, assignment: { ...state.assignment, leaseExpiresAt: action.leaseExpiresAt } }
        : state;
    case 'expired':
      return { ...state, expired: true };
    case 'failed':
      return {
        ...state,
        busy: null,
        trouble: action.trouble,
        // Either way this item takes no review of theirs: the next one is offered.
        expired:
          state.expired ||
          action.trouble.code === 'LEASE_EXPIRED' ||
          (action.trouble.doing === 'submit' && action.trouble.code === 'CONFLICT'),
      };
    case 'finished':
      return { ...state, busy: null, last: null, outcome: action.outcome };
    case 'outcomeRead':
      return { ...state, outcome: undefined };
    case 'undoOver':
      return { ...state, last: null };
  }
}
