import { Button, Textarea } from '@mantine/core';
import { IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import type { SnapshotFragment } from '@/gql/graphql';
import { date, exactTime, int, plural } from '@/lib/format';
import { LinkButton, Person } from '@/ui';
import c from './Snapshots.module.css';

function Change({ by }: { by: number }) {
  if (by === 0) return null;
  return (
    <span className={`${c.diff} num`}>
      {by > 0 ? <i>+{int(by)}</i> : <u>−{int(-by)}</u>}
      <span className="vh"> items</span>
    </span>
  );
}

/** What changed since the last snapshot stands above the list with the one filled button. */
export function Snapshots(p: {
  snapshots: readonly SnapshotFragment[];
  itemCount: number;
  shown: number | null;
  mayTake: boolean;
  busy: boolean;
  onTake: (note: string) => Promise<boolean>;
  onShow: (number: number | null) => void;
}) {
  const [note, setNote] = useState('');
  const list = [...p.snapshots].sort((a, b) => b.number - a.number);
  const last = list[0];
  return (
    <aside className={c.side} aria-label="Snapshots">
      <h2>Snapshots</h2>
      <div className={c.now}>
        <div className={c.top}>
          <b>{last ? `Since snapshot ${last.number}` : 'No snapshot yet'}</b>
          {last && <Change by={p.itemCount - last.itemCount} />}
        </div>
        <p>A snapshot never changes. Scripts and experiments name it.</p>
        {p.mayTake && (
          <>
            <Textarea
              aria-label="Note for the snapshot"
              placeholder="What is it for? (optional)"
              autosize
              maxRows={3}
              maxLength={300}
              mb={8}
              value={note}
              onChange={(e) => setNote(e.currentTarget.value)}
            />
            <Button
              fullWidth
              leftSection={<IconCamera size={14} stroke={1.75} />}
              loading={p.busy}
              disabled={p.itemCount === 0}
              onClick={() => void p.onTake(note).then((taken) => taken && setNote(''))}
            >
              Take snapshot {(last?.number ?? 0) + 1}
            </Button>
          </>
        )}
      </div>
      <ol className={c.snap}>
        {list.map((snapshot, i) => (
          <li key={snapshot.number}>
            <div className={c.top}>
              <b>{snapshot.number}</b>
              <span className={`${c.small} dim num`}>{plural(snapshot.itemCount, 'item')}</span>
              <Change by={snapshot.itemCount - (list[i + 1]?.itemCount ?? 0)} />
            </div>
            {snapshot.note && <p>{snapshot.note}</p>}
            <small>
              <Person name={snapshot.createdBy.name} size={16} />
              <span title={exactTime(snapshot.createdAt)}>
                {snapshot.createdBy.name.split(' ')[0]}, {date(snapshot.createdAt)}
              </span>
              <span className="mono" title={`Content hash ${snapshot.contentHash}`}>
                {snapshot.contentHash.replace(/^sha256:/, '').slice(0, 8)}
              </span>
              <LinkButton
                className={c.look}
                aria-pressed={p.shown === snapshot.number}
                onClick={() => p.onShow(p.shown === snapshot.number ? null : snapshot.number)}
              >
                {p.shown === snapshot.number ? 'Back to now' : 'Look'}
                <span className="vh"> at snapshot {snapshot.number}</span>
              </LinkButton>
            </small>
          </li>
        ))}
      </ol>
    </aside>
  );
}
