import { IconCheck, IconDeviceFloppy } from '@tabler/icons-react';
import { LinkButton } from '@/ui';
import c from './SavedState.module.css';
import type { Saving } from './useDraft';

/** Saving is implicit; this says where the work is. */
export function SavedState({ saving, onRetry }: { saving: Saving; onRetry: () => void }) {
  switch (saving.state) {
    case 'saved':
      return (
        <span className={c.saved} role="status">
          <IconCheck size={14} stroke={2.25} aria-hidden />v{saving.number} saved{saving.now ? ' automatically' : ''}
        </span>
      );
    case 'edited':
      return (
        <span className={c.saved} role="status">
          <IconDeviceFloppy size={14} stroke={1.75} aria-hidden />
          Kept on this device, a version with the next run
        </span>
      );
    case 'saving':
      return (
        <span className={c.saved} role="status">
          Saving…
        </span>
      );
    case 'failed':
      return (
        <span className={c.saved} role="alert" data-failed>
          Not saved, kept on this device. <LinkButton onClick={onRetry}>Try again</LinkButton>
        </span>
      );
  }
}
