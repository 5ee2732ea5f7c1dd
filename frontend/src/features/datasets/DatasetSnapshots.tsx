import { useMutation } from 'urql';
import { SnapshotDatasetDocument, type SnapshotFragment } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast, toastError } from '@/lib/toasts';
import { Snapshots } from './Snapshots';

/** The snapshots beside the grid, and taking one. */
export function DatasetSnapshots(p: {
  datasetId: string;
  snapshots: readonly SnapshotFragment[];
  itemCount: number;
  shown: number | null;
  mayTake: boolean;
  onTaken: () => void;
  onShow: (version: number | null) => void;
}) {
  const [taking, take] = useMutation(SnapshotDatasetDocument);
  const snapshot = async (note: string) => {
    const { data, error } = await take({ input: { datasetId: p.datasetId, note: note.trim() || null } });
    if (error) toastError(sentenceOf(error));
    else if (data) {
      toast(`Snapshot ${data.snapshotDataset.version.number} taken.`);
      p.onTaken();
    }
    return !error;
  };
  return (
    <Snapshots
      snapshots={p.snapshots}
      itemCount={p.itemCount}
      shown={p.shown}
      mayTake={p.mayTake}
      busy={taking.fetching}
      onTake={snapshot}
      onShow={p.onShow}
    />
  );
}
