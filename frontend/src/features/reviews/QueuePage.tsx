import { Button, Menu, Modal } from '@mantine/core';
import { IconDots } from '@tabler/icons-react';
import { Link, useLocation, useNavigate, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery, useSubscription } from 'urql';
import { draftOf, toUpdate } from '@/components/model/queueForm';
import { QueueForm } from '@/components/QueueForm';
import {
  CloseQueueDocument,
  DeleteQueueDocument,
  QueueAgreementDocument,
  QueuePageDocument,
  QueueProgressedDocument,
  UpdateQueueDocument,
} from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { int, plural } from '@/lib/format';
import { usePage } from '@/lib/page';
import { toast, toastError } from '@/lib/toasts';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { DialogActions, Failure, Panel, Waiting } from '@/ui';
import { AddToDataset } from './AddToDataset';
import { AgreementPanel, ReviewersPanel } from './AgreementPanel';
import { ItemsTable } from './ItemsTable';
import { JoinButton, joiningCloses } from './JoinQueue';
import { ProgressBar, progressStates } from './ProgressBar';
import { QueueFrame } from './QueueFrame';
import c from './QueuePage.module.css';
import shared from './queue.module.css';
import { SetupPanel } from './SetupPanel';

/** Progress first, people second, what is set up third. */
export function QueuePage() {
  const project = useProject();
  const { queueId: id } = useParams({ from: '/signed-in/p/$org/$project/queues/$queueId' });
  const tab = useLocation({ select: (l) => (l.hash === 'items' ? 'items' : 'overview') });
  const [{ data, error, fetching }, again] = useQuery({
    query: QueuePageDocument,
    variables: { projectId: project.id, id },
    requestPolicy: 'cache-and-network',
  });
  const queue = data?.project?.reviewQueue;
  const [live] = useSubscription({
    query: QueueProgressedDocument,
    variables: { queueId: id },
    pause: !queue || Boolean(queue.closedAt),
  });
  usePage({ title: queue?.name ?? 'Queue', parents: [{ label: 'Queues', link: urls.queues(project) }] });
  const mayManage = useCan('MANAGE_QUEUES');
  const mayCurate = useCan('CURATE_DATASETS');
  const mayReview = useCan('REVIEW');
  const [dialog, setDialog] = useState<'setup' | 'close' | 'delete' | 'dataset' | null>(null);
  const [updating, update] = useMutation(UpdateQueueDocument);
  const [closing, close] = useMutation(CloseQueueDocument);
  const [deleting, remove] = useMutation(DeleteQueueDocument);
  const navigate = useNavigate();
  if (!queue) {
    if (fetching) return <Waiting />;
    return (
      <Failure
        title="This queue could not be opened"
        text={error ? sentenceOf(error) : 'It does not exist, or you have no access to it.'}
        detail={error && detailOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
      />
    );
  }
  const progress = live.data?.reviewQueueProgress ?? queue.progress;
  const me = data?.viewer?.user?.id;
  const mayJoin =
    mayReview && queue.openToAll && !queue.closedAt && me !== undefined && !queue.reviewers.some((r) => r.id === me);
  const actions = (
    <>
      {mayJoin && (
        <JoinButton queueId={queue.id} name={queue.name} onJoined={() => again({ requestPolicy: 'network-only' })} />
      )}
      {queue.myProgress.available > 0 && !queue.closedAt && (
        <Button variant="default" renderRoot={(props) => <Link {...urls.review(queue.id)} {...props} />}>
          Review {int(queue.myProgress.available)}
        </Button>
      )}
      {mayCurate && (
        <Button variant="default" onClick={() => setDialog('dataset')}>
          Add resolved to a dataset
        </Button>
      )}
      {mayManage && (
        <Menu position="bottom-end" shadow="md">
          <Menu.Target>
            <Button variant="subtle" color="gray" c="var(--pl-text-2)" px={7} aria-label="More for this queue">
              <IconDots size={16} />
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setDialog('setup')}>Change the set-up</Menu.Item>
            <Menu.Item disabled={Boolean(queue.closedAt)} onClick={() => setDialog('close')}>
              Close the queue…
            </Menu.Item>
            <Menu.Item color="red" onClick={() => setDialog('delete')}>
              Delete the queue…
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
  const left = progress.total - progress.resolved;
  return (
    <>
      <QueueFrame queue={{ ...queue, progress }} tab={tab} actions={actions} />
      {tab === 'items' ? (
        <ItemsTable projectId={project.id} queueId={id} total={progress.total} />
      ) : (
        <Overview
          queue={queue}
          progress={progress}
          mayJoin={mayJoin}
          onChange={mayManage ? () => setDialog('setup') : undefined}
        />
      )}
      {dialog === 'setup' && (
        <QueueForm
          title="Set-up"
          action="Save changes"
          start={draftOf(queue)}
          fixed
          busy={updating.fetching}
          error={updating.error ? sentenceOf(updating.error) : null}
          onClose={() => setDialog(null)}
          onSave={(draft) =>
            void update({ input: toUpdate(draft, id) }).then((answer) => {
              if (answer.error) return;
              setDialog(null);
              toast('Saved. Reviews keep the rubric version they were made under.');
            })
          }
        />
      )}
      {dialog === 'dataset' && <AddToDataset queueId={id} onClose={() => setDialog(null)} />}
      <Modal
        opened={dialog === 'close'}
        onClose={() => setDialog(null)}
        title="Close this queue?"
        closeButtonProps={{ 'aria-label': 'Keep it open' }}
      >
        <p style={{ marginTop: 0 }}>
          Nobody can review in it any more, and what was hidden opens for everyone.{' '}
          {plural(left, 'item is', 'items are')} not resolved yet. This cannot be taken back.
        </p>
        <DialogActions>
          <Button variant="default" data-autofocus onClick={() => setDialog(null)}>
            Keep it open
          </Button>
          <Button
            loading={closing.fetching}
            onClick={() =>
              void close({ input: { id } }).then((answer) => {
                setDialog(null);
                if (answer.error) toastError(sentenceOf(answer.error));
                else toast('The queue is closed.');
              })
            }
          >
            Close with {plural(left, 'item')} left
          </Button>
        </DialogActions>
      </Modal>
      <Modal
        opened={dialog === 'delete'}
        onClose={() => setDialog(null)}
        title={`Delete ${queue.name}?`}
        closeButtonProps={{ 'aria-label': 'Keep the queue' }}
      >
        <p style={{ marginTop: 0 }}>
          {plural(progress.total, 'item is', 'items are')} deleted with everything said of them, and no longer count in
          verdicts and pass rates. What the queue hid is shown to everyone. Datasets keep what was taken into them. This
          cannot be taken back.
        </p>
        <DialogActions>
          <Button variant="default" data-autofocus onClick={() => setDialog(null)}>
            Keep the queue
          </Button>
          <Button
            color="red"
            loading={deleting.fetching}
            onClick={() =>
              void remove({ input: { id } }).then((answer) => {
                setDialog(null);
                if (answer.error) {
                  toastError(sentenceOf(answer.error));
                  return;
                }
                toast('The queue is deleted.');
                void navigate(urls.queues(project));
              })
            }
          >
            Delete the queue
          </Button>
        </DialogActions>
      </Modal>
    </>
  );
}

function Overview(p: {
  queue: Parameters<typeof QueueFrame>[0]['queue'];
  progress: Parameters<typeof ProgressBar>[0]['progress'];
  mayJoin: boolean;
  onChange?: () => void;
}) {
  const { queue, progress } = p;
  const project = useProject();
  const [{ data, error }] = useQuery({
    query: QueueAgreementDocument,
    variables: { projectId: project.id, id: queue.id },
    requestPolicy: 'cache-and-network',
  });
  const agreement = data?.project?.reviewQueue?.agreement ?? null;
  const mine = queue.myProgress;
  return (
    <div className={shared.grid}>
      <div className={c.stack}>
        <Panel
          title="Progress"
          note={`${plural(progress.total, 'item')}, ${plural(queue.reviewsPerItem, 'review')} each`}
        >
          <div className={shared.in}>
            <ProgressBar progress={progress} />
            <dl className={`${c.states} num`}>
              {progressStates.map(([key, label, colour]) => (
                <div key={key}>
                  <dt>
                    <i style={{ background: colour }} />
                    {label}
                  </dt>
                  <dd>{int(progress[key])}</dd>
                </div>
              ))}
            </dl>
          </div>
        </Panel>
        {mine.done + mine.available > 0 && (
          <Panel title="Your reviews" note={`${int(mine.done)} done`}>
            <div className={shared.in}>
              <p className={shared.say} style={{ margin: 0 }}>
                {mine.available > 0
                  ? `${plural(mine.available, 'item waits', 'items wait')} for you. Until you have judged them, what others said stays hidden here.`
                  : 'Nothing is left for you here.'}
              </p>
            </div>
          </Panel>
        )}
        {p.mayJoin && (
          <Panel title="Open to whoever reviews here">
            <div className={shared.in}>
              <p className={shared.say} style={{ margin: 0 }}>
                {joiningCloses(queue.blinding)}
              </p>
            </div>
          </Panel>
        )}
        <ReviewersPanel agreement={agreement} />
      </div>
      <div className={c.stack}>
        <AgreementPanel agreement={agreement} error={error} />
        <SetupPanel queue={queue} onChange={p.onChange} />
      </div>
    </div>
  );
}
