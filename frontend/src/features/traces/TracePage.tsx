import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconMessage, IconUsersGroup } from '@tabler/icons-react';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { type ReactNode, useCallback, useMemo, useState } from 'react';
import { useQuery } from 'urql';
import { AddToQueue } from '@/components/AddToQueue';
import { TraceComments } from '@/components/comments/TraceComments';
import { useTraceComments } from '@/components/comments/useTraceComments';
import { TraceDetailDocument, type TraceDetailQuery } from '@/gql/graphql';
import { codeOf, detailOf, sentenceOf } from '@/lib/errors';
import { cost, duration, exactTime, int, tokens, when } from '@/lib/format';
import { useKeys } from '@/lib/keys';
import { usePage } from '@/lib/page';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { Blinded, Chip, Copy, Count, Empty, Failure, Mark, PageHead, Waiting } from '@/ui';
import { markOf } from './columns';
import { firstChoice, spanLines, spanTree } from './model/spanTree';
import { scaleOf } from './model/time';
import { SpanDetail } from './SpanDetail';
import c from './TracePage.module.css';
import { Waterfall } from './Waterfall';

type Trace = NonNullable<NonNullable<TraceDetailQuery['project']>['trace']>;

export function TracePage() {
  const project = useProject();
  const navigate = useNavigate();
  const { traceId } = useParams({ from: '/signed-in/p/$org/$project/traces/$traceId' });
  const [{ data, error, fetching }, again] = useQuery({
    query: TraceDetailDocument,
    variables: { projectId: project.id, traceId },
    requestPolicy: 'cache-and-network',
  });
  const trace = data?.project?.trace;
  usePage({ title: trace?.name ?? 'Trace', parents: [{ label: 'Traces', link: urls.traces(project) }] });
  const back = (
    <Button variant="default" onClick={() => void navigate(urls.traces(project))}>
      All traces
    </Button>
  );
  if (trace) return <Opened key={trace.id} trace={trace} />;
  return (
    <>
      <PageHead title="Trace" />
      {outcome()}
    </>
  );

  function outcome() {
    if (fetching) return <Waiting rows={10} label="Loading the trace" />;
    if (codeOf(error) === 'BLINDED') return <Blinded>{back}</Blinded>;
    if (!error || codeOf(error) === 'NOT_FOUND') {
      return (
        <Empty title="No such trace" action={back}>
          It was deleted, its retention ended, or it belongs to another project.
        </Empty>
      );
    }
    return (
      <Failure
        title="The trace could not be read"
        text={sentenceOf(error)}
        detail={detailOf(error)}
        onRetry={() => again({ requestPolicy: 'network-only' })}
      />
    );
  }
}

function Opened({ trace }: { trace: Trace }) {
  const project = useProject();
  const navigate = useNavigate();
  const { span: wanted } = useSearch({ from: '/signed-in/p/$org/$project/traces/$traceId' });
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const [queueing, queueingIs] = useDisclosure(false);
  const [talking, talkingIs] = useDisclosure(false);
  const comments = useTraceComments(trace.id);
  const roots = useMemo(() => spanTree(trace.spans), [trace.spans]);
  const scale = useMemo(() => scaleOf(trace.spans), [trace.spans]);
  const lines = useMemo(() => spanLines(roots, folded), [roots, folded]);
  const chosen = trace.spans.find((span) => span.spanId === wanted) ?? firstChoice(lines);
  const choose = useCallback(
    (span: string) => void navigate({ ...urls.trace(project, trace.traceId, span), replace: true }),
    [navigate, project, trace.traceId],
  );
  const fold = useCallback(
    (spanId: string, on: boolean) =>
      setFolded((before) => {
        const after = new Set(before);
        if (on) after.add(spanId);
        else after.delete(spanId);
        return after;
      }),
    [],
  );
  const step = (by: number) => {
    const at = lines.findIndex((line) => line.node.span.spanId === chosen?.spanId);
    const next = lines[Math.max(0, Math.min(lines.length - 1, at + by))];
    if (next) choose(next.node.span.spanId);
  };
  const mayQueue = project.permissions.has('MANAGE_QUEUES');
  useKeys([
    { keys: 'j', label: 'Next span', run: () => step(1) },
    { keys: 'k', label: 'Span before', run: () => step(-1) },
    { keys: 'c', label: 'Comments', run: talkingIs.open },
    ...(mayQueue ? [{ keys: 'q', label: 'Add to a queue', run: queueingIs.open }] : []),
    { keys: 'escape', label: 'Back to the traces', run: () => void navigate(urls.traces(project)) },
  ]);
  return (
    <div className={c.page}>
      <PageHead
        title={trace.name}
        actions={
          <>
            <Copy value={trace.traceId} label="Copy id" />
            <Button
              variant="default"
              leftSection={<IconMessage size={14} stroke={1.75} />}
              rightSection={comments.count > 0 && <Count>{comments.count}</Count>}
              onClick={talkingIs.open}
            >
              Comments
            </Button>
            {mayQueue && (
              <Button leftSection={<IconUsersGroup size={14} stroke={1.75} />} onClick={queueingIs.open}>
                Add to queue
              </Button>
            )}
          </>
        }
      >
        <Chip tone={trace.status === 'ERROR' ? 'fail' : 'pass'}>
          {trace.status === 'ERROR' ? 'Failed' : 'Succeeded'}
        </Chip>
        {trace.verdict && <Mark kind={markOf(trace.verdict)} text />}
      </PageHead>
      <Summary trace={trace} />
      <div className={c.split}>
        <div className={c.tree}>
          {chosen && <Waterfall lines={lines} scale={scale} chosen={chosen.spanId} onChoose={choose} onFold={fold} />}
        </div>
        {chosen ? <SpanDetail line={chosen} /> : <Empty title="No spans yet">They show here as they arrive.</Empty>}
      </div>
      <TraceComments
        opened={talking}
        onClose={talkingIs.close}
        traceId={trace.id}
        span={chosen}
        spans={trace.spans}
        comments={comments}
      />
      <AddToQueue opened={queueing} onClose={queueingIs.close} traceIds={[trace.id]} />
    </div>
  );
}

function Summary({ trace }: { trace: Trace }) {
  const facts: [string, ReactNode][] = [
    [
      'Started',
      <span key="at" title={exactTime(trace.startTime)}>
        {when(trace.startTime)}
      </span>,
    ],
    ['Duration', duration(trace.durationMs)],
    ['Spans', `${int(trace.spanCount)}${trace.errorCount ? `, ${int(trace.errorCount)} failed` : ''}`],
    ['Tokens in → out', trace.tokens.total ? tokens(trace.tokens) : 'none recorded'],
    ['Cost', trace.costUsd === null && !trace.tokens.total ? 'none recorded' : cost(trace.costUsd)],
    ['Environment', trace.environment ?? 'none recorded'],
    ['User', trace.userId ?? 'none recorded'],
    ['Session', trace.sessionId ?? 'none recorded'],
  ];
  return (
    <dl className={`${c.summary} num`}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
