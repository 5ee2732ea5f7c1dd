import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddDatasetItemsDocument, DatasetQueuesDocument, type Label } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { Notice } from '@/ui';
import shared from './dialog.module.css';

/** Takes the resolved items of a queue; a better answer becomes the expected one. */
export function FromQueueDialog(p: { projectId: string; datasetId: string; onDone: () => void; onClose: () => void }) {
  const [{ data, error }] = useQuery({ query: DatasetQueuesDocument, variables: { projectId: p.projectId } });
  const [adding, add] = useMutation(AddDatasetItemsDocument);
  const [queueId, setQueue] = useState<string | null>(null);
  const [label, setLabel] = useState<Label | 'ALL'>('ALL');
  const [split, setSplit] = useState('');
  const queues = data?.project?.reviewQueues ?? [];
  const problem = adding.error ?? (data ? undefined : error);
  const send = async () => {
    if (!queueId) return;
    const answer = await add({
      input: {
        datasetId: p.datasetId,
        fromQueue: { queueId, label: label === 'ALL' ? null : label },
        split: split.trim() || null,
      },
    });
    const done = answer.data?.addToDataset;
    if (!done) return;
    p.onDone();
    p.onClose();
    toast(`${plural(done.added, 'item')} added${done.duplicates ? `, ${done.duplicates} were there already` : ''}.`);
  };
  return (
    <Modal opened onClose={p.onClose} title="Add from a queue" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={shared.dialogForm}
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <Select
          data-autofocus
          label="Queue"
          placeholder="Choose"
          data={queues.map((q) => ({
            value: q.id,
            label: `${q.name} (${plural(q.progress.resolved, 'resolved item')})`,
          }))}
          value={queueId}
          onChange={setQueue}
        />
        <SegmentedControl
          aria-label="Which items"
          value={label}
          onChange={(v) => setLabel(v as Label | 'ALL')}
          data={[
            { value: 'ALL', label: 'All resolved' },
            { value: 'PASS', label: 'Passed' },
            { value: 'FAIL', label: 'Failed' },
          ]}
        />
        <TextInput label="Split" placeholder="None" value={split} onChange={(e) => setSplit(e.currentTarget.value)} />
        {problem && <Notice tone="fail">{sentenceOf(problem)}</Notice>}
        <div className={shared.act}>
          <span />
          <Button variant="default" onClick={p.onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!queueId} loading={adding.fetching}>
            Add items
          </Button>
        </div>
      </form>
    </Modal>
  );
}
