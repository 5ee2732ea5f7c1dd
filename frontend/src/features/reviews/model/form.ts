import type { Label, ReasoningRequired } from '@/gql/graphql';

/** One reviewer's judgement while it is being written. */
export interface ReviewForm {
  label: Label | null;
  reasoning: string;
  failureModes: readonly string[];
  /** Null until the reviewer starts a better answer. */
  correctedOutput: string | null;
  /** The field that kept the last submit from going out. */
  missing: Missing | null;
}

type Missing = 'verdict' | 'reason';

export type FormAction =
  | { type: 'choose'; label: Label }
  | { type: 'mode'; key: string }
  | { type: 'reason'; text: string }
  | { type: 'correct'; text: string | null }
  | { type: 'attempt'; rule: ReasoningRequired }
  | { type: 'restore'; form: ReviewForm }
  | { type: 'reset' };

export const emptyForm: ReviewForm = {
  label: null,
  reasoning: '',
  failureModes: [],
  correctedOutput: null,
  missing: null,
};

export function reasonNeeded(label: Label | null, rule: ReasoningRequired): boolean {
  return rule === 'ALWAYS' || (rule === 'ON_FAIL' && label === 'FAIL');
}

/** What stands between this form and a submit; nothing when it can go. */
export function missingField(form: ReviewForm, rule: ReasoningRequired): Missing | null {
  if (!form.label) return 'verdict';
  return reasonNeeded(form.label, rule) && !form.reasoning.trim() ? 'reason' : null;
}

export const isEmpty = (form: ReviewForm): boolean =>
  !form.label && !form.reasoning.trim() && form.failureModes.length === 0 && !form.correctedOutput?.trim();

/** Naming a failure is a Fail; a Pass names none. So the form never holds both. */
export function reviewForm(form: ReviewForm, action: FormAction): ReviewForm {
  switch (action.type) {
    case 'choose':
      return {
        ...form,
        label: action.label,
        failureModes: action.label === 'PASS' ? [] : form.failureModes,
        missing: form.missing === 'reason' && action.label === 'FAIL' ? 'reason' : null,
      };
    case 'mode': {
      const on = form.failureModes.includes(action.key);
      return {
        ...form,
        failureModes: on ? form.failureModes.filter((k) => k !== action.key) : [...form.failureModes, action.key],
        label: on ? form.label : 'FAIL',
        missing: form.missing === 'verdict' ? null : form.missing,
      };
    }
    case 'reason':
      return {
        ...form,
        reasoning: action.text,
        missing: action.text.trim() && form.missing === 'reason' ? null : form.missing,
      };
    case 'correct':
      return { ...form, correctedOutput: action.text };
    case 'attempt':
      return { ...form, missing: missingField(form, action.rule) };
    case 'restore':
      return { ...action.form, missing: null };
    case 'reset':
      return emptyForm;
  }
}

/** The fields of a review as the API takes them; an untouched copy of the answer is no correction. */
export function toReview(form: ReviewForm, answer: string) {
  const corrected = form.correctedOutput?.trim();
  return {
    label: form.label ?? 'FAIL',
    reasoning: form.reasoning.trim() || null,
    failureModes: form.label === 'FAIL' ? [...form.failureModes] : [],
    correctedOutput: corrected && corrected !== answer.trim() ? corrected : null,
  } as const;
}
