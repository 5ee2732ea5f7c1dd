import { Button, Switch } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { type Column, isBusy, MAX_COLUMNS } from './model/runs';
import { ResultCard } from './ResultCard';
import c from './Results.module.css';

/** Variants side by side; every column shares its rows with the others, so that facts align. */
export function Results(p: {
  columns: readonly Column[];
  labelsOf: (number: number) => readonly string[];
  titleOf: (column: Column) => { number: number; draft: boolean; model: string | null };
  versions: readonly number[];
  onStop: (key: string) => void;
  onRemove: (key: string) => void;
  onShow: (key: string, number: number | null) => void;
  onAdd: () => void;
}) {
  const [diff, setDiff] = useState(true);
  const first = p.columns[0];
  return (
    <div className={c.results}>
      <div className={c.resultsHead}>
        <h2>Results</h2>
        {p.columns.length > 1 && (
          <Switch label="Highlight changed words" checked={diff} onChange={(e) => setDiff(e.currentTarget.checked)} />
        )}
        <Button
          ml="auto"
          variant="subtle"
          size="compact-xs"
          leftSection={<IconPlus size={13} />}
          c="var(--pl-accent-text)"
          disabled={p.columns.length >= MAX_COLUMNS}
          onClick={p.onAdd}
        >
          Add a column
        </Button>
      </div>
      <div className={c.variants} style={{ gridTemplateColumns: `repeat(${p.columns.length}, minmax(0, 1fr))` }}>
        {p.columns.map((column, i) => {
          const other = i === 0 ? p.columns[1] : first;
          // While the other one is being written, everything would look changed.
          const compare = diff && other?.text && column.text && !(i === 0 && isBusy(other));
          return (
            <ResultCard
              key={column.key}
              column={column}
              title={p.titleOf(column)}
              labelsOf={p.labelsOf}
              versions={p.versions}
              compared={compare ? { text: other.text, kind: i === 0 ? 'gone' : 'new' } : null}
              only={p.columns.length === 1}
              onStop={() => p.onStop(column.key)}
              onRemove={() => p.onRemove(column.key)}
              onShow={(number) => p.onShow(column.key, number)}
            />
          );
        })}
      </div>
    </div>
  );
}
