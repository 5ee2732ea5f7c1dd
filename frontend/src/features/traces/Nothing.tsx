import { Button } from '@mantine/core';
import { Link, Navigate } from '@tanstack/react-router';
import { useQuery } from 'urql';
import { AnyTraceDocument } from '@/gql/graphql';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Empty } from '@/ui';
import { sentences, spanWords, type TraceSearch, without } from './model/filters';

/** Nothing matches: names the filters and offers to drop the last. Nothing at all: leads to the first trace. */
export function Nothing(p: { search: TraceSearch; onChange: (search: TraceSearch) => void; hidden: number }) {
  const project = useProject();
  const chips = sentences(p.search);
  const last = chips.at(-1);
  const [any] = useQuery({
    query: AnyTraceDocument,
    variables: { projectId: project.id },
    requestPolicy: 'network-only',
    pause: chips.length > 0 || p.hidden > 0,
  });
  if (last) {
    return (
      <Empty
        title="No trace matches"
        action={
          <Button onClick={() => p.onChange(without(p.search, last.key))}>
            Drop “{last.lead} {last.value}”
          </Button>
        }
      >
        None in {spanWords[p.search.span ?? '24h']} {chips.map((s) => `${s.lead} ${s.value}`).join(', and ')}.
      </Empty>
    );
  }
  if (any.data?.project?.traces.nodes.length === 0) return <Navigate {...urls.firstTrace(project)} replace />;
  if (any.fetching) return null;
  return (
    <Empty
      title={`No traces in ${spanWords[p.search.span ?? '24h']}`}
      action={<Button onClick={() => p.onChange({ ...p.search, span: '30d' })}>Show 30 days</Button>}
    >
      Older ones may be there. <Link {...urls.firstTrace(project)}>How to send traces</Link>
    </Empty>
  );
}
