import type { ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { detailOf, sentenceOf } from '@/lib/errors';
import { Failure, Waiting } from '@/ui';

/** A part of a page and its own answer: where one fails the others stand. */
export function Answered<T>(p: {
  data: T | null | undefined;
  error: CombinedError | undefined;
  fetching: boolean;
  what: string;
  onRetry: () => void;
  children: (data: T) => ReactNode;
}) {
  if (p.data != null) return p.children(p.data);
  if (p.fetching) return <Waiting rows={4} label={`Loading ${p.what}`} />;
  return (
    <Failure
      title={`No answer about ${p.what}`}
      text={p.error ? sentenceOf(p.error) : 'You may have no access to it. Ask an owner or admin.'}
      detail={p.error && detailOf(p.error)}
      onRetry={p.onRetry}
    />
  );
}
