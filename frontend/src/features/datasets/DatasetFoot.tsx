import { int } from '@/lib/format';
import { Key } from '@/ui';
import c from './DatasetFoot.module.css';
import type { SaveState } from './useEdits';

const saveWords: Record<SaveState, string> = {
  idle: '',
  saving: 'Saving…',
  saved: 'Saved just now.',
  failed: 'Not saved.',
};

/** Which items are in view, how many are loaded, and whether the edits are saved. */
export function DatasetFoot(p: {
  range: readonly [number, number] | null;
  total: number;
  /** While more are coming. */
  loaded?: { count: number; of: number };
  saveState: SaveState;
  canUndo: boolean;
}) {
  return (
    <div className={`${c.foot} num`}>
      <span>{p.range ? `${int(p.range[0])} to ${int(p.range[1])} of ${int(p.total)}` : 'No items'}</span>
      {p.loaded && (
        <span role="status">
          {int(p.loaded.count)} of {int(p.loaded.of)} loaded
        </span>
      )}
      <span className={c.savedState} role="status">
        {saveWords[p.saveState]}{' '}
        {p.canUndo && (
          <>
            <Key>Ctrl Z</Key> undo
          </>
        )}
      </span>
    </div>
  );
}
