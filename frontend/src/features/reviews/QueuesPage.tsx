import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useMutation, useQuery } from 'urql';
import { newQueue, type QueueDraft, toCreate } from '@/components/model/queueForm';
import { QueueForm } from '@/components/QueueForm';
import { CreateQueueDocument, QueueListDocument, type QueueListQuery } from '@/gql/graphql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { int, plural } from '@/lib/format';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useCan, useProject } from '@/lib/viewer';
import { Chip, Empty, Failure, PageHead, Person, RowList, Waiting } from '@/ui';
import { rubricQuestion } from './model/pace';
import { ProgressBar } from './ProgressBar';
import c from './QueuesPage.module.css';

type Queue = NonNullable<QueueListQuery['project']>['reviewQueues'][number];

/** Every queue of the project with its question and how far it is. */
export function QueuesPage() {
  const project = useProject();
  const mayManage = useCan('MANAGE_QUEUES');
  const navigate = useNavigate();
  const [{ data, error, fetching }, again] = useQuery({
    query: QueueListDocument,
    variables: { projectId: project.id },
    requestPolicy: 'cache-and-network',
  });
  const [creating, create] = useMutation(CreateQueueDocument);
  const [open, setOpen] = useState(false);
  usePage({ title: 'Queues' });
  const queues = data?.project?.reviewQueues;
  const save = async (draft: QueueDraft) => {
    const answer = await create({ input: toCreate(draft, project.id) });
    if (answer.data) void navigate(urls.queue(project, answer.data.createReviewQueue.queue.id));
  };
  const button = mayManage && (
    <Button leftSection={<IconPlus size={14} />} onClick={() => setOpen(true)}>
      New queue
    </Button>
  );
  return (
    <>
      <PageHead title="Queues" actions={queues?.length ? button : undefined} />
      {!queues && fetching && <Waiting />}
      {!queues && !fetching && (
        <Failure
          title="The queues could not be listed"
          text={error ? sentenceOf(error) : 'The server sent no answer.'}
          detail={error && detailOf(error)}
          onRetry={() => again({ requestPolicy: 'network-only' })}
        />
      )}
      {queues?.length === 0 && (
        <Empty title="No queues yet" action={button}>
          A queue asks people one question about many answers, so that you know how good they are.
        </Empty>
      )}
      {queues && queues.length > 0 && (
        <RowList>
          {[...queues]
            .sort((a, b) => Number(Boolean(a.closedAt)) - Number(Boolean(b.closedAt)))
            .map((queue) => (
              <li key={queue.id}>
                <QueueRow queue={queue} link={urls.queue(project, queue.id)} />
              </li>
            ))}
        </RowList>
      )}
      {open && (
        <QueueForm
          title="New queue"
          action="Create queue"
          start={newQueue}
          fixed={false}
          busy={creating.fetching}
          error={creating.error ? sentenceOf(creating.error) : null}
          onSave={(draft) => void save(draft)}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  );
}

function QueueRow({ queue, link }: { queue: Queue; link: ReturnType<typeof urls.queue> }) {
  const { progress } = queue;
  const done = progress.resolved + progress.reviewed;
  return (
    <Link {...link} className={c.row}>
      <span>
        <b className="truncate">
          {queue.name} {queue.closedAt ? <Chip>closed</Chip> : null}
        </b>
        <small className="truncate">{rubricQuestion(queue.rubric.instructions)}</small>
      </span>
      <span className={c.people}>
        {queue.reviewers.slice(0, 5).map((r) => (
          <Person key={r.id} name={r.name} size={20} />
        ))}
        <span className="vh">{plural(queue.reviewers.length, 'reviewer')}</span>
      </span>
      <span>
        <small className="num">
          {progress.total === 0 ? 'no items yet' : `${int(done)} of ${int(progress.total)} have their reviews`}
        </small>
        <ProgressBar progress={progress} thin />
      </span>
      <span className="num">
        {progress.disputed > 0 && <Chip tone="warn">{plural(progress.disputed, 'dispute')}</Chip>}
      </span>
    </Link>
  );
}
