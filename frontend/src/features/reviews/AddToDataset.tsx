import { Button, Modal, SegmentedControl, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { AddQueueToDatasetDocument, type Label, QueueDatasetsDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { plural } from '@/lib/format';
import { toast } from '@/lib/toasts';
import { useProject } from '@/lib/viewer';
import { DialogActions, Notice } from '@/ui';
import c from './AddToDataset.module.css';

/** Resolved items become dataset items; a better answer becomes the expected one. */
export function AddToDataset({ queueId, onClose }: { queueId: string; onClose: () => void }) {
  const project = useProject();
  const [{ data, error }] = useQuery({ query: QueueDatasetsDocument, variables: { projectId: project.id } });
  const [adding, add] = useMutation(AddQueueToDatasetDocument);
  const [datasetId, setDataset] = useState<string | null>(null);
  const [label, setLabel] = useState<Label | 'ALL'>('ALL');
  const [split, setSplit] = useState('');
  const datasets = data?.project?.datasets ?? [];
  const problem = adding.error ?? (data ? undefined : error);
  const send = async () => {
    if (!datasetId) return;
    const fromQueue = { queueId, label: label === 'ALL' ? null : label };
    const answer = await add({ input: { datasetId, fromQueue, split: split.trim() || null } });
    const done = answer.data?.addToDataset;
    if (!done) return;
    onClose();
    toast(
      `${plural(done.added, 'item')} added to ${done.dataset.name}${done.duplicates ? `, ${done.duplicates} were there already` : ''}.`,
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Add resolved items to a dataset"
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <form
        className={c.form}
        onSubmit={(e) => {
          e.preventDefault();
          void send();
        }}
      >
        <Select
          data-autofocus
          label="Dataset"
          placeholder={data && datasets.length === 0 ? 'Make one under Datasets first' : 'Choose'}
          data={datasets.map((d) => ({ value: d.id, label: `${d.name} (${plural(d.itemCount, 'item')})` }))}
          value={datasetId}
          onChange={setDataset}
        />
        <div>
          <div className={c.label} id="which">
            Which items
          </div>
          <SegmentedControl
            aria-labelledby="which"
            value={label}
            onChange={(v) => setLabel(v as Label | 'ALL')}
            data={[
              { value: 'ALL', label: 'All resolved' },
              { value: 'PASS', label: 'Passed' },
              { value: 'FAIL', label: 'Failed' },
            ]}
          />
        </div>
        <TextInput label="Split" placeholder="None" value={split} onChange={(e) => setSplit(e.currentTarget.value)} />
        {problem && <Notice tone="fail">{sentenceOf(problem)}</Notice>}
        <DialogActions>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!datasetId} loading={adding.fetching}>
            Add items
          </Button>
        </DialogActions>
      </form>
    </Modal>
  );
}
