import type { ReviewQueueFactsFragment } from '@/gql/graphql';
import { useKeys } from '@/lib/keys';
import type { FormAction } from './model/form';

/** ↵ on a button presses that button, but ↵ on a chosen verdict goes on to submit. */
function onButton(event: KeyboardEvent): HTMLElement | null {
  const target = event.target instanceof Element ? event.target.closest<HTMLElement>('button, a, summary') : null;
  return target?.matches('[data-kind][aria-pressed="true"]') ? null : target;
}

export function useReviewKeys(p: {
  on: boolean;
  modes: ReviewQueueFactsFragment['rubric']['failureModes'];
  edit: (action: FormAction) => void;
  submit: () => void;
  skip: () => void;
  undo: () => void;
  focusReason: () => void;
  focusBetter: () => void;
}): void {
  useKeys(
    [
      { keys: 'p', label: 'Pass', run: () => p.edit({ type: 'choose', label: 'PASS' }) },
      { keys: 'f', label: 'Fail', run: () => p.edit({ type: 'choose', label: 'FAIL' }) },
      ...p.modes.slice(0, 9).map((mode, i) => ({
        keys: String(i + 1),
        label: mode.label,
        run: () => p.edit({ type: 'mode', key: mode.key }),
      })),
      { keys: 'r', label: 'Write a reason', run: p.focusReason },
      { keys: 'c', label: 'Write a better answer', run: p.focusBetter },
      {
        keys: 'enter',
        label: 'Submit and next',
        run: (event) => {
          const button = onButton(event);
          if (button) button.click();
          else p.submit();
        },
      },
      { keys: 'mod+enter', label: 'Submit while typing', run: p.submit },
      {
        keys: 'escape',
        label: 'Leave the field',
        run: () => document.activeElement instanceof HTMLElement && document.activeElement.blur(),
      },
      { keys: 's', label: 'Skip', run: p.skip },
      { keys: 'u', label: 'Undo the last review', run: p.undo },
    ],
    p.on,
  );
}
