import { useQuery } from 'urql';
import { type TimeRange, TraceFacetsDocument, type VerdictFilter } from '@/gql/graphql';
import { useProject } from '@/lib/viewer';
import { Facet, type FacetChoice } from '@/ui';
import { type TraceSearch, verdictLabels } from './model/filters';

const statuses: FacetChoice[] = [
  { value: 'OK', label: 'Succeeded' },
  { value: 'ERROR', label: 'Failed' },
];
const verdicts: FacetChoice[] = Object.entries(verdictLabels).map(([value, label]) => ({ value, label }));

/** Values seen in the time range. A chosen value stays in sight even when the range has none of it. */
const choices = (seen: readonly FacetChoice[] | undefined, chosen: readonly string[] = []): FacetChoice[] => [
  ...(seen ?? []),
  ...chosen.filter((value) => !seen?.some((choice) => choice.value === value)).map((value) => ({ value })),
];
const orNone = <T,>(values: T[]): T[] | undefined => (values.length ? values : undefined);

export function TraceFacets(p: { range: TimeRange; search: TraceSearch; onChange: (search: TraceSearch) => void }) {
  const project = useProject();
  const [{ data }] = useQuery({ query: TraceFacetsDocument, variables: { projectId: project.id, range: p.range } });
  const { search, onChange } = p;
  const seen = data?.project;
  const many = (field: 'name' | 'model' | 'environment' | 'tag', title: string) => (
    <Facet
      title={title}
      choices={choices(seen?.[field], search[field])}
      chosen={search[field] ?? []}
      onChange={(values) => onChange({ ...search, [field]: orNone(values) })}
    />
  );
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
        chosen={search.verdict ?? []}
        onChange={(values) => onChange({ ...search, verdict: orNone(values as VerdictFilter[]) })}
      />
      {many('name', 'Name')}
      {many('model', 'Model')}
      {many('environment', 'Environment')}
      {many('tag', 'Tag')}
    </>
  );
}
