import type { ReactNode } from 'react';
import { Mark, verdictWords } from './Mark';
import c from './VerdictButton.module.css';

/** Fail left, Pass right, everywhere. A chosen verdict is an outline and a soft fill: neither side is more inviting. */
export function VerdictButton(p: {
  kind: 'pass' | 'fail';
  on?: boolean;
  disabled?: boolean;
  large?: boolean;
  hint?: ReactNode;
  onClick?: () => void;
}) {
  return (
    <button
      type="button"
      className={c.verdict}
      data-kind={p.kind}
      data-size={p.large ? 'lg' : undefined}
      aria-pressed={p.on ?? false}
      aria-label={verdictWords[p.kind]}
      disabled={p.disabled}
      aria-keyshortcuts={p.kind[0]}
      onClick={p.onClick}
    >
      <span aria-hidden style={{ display: 'contents' }}>
        <Mark kind={p.kind} size={p.large ? 17 : 15} />
        {verdictWords[p.kind]}
        {p.hint}
      </span>
    </button>
  );
}
