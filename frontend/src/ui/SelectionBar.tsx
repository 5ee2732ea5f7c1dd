import type { ReactNode } from 'react';
import { int } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import c from './SelectionBar.module.css';

/** Dark, floating, there only with a selection; Esc clears it. */
export function SelectionBar({
  count,
  onClear,
  children,
}: {
  count: number;
  onClear: () => void;
  children: ReactNode;
}) {
  useKeys([{ keys: 'escape', label: 'Clear the selection', run: onClear }], count > 0);
  if (count === 0) return null;
  return (
    <div className={c.selection} role="toolbar" aria-label="Selection">
      <span className="num" aria-live="polite">
        {int(count)} selected
      </span>
      {children}
      <button type="button" onClick={onClear}>
        Clear
      </button>
    </div>
  );
}
