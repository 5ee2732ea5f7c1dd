import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { urls } from '@/lib/urls';
import { useProject } from '@/lib/viewer';
import { readSearch, type TraceSearch } from './model/filters';

const from = '/signed-in/p/$org/$project/traces';

/** What the address asks for. `filters` stays one object until a filter changes; watching live is none. */
export function useTraceSearch() {
  const project = useProject();
  const navigate = useNavigate();
  const search = useSearch({ from });
  const filters = useSearch({ from, select: ({ live: _, ...filters }) => filters, structuralSharing: true });
  // Relative ranges end at the moment at which the filters were set: they are what asks for a new one.
  const now = useMemo(() => Date.now(), [filters]);
  const setSearch = useCallback(
    (next: TraceSearch) => void navigate({ ...urls.traces(project), search: readSearch(next), replace: true }),
    [navigate, project],
  );
  return { search, filters, now, setSearch };
}
