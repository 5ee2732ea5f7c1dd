import type { DatasetRowFragment } from '@/gql/graphql';

/** One item a line, as an import takes them back. */
const jsonLines = (rows: readonly DatasetRowFragment[]): string =>
  rows
    .map(({ inputs, output, expected, label, reasoning, split, metadata }) =>
      JSON.stringify({ ...(inputs as object), output, expected, label, reasoning, split, metadata }),
    )
    .join('\n');

export function saveJsonLines(name: string, rows: readonly DatasetRowFragment[]): void {
  const url = URL.createObjectURL(new Blob([`${jsonLines(rows)}\n`], { type: 'application/x-ndjson' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
