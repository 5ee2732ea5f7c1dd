import { Button } from '@mantine/core';
import { IconChecklist, IconDownload, IconUpload } from '@tabler/icons-react';

/** What fills a dataset and what takes it away. */
export function DatasetActions(p: {
  empty: boolean;
  exporting: boolean;
  onImport: () => void;
  /** Only for those who may. */
  onExport?: () => void;
  onQueue: () => void;
}) {
  return (
    <>
      <Button variant="default" leftSection={<IconUpload size={14} stroke={1.75} />} onClick={p.onImport}>
        Import
      </Button>
      {p.onExport && (
        <Button
          variant="default"
          leftSection={<IconDownload size={14} stroke={1.75} />}
          disabled={p.empty}
          loading={p.exporting}
          onClick={p.onExport}
        >
          Export
        </Button>
      )}
      <Button variant="default" leftSection={<IconChecklist size={14} stroke={1.75} />} onClick={p.onQueue}>
        Add from a queue
      </Button>
    </>
  );
}
