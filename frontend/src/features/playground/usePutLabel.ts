import { useMutation } from 'urql';
import { type PlaygroundLabelFragment, PlaygroundSetLabelDocument } from '@/gql/graphql';
import { sentenceOf } from '@/lib/errors';
import { toast, toastError } from '@/lib/toasts';

/** Moves a label to what is on the bench, which is saved first; the way back is offered. */
export function usePutLabel(p: {
  promptId: string;
  labels: readonly PlaygroundLabelFragment[];
  save: () => Promise<number | undefined>;
  onMoved: () => void;
}) {
  const [, setLabel] = useMutation(PlaygroundSetLabelDocument);
  const put = async (label: string, wanted?: number) => {
    const number = wanted ?? (await p.save());
    if (number === undefined) return;
    const previous = p.labels.find((l) => l.name === label)?.version.number;
    const { error } = await setLabel({ input: { promptId: p.promptId, label, number } });
    if (error) {
      toastError(sentenceOf(error));
      return;
    }
    p.onMoved();
    const back = previous !== undefined && previous !== number && wanted === undefined ? previous : undefined;
    toast(
      `${label} is on v${number} now.`,
      back === undefined ? undefined : { label: `Back to v${back}`, run: () => void put(label, back) },
    );
  };
  return (label: string) => void put(label);
}
