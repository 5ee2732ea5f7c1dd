import { Button } from '@mantine/core';
import { useMutation } from 'urql';
import { type JoinableQueueFragment, JoinQueueDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast, toastError } from '@/lib/toasts';

type Hides = JoinableQueueFragment['blinding'];

/** What joining closes off, in a sentence. */
export function joiningCloses(blinding: Hides): string {
  const hides = blinding.hideModel || blinding.hidePromptVersion || blinding.hideMetrics || blinding.hideIdentity;
  return hides
    ? 'Until you have judged its items, you no longer see their traces, nor what others say of them.'
    : 'Until you have judged its items, you no longer see what others say of them.';
}

/** Makes the viewer a reviewer of an open queue. */
export function JoinButton({ queueId, name, onJoined }: { queueId: string; name: string; onJoined: () => void }) {
  const [joining, join] = useMutation(JoinQueueDocument);
  return (
    <Button
      variant="default"
      aria-label={`Join ${name}`}
      loading={joining.fetching}
      onClick={() =>
        void join({ input: { queueId } }).then((answer) => {
          if (answer.error) return toastError(sentenceOf(answer.error));
          toast(`You review in “${name}” now.`);
          onJoined();
        })
      }
    >
      Join
    </Button>
  );
}
