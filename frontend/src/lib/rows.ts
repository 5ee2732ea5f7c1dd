/** Rows of a list that comes a page at a time, with those that arrive by themselves meanwhile. */
export interface Rows<T> {
  rows: readonly T[];
  /** Arrived while the person was reading; shown when they ask. */
  held: readonly T[];
  /** On the server; more than `rows` while not everything is loaded, nothing where it is not counted. */
  total: number | null;
  /** Where the next page begins; nothing after the last. */
  next: string | null;
}

interface Row {
  id: string;
}

/** One page as the server answers it. */
export interface Connection<T> {
  nodes: readonly T[];
  totalCount?: number | null;
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

export const noRows: Rows<never> = { rows: [], held: [], total: 0, next: null };

/** Every row once, where it stands first. */
export function distinct<T extends Row>(rows: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return rows.filter((row) => !seen.has(row.id) && seen.add(row.id));
}

/** What is known with one more page; rows that arrived before their page came stay where they are. */
export const append = <T extends Row>(known: Rows<T>, page: Connection<T>): Rows<T> => ({
  rows: distinct([...known.rows, ...page.nodes]),
  held: known.held,
  total: page.totalCount ?? null,
  next: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null,
});

/** A row that is listed already is replaced where it stands: it has grown. */
function place<T extends Row>(rows: readonly T[], row: T): readonly T[] | undefined {
  const at = rows.findIndex((known) => known.id === row.id);
  return at < 0 ? undefined : rows.with(at, row);
}

/** What is known with a row that came by itself; `hold` keeps new ones back. */
export function arrive<T extends Row>(known: Rows<T>, row: T, hold: boolean): Rows<T> {
  const rows = place(known.rows, row);
  if (rows) return { ...known, rows };
  const held = place(known.held, row);
  if (held) return { ...known, held };
  const total = known.total === null ? null : known.total + 1;
  const waiting = [row, ...known.held];
  return hold ? { ...known, total, held: waiting } : { ...release({ ...known, held: waiting }), total };
}

/** Shows what was held back. */
export const release = <T extends Row>(known: Rows<T>): Rows<T> => ({
  ...known,
  rows: [...known.held, ...known.rows],
  held: [],
});
