import { Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { PlaygroundSentDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { JsonView, Notice, Waiting } from '@/ui';
import c from './SentDialog.module.css';

/** The very body that went to the provider, and the trace of the run. */
export function SentDialog({ runId, onClose }: { runId: string; onClose: () => void }) {
  const project = useProject();
  const [{ data, error, fetching }] = useQuery({ query: PlaygroundSentDocument, variables: { id: runId } });
  const run = data?.node && 'requestPayload' in data.node ? data.node : undefined;
  return (
    <Modal opened onClose={onClose} title="What was sent" size={720} closeButtonProps={{ 'aria-label': 'Close' }}>
      {fetching && <Waiting rows={4} />}
      {error && !run && <Notice tone="warn">{sentenceOf(error)}</Notice>}
      {run && (
        <>
          {run.trace && (
            <p style={{ marginTop: 0 }}>
              <Link {...urls.trace(project, run.trace.traceId)} className={c.open}>
                Open the trace of this run
              </Link>
            </p>
          )}
          <JsonView value={run.requestPayload} label="Request body" />
        </>
      )}
    </Modal>
  );
}
