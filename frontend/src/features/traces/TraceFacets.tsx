import { useMemo, useRef } from 'react';
import { useQuery } from 'urql';
import { TraceFacetsDocument, type VerdictFilter } from '@/gql/graphql';
import { useProject } from '@/lib/viewer';
import { Facet, type FacetChoice } from '@/ui';
import { type TraceSearch, traceFilter, verdictLabels, volumeFilter, wholeRange, without } from './model/filters';
import type { TraceRow } from './useTraceRows';

const verdicts: FacetChoice[] = Object.entries(verdictLabels).map(([value, label]) => ({ value, label }));
const most = 8;

interface Group {
  group: string[];
  /** Not known for tags: a span has several, and they are counted by span. */
  traces?: number;
}

/** The values most traces have. A chosen value stays in sight even when the range has none of it. */
function choices(
  groups: readonly Group[] | undefined,
  chosen: readonly string[] = [],
  known?: ReadonlySet<string>,
): FacetChoice[] {
  const seen = (groups ?? [])
    .map(({ group, traces }) => ({ value: group[0] ?? '', count: traces }))
    .filter(({ value }) => value !== '' && (known?.has(value) ?? true))
    .toSorted((a, b) => (b.count ?? 0) - (a.count ?? 0) || a.value.localeCompare(b.value))
    .slice(0, most);
  return [
    ...seen,
    ...chosen.filter((value) => !seen.some((choice) => choice.value === value)).map((value) => ({ value })),
  ];
}
const orNone = <T,>(values: T[]): T[] | undefined => (values.length ? values : undefined);

/** Counts are of traces, in the range that the histogram shows. */
export function TraceFacets(p: {
  search: TraceSearch;
  now: number;
  rows: readonly TraceRow[];
  onChange: (search: TraceSearch) => void;
}) {
  const project = useProject();
  const { search, onChange, now } = p;
  const variables = useMemo(
    () => ({
      projectId: project.id,
      range: wholeRange(search, now),
      where: volumeFilter(search),
      anywhere: volumeFilter(without(search, 'environment')),
      failed: traceFilter({ ...search, status: 'ERROR' }, now),
      succeeded: traceFilter({ ...search, status: 'OK' }, now),
    }),
    [project.id, search, now],
  );
  const [{ data }] = useQuery({ query: TraceFacetsDocument, variables });
  const seen = data?.project;
  // Spans have names too; only those that traces were seen under are names of traces.
  const names = useRef(new Set<string>());
  for (const row of p.rows) names.current.add(row.name);
  const many = (
    field: 'name' | 'model' | 'environment' | 'tag',
    title: string,
    groups: readonly Group[] | undefined,
    known?: ReadonlySet<string>,
  ) => (
    <Facet
      title={title}
      choices={choices(groups, search[field], known)}
      chosen={search[field] ?? []}
      onChange={(values) => onChange({ ...search, [field]: orNone(values) })}
    />
  );
  const statuses: FacetChoice[] = [
    { value: 'OK', label: 'Succeeded', count: seen?.succeeded?.totalCount ?? undefined },
    { value: 'ERROR', label: 'Failed', count: seen?.failed?.totalCount ?? undefined },
  ];
  return (
    <>
      <Facet
        title="Status"
        choices={statuses}
        chosen={search.status ? [search.status] : []}
        // Both ticked would be no filter: the newer one wins.
        onChange={(values) => onChange({ ...search, status: values.at(-1) as TraceSearch['status'] })}
      />
      <Facet
        title="Verdict"
        choices={verdicts}
        chosen={search.verdict ? [search.verdict] : []}
        onChange={(values) => onChange({ ...search, verdict: values.at(-1) as VerdictFilter | undefined })}
      />
      {many('name', 'Name', seen?.name, names.current)}
      {many('model', 'Model', seen?.model)}
      {many('environment', 'Environment', seen?.environment)}
      {many(
        'tag',
        'Tag',
        seen?.tag?.map((tag) => ({ group: [tag.value] })),
      )}
    </>
  );
}
