import { Button, FileInput, Modal, Select } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useMutation } from 'urql';
import { AddDatasetItemsDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { int, plural } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { Notice } from '@/ui';
import shared from './dialog.module.css';
import c from './ImportDialog.module.css';
import { readTable, type Table } from './model/delimited';
import { inputText } from './model/grid';
import {
  guessMapping,
  type Mapping,
  previewImport,
  type SplitChoice,
  targetKey,
  targetOf,
  targetsFor,
  targetText,
  withSplits,
} from './model/importing';

/** A file larger than this is refused before it is read. */
const MAX_BYTES = 20 * 1024 * 1024;
/** Items sent in one request. */
const BATCH = 200;
const splits: { value: SplitChoice; label: string }[] = [
  { value: 'none', label: 'No split' },
  { value: 'train', label: 'All into train' },
  { value: 'test', label: 'All into test' },
  { value: 'mixed', label: '80 % train, 20 % test' },
];

interface Source {
  name: string;
  table: Table;
}

/** Column → meaning → first row, then what will happen in numbers, before anything happens. */
export function ImportDialog(p: {
  datasetId: string;
  inputs: readonly string[];
  present: ReadonlySet<string>;
  onDone: () => void;
  onClose: () => void;
}) {
  const [source, setSource] = useState<Source | null>(null);
  const [mapping, setMapping] = useState<Mapping>({});
  const [problem, setProblem] = useState<string | null>(null);
  const choose = async (file: File | null) => {
    setProblem(null);
    if (!file) return;
    if (file.size > MAX_BYTES) return setProblem('The file is larger than 20 MB. Split it and import the parts.');
    const table = readTable(file.name, await file.text());
    if (table.rows.length === 0)
      return setProblem('The file has no rows. It needs a first line with names and one line an item.');
    setSource({ name: file.name, table });
    setMapping(guessMapping(table.columns, p.inputs));
  };
  return (
    <Modal
      opened
      onClose={p.onClose}
      size={720}
      title={source ? `Import ${source.name}` : 'Import items'}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {source ? (
        <Mapped {...p} table={source.table} mapping={mapping} setMapping={setMapping} />
      ) : (
        <>
          <p className={c.lead}>A CSV or JSONL file. You say what each column is before anything changes.</p>
          <FileInput
            data-autofocus
            label="File"
            placeholder="Choose a file"
            accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json"
            error={problem}
            onChange={(file) => void choose(file)}
          />
        </>
      )}
    </Modal>
  );
}

function Mapped(p: {
  datasetId: string;
  inputs: readonly string[];
  present: ReadonlySet<string>;
  table: Table;
  mapping: Mapping;
  setMapping: (mapping: Mapping) => void;
  onDone: () => void;
  onClose: () => void;
}) {
  const [split, setSplit] = useState<SplitChoice>('mixed');
  const [showProblems, setShowProblems] = useState(false);
  const [sent, setSent] = useState<number | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const [, add] = useMutation(AddDatasetItemsDocument);
  const preview = useMemo(() => previewImport(p.table, p.mapping, p.present), [p.table, p.mapping, p.present]);
  const sample = p.table.rows.find((row) => 'cells' in row);
  const inputNames = [
    ...new Set([...p.inputs, ...Object.values(p.mapping).flatMap((t) => (t.to === 'input' ? [t.name] : []))]),
  ];
  const send = async () => {
    setFailure(null);
    const items = withSplits(preview.items, split);
    let added = 0;
    let duplicates = 0;
    for (let from = 0; from < items.length; from += BATCH) {
      setSent(from);
      const answer = await add({ input: { datasetId: p.datasetId, items: items.slice(from, from + BATCH) } });
      if (!answer.data) {
        setSent(null);
        setFailure(
          `${plural(added, 'item')} imported, then it stopped. ${answer.error ? sentenceOf(answer.error) : ''}`,
        );
        p.onDone();
        return;
      }
      added += answer.data.addToDataset.added;
      duplicates += answer.data.addToDataset.duplicates;
    }
    p.onDone();
    p.onClose();
    toast(`${plural(added, 'item')} imported${duplicates ? `, ${int(duplicates)} were there already` : ''}.`);
  };
  const figures: [string, number, boolean?][] = [
    ['Rows', preview.rows],
    ['New', preview.items.length],
    ['Already here', preview.duplicates],
    ['Cannot be read', preview.problems.length, preview.problems.length > 0],
  ];
  return (
    <>
      <p className={c.lead}>Say what each column is. Nothing changes until you press Import.</p>
      <div className={c.mapScroll}>
        <table className={c.map}>
          <thead>
            <tr>
              <th scope="col">Column in the file</th>
              <th scope="col">
                <span className="vh">arrow</span>
              </th>
              <th scope="col">becomes</th>
              <th scope="col">First row</th>
            </tr>
          </thead>
          <tbody>
            {p.table.columns.map((column, i) => (
              <tr key={column}>
                <td className="mono">{column}</td>
                <td>
                  <IconArrowRight size={14} aria-hidden />
                </td>
                <td>
                  <Select
                    aria-label={`Column ${column} becomes`}
                    w={224}
                    data-autofocus={i === 0 || undefined}
                    data={targetsFor(column, inputNames).map((t) => ({ value: targetKey(t), label: targetText(t) }))}
                    value={targetKey(p.mapping[column] ?? { to: 'skip' })}
                    onChange={(key) => key && p.setMapping({ ...p.mapping, [column]: targetOf(key) })}
                  />
                </td>
                <td className="truncate">{sample && 'cells' in sample ? inputText(sample.cells[column]) : ''}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <dl className={`${c.sum} num`}>
        {figures.map(([term, count, bad]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd data-bad={bad || undefined}>{int(count)}</dd>
          </div>
        ))}
      </dl>
      {showProblems && (
        <ul className={c.problems}>
          {preview.problems.slice(0, 50).map((x) => (
            <li key={x.line} className="num">
              <b>Line {x.line}:</b> {x.problem}
            </li>
          ))}
        </ul>
      )}
      {failure && <Notice tone="fail">{failure}</Notice>}
      <div className={shared.act}>
        <Select
          aria-label="Split for the new items"
          w={186}
          data={splits}
          value={split}
          onChange={(v) => v && setSplit(v as SplitChoice)}
        />
        {preview.problems.length > 0 && (
          <Button variant="subtle" color="gray" c="var(--pl-text-2)" onClick={() => setShowProblems(!showProblems)}>
            {showProblems ? 'Hide' : 'See'} the {plural(preview.problems.length, 'row')}
          </Button>
        )}
        <Button variant="default" onClick={p.onClose}>
          Cancel
        </Button>
        <Button disabled={preview.items.length === 0} loading={sent !== null} onClick={() => void send()}>
          Import {plural(preview.items.length, 'item')}
        </Button>
      </div>
      {sent !== null && (
        <p className={c.lead} role="status">
          {int(sent)} of {int(preview.items.length)}
        </p>
      )}
    </>
  );
}
