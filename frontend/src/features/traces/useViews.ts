import { useLocalStorage } from '@mantine/hooks';
import { deepEqual } from '@tanstack/react-router';
import { readSearch, type TraceSearch } from './model/filters';

interface View {
  name: string;
  search: TraceSearch;
  /** One's own; can be removed. */
  own?: boolean;
}

const builtIn: View[] = [
  { name: 'All', search: {} },
  { name: 'Failed', search: { status: 'ERROR' } },
  { name: 'Slower than 5 s', search: { slow: 5000 } },
  { name: 'Failed review', search: { verdict: 'FAIL' } },
];

/** Sets of filters by name; one's own are kept on this device, per project. */
export function useViews(projectId: string) {
  const [own, setOwn] = useLocalStorage<View[]>({
    key: `plumbline.views.${projectId}`,
    defaultValue: [],
    getInitialValueInEffect: false,
    deserialize: (text) => {
      try {
        const list = JSON.parse(text ?? '[]') as { name: string; search: Record<string, unknown> }[];
        return list.map((view) => ({ name: String(view.name), search: readSearch(view.search), own: true }));
      } catch {
        return [];
      }
    },
  });
  return {
    views: [...builtIn, ...own],
    save: (name: string, search: TraceSearch) =>
      setOwn((list) => [...list.filter((view) => view.name !== name), { name, search, own: true }]),
    remove: (name: string) => setOwn((list) => list.filter((view) => view.name !== name)),
  };
}

const filterNames = (Object.keys(readSearch({})) as (keyof TraceSearch)[]).filter((name) => name !== 'live');

/** Views are the same when they filter the same; where it is being watched live is no part of a view. */
export const sameView = (a: TraceSearch, b: TraceSearch): boolean =>
  filterNames.every((name) => deepEqual(a[name], b[name]));
