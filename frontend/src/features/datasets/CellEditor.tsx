import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { Key } from '@/ui';
import c from './CellEditor.module.css';
import type { GridColumn } from './model/grid';

/** Edits one cell over the grid: ↵ saves, Esc leaves, Tab saves and goes on. Alt ↵ is a new line. */
export function CellEditor(p: {
  column: GridColumn;
  text: string;
  label: string;
  splits: readonly string[];
  onSave: (text: string, then: 'stay' | 'next' | 'previous') => void;
  onLeave: () => void;
}) {
  const [text, setText] = useState(p.text);
  const field = useRef<HTMLTextAreaElement & HTMLSelectElement & HTMLInputElement>(null);
  const left = useRef(false);
  useEffect(() => {
    const el = field.current;
    el?.focus();
    if (el?.tagName === 'TEXTAREA') el.setSelectionRange(el.value.length, el.value.length);
  }, []);
  const save = (value: string, then: 'stay' | 'next' | 'previous') => {
    left.current = true;
    p.onSave(value, then);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === 'Escape') {
      event.preventDefault();
      event.nativeEvent.stopImmediatePropagation();
      left.current = true;
      p.onLeave();
    } else if (event.key === 'Enter' && !event.altKey && !event.shiftKey) {
      event.preventDefault();
      save(text, 'stay');
    } else if (event.key === 'Tab') {
      event.preventDefault();
      save(text, event.shiftKey ? 'previous' : 'next');
    }
  };
  const common = {
    ref: field,
    'aria-label': p.label,
    value: text,
    onKeyDown,
    onChange: (e: { currentTarget: { value: string } }) => setText(e.currentTarget.value),
    // A click elsewhere saves: what was typed is meant.
    onBlur: () => !left.current && save(text, 'stay'),
  };
  if (p.column.kind === 'label')
    return (
      <div className={c.editSmall} data-editor>
        <select {...common} onChange={(e) => save(e.currentTarget.value, 'stay')}>
          <option value="">No label</option>
          <option value="PASS">Pass</option>
          <option value="FAIL">Fail</option>
        </select>
      </div>
    );
  if (p.column.kind === 'split')
    return (
      <div className={c.editSmall} data-editor>
        <input {...common} list="dataset-splits" maxLength={60} />
        <datalist id="dataset-splits">
          {p.splits.map((split) => (
            <option key={split} value={split} />
          ))}
        </datalist>
      </div>
    );
  return (
    <div className={c.edit} data-editor>
      <textarea {...common} />
      <div aria-hidden>
        <Key>↵</Key>save<Key>Esc</Key>leave<Key>Tab</Key>next
      </div>
    </div>
  );
}
