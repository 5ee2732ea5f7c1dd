import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { CombinedError } from 'urql';
import { sentenceOf } from '@/lib/errors';
import { Notice } from '@/ui';

/** For what cannot be undone; the button repeats the verb. */
export function Confirm(p: {
  opened: boolean;
  title: string;
  text: string;
  verb: string;
  /** What else there is to decide. */
  children?: ReactNode;
  disabled?: boolean;
  onClose: () => void;
  onConfirm: () => Promise<{ error?: CombinedError }>;
}) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const confirm = async () => {
    setBusy(true);
    setProblem(undefined);
    const { error } = await p.onConfirm();
    setBusy(false);
    if (error) setProblem(sentenceOf(error));
    else p.onClose();
  };
  return (
    <Modal opened={p.opened} onClose={p.onClose} title={p.title} size="sm">
      <Text size="sm" mb="md">
        {p.text}
      </Text>
      {p.children}
      {problem && <Notice tone="fail">{problem}</Notice>}
      <Group justify="flex-end" gap="xs" mt="sm">
        <Button variant="default" data-autofocus onClick={p.onClose}>
          Cancel
        </Button>
        <Button loading={busy} disabled={p.disabled} onClick={() => void confirm()}>
          {p.verb}
        </Button>
      </Group>
    </Modal>
  );
}
