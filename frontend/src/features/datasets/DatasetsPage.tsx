import { Button, Modal, Textarea, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { CreateDatasetDocument, DatasetListDocument } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { date, plural } from '@/lib/format';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Empty, Failure, Notice, PageHead, RowList, Waiting } from '@/ui';
import c from './DatasetsPage.module.css';
import shared from './dialog.module.css';

/** Every dataset with its size and last snapshot. */
export function DatasetsPage() {
  const project = useProject();
  const mayEdit = useCan('CURATE_DATASETS');
  const [{ data, error, fetching }, again] = useQuery({
    query: DatasetListDocument,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  });
  const [open, setOpen] = useState(false);
  usePage({ title: 'Datasets' });
  const datasets = data?.project?.datasets;
  const button = mayEdit && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>
      New dataset
    </Button>
  );
  return (
    <>
      <PageHead title="Datasets" actions={datasets?.length ? button : undefined} />
      {!datasets && fetching && <Waiting />}
      {!datasets && !fetching && (
        <Failure
          title="The datasets could not be listed"
          text={error ? sentenceOf(error) : 'The server sent no answer.'}
          detail={error && detailOf(error)}
          onRetry={() => again({ requestPolicy: 'network-only' })}
        />
      )}
      {datasets?.length === 0 && (
        <Empty title="No datasets yet" action={button}>
          A dataset keeps questions with the answer that should be given, so that a mistake made once is not made again.
        </Empty>
      )}
      {datasets && datasets.length > 0 && (
        <RowList>
          {datasets.map((dataset) => {
            const last = dataset.versions.reduce((n, v) => Math.max(n, v.number), 0);
            return (
              <li key={dataset.id}>
                <Link {...urls.dataset(project, dataset.id)} className={c.row}>
                  <span>
                    <b className="truncate">{dataset.name}</b>
                    {dataset.description && <small className="truncate">{dataset.description}</small>}
                  </span>
                  <span className="num">{plural(dataset.itemCount, 'item')}</span>
                  <span className="num dim">{last ? `snapshot ${last}` : 'no snapshot'}</span>
                  <span className="num dim">{date(dataset.createdAt)}</span>
                </Link>
              </li>
            );
          })}
        </RowList>
      )}
      {open && <NewDataset onClose={() => setOpen(false)} />}
    </>
  );
}

function NewDataset({ onClose }: { onClose: () => void }) {
  const project = useProject();
  const navigate = useNavigate();
  const [creating, create] = useMutation(CreateDatasetDocument);
  const [name, setName] = useState('');
  const [description, setDescription] = useState('');
  const save = async () => {
    const { data } = await create({
      input: { projectId: project.id, name: name.trim(), description: description.trim() || null },
    });
    if (data) void navigate(urls.dataset(project, data.createDataset.dataset.id));
  };
  return (
    <Modal opened onClose={onClose} title="New dataset" closeButtonProps={{ 'aria-label': 'Close' }}>
      <form
        className={shared.dialogForm}
        onSubmit={(e) => {
          e.preventDefault();
          if (name.trim()) void save();
        }}
      >
        <TextInput
          data-autofocus
          label="Name"
          placeholder="claim-replies"
          value={name}
          onChange={(e) => setName(e.currentTarget.value)}
        />
        <Textarea
          label="What it is for"
          placeholder="Optional"
          value={description}
          onChange={(e) => setDescription(e.currentTarget.value)}
        />
        {creating.error && <Notice tone="fail">{sentenceOf(creating.error)}</Notice>}
        <div className={shared.act}>
          <span />
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" disabled={!name.trim()} loading={creating.fetching}>
            Create dataset
          </Button>
        </div>
      </form>
    </Modal>
  );
}
