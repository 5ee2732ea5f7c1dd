import { Button, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { DialogActions } from '@/ui';

/** Asks why an item is passed by: whoever runs the queue reads it when nobody takes the item. */
export function SkipDialog({ onClose, onSkip }: { onClose: () => void; onSkip: (reason: string) => void }) {
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  const skip = () => {
    if (reason.trim()) onSkip(reason.trim());
    else setMissing(true);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title="Skip this item?"
      closeButtonProps={{ 'aria-label': 'Stay with it' }}
      transitionProps={{ duration: 0 }}
    >
      <p style={{ marginTop: 0 }}>It goes to someone else, and comes back to you once when nothing else is left.</p>
      <Textarea
        label="Why do you skip it?"
        data-autofocus
        autosize
        minRows={2}
        value={reason}
        error={missing && 'Say why: whoever runs the queue needs to know.'}
        onChange={(e) => {
          setReason(e.currentTarget.value);
          setMissing(false);
        }}
        onKeyDown={(e) => {
          if (e.key !== 'Enter' || e.shiftKey) return;
          e.preventDefault();
          skip();
        }}
      />
      <DialogActions>
        <Button variant="default" onClick={onClose}>
          Stay with it
        </Button>
        <Button onClick={skip}>Skip it</Button>
      </DialogActions>
    </Modal>
  );
}
