import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { useNow, wallClock } from '@/lib/useNow';
import { Key, VerdictButton } from '@/ui';
import c from './Dock.module.css';
import type { ReviewForm } from './model/form';
import type { Last } from './model/session';
import { undoSecondsLeft } from './model/undo';
import shared from './widths.module.css';

export const quiet = { variant: 'subtle', color: 'gray', c: 'var(--pl-text-2)' } as const;

/** Takes the last review back for a minute, and says how long that still works; or gives that up to see what others said. */
export function UndoButton(p: { last: Last; onUndo: () => void; onFinish: () => void; onOver: () => void }) {
  const { last, onUndo, onFinish, onOver } = p;
  const left = undoSecondsLeft(last.submittedAt, useNow(wallClock, 1000));
  useEffect(() => {
    if (left === 0) onOver();
  }, [left, onOver]);
  if (left === 0) return null;
  return (
    <>
      <Button {...quiet} rightSection={<Key>U</Key>} aria-label="Undo last review" className="num" onClick={onUndo}>
        Undo last, {left} s
      </Button>
      <Button
        {...quiet}
        title="What others said opens at once, and the review can no longer be taken back"
        onClick={onFinish}
      >
        Show me now
      </Button>
    </>
  );
}

/** Skip and undo left, the verdict in the middle, the one filled button right; on phones only verdict and Next. */
export function Dock(p: {
  form: ReviewForm;
  last: Last | null;
  busy: boolean;
  onChoose: (label: 'PASS' | 'FAIL') => void;
  onSubmit: () => void;
  onSkip: () => void;
  onUndo: () => void;
  onFinish: () => void;
  onUndoOver: () => void;
}) {
  const verdict = (kind: 'pass' | 'fail') => (
    <VerdictButton
      kind={kind}
      large
      on={p.form.label?.toLowerCase() === kind}
      onClick={() => p.onChoose(kind === 'pass' ? 'PASS' : 'FAIL')}
      hint={
        <span className={shared.wide}>
          <Key>{kind === 'pass' ? 'P' : 'F'}</Key>
        </span>
      }
    />
  );
  return (
    <div className={c.dock} role="group" aria-label="Verdict">
      <span className={`${shared.wide} ${c.dockSide}`}>
        <Button {...quiet} rightSection={<Key>S</Key>} disabled={p.busy} onClick={p.onSkip}>
          Skip
        </Button>
        {p.last && <UndoButton last={p.last} onUndo={p.onUndo} onFinish={p.onFinish} onOver={p.onUndoOver} />}
      </span>
      {verdict('fail')}
      {verdict('pass')}
      <span className={`${shared.wide} ${c.dockSide} ${c.dockEnd}`}>
        <Button
          size="sm"
          h={40}
          disabled={!p.form.label}
          loading={p.busy}
          rightSection={<Key solid>↵</Key>}
          onClick={p.onSubmit}
        >
          Submit and next
        </Button>
      </span>
      {p.form.label && (
        <Button
          className={shared.phone}
          h={46}
          radius={9}
          loading={p.busy}
          aria-label="Submit and next"
          onClick={p.onSubmit}
        >
          Next
        </Button>
      )}
    </div>
  );
}
