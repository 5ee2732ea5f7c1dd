import { ActionIcon, Button, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import c from './Code.module.css';

/** Text to copy into a terminal or a file. */
export const Code = ({ label, children }: { label: string; children: string }) => (
  <div className={c.code}>
    <pre className="mono" tabIndex={0} role="region" aria-label={label}>
      {children}
    </pre>
    <CopyButton value={children}>
      {({ copied, copy }) => (
        <ActionIcon
          variant="default"
          size="sm"
          aria-label={copied ? `Copied ${label}` : `Copy ${label}`}
          onClick={copy}
        >
          {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
        </ActionIcon>
      )}
    </CopyButton>
  </div>
);

/** A button that copies and says that it did. */
export const Copy = ({ value, label }: { value: string; label: string }) => (
  <CopyButton value={value}>
    {({ copied, copy }) => (
      <Button
        variant="default"
        leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} stroke={1.75} />}
        onClick={copy}
      >
        {copied ? 'Copied' : label}
      </Button>
    )}
  </CopyButton>
);
