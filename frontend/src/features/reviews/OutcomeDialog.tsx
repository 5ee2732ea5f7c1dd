import { Button, Modal } from '@mantine/core';
import { DialogActions, Mark } from '@/ui';
import type { Outcome } from './model/session';
import c from './OutcomeDialog.module.css';

/** What others said of the item that was judged last. */
export function OutcomeDialog({ outcome, onClose }: { outcome: Outcome; onClose: () => void }) {
  return (
    <Modal
      opened
      onClose={onClose}
      title="Your last review"
      closeButtonProps={{ 'aria-label': 'Close' }}
      transitionProps={{ duration: 0 }}
    >
      {!outcome && <p>It is final now. What others said is not for you to see here.</p>}
      {outcome && outcome.reviews.length < 2 && <p>It is final now. Nobody else has judged this item yet.</p>}
      {outcome && outcome.reviews.length > 1 && (
        <ul className={c.list}>
          {outcome.reviews.map((review) => (
            <li key={review.id}>
              <Mark kind={review.label === 'PASS' ? 'pass' : 'fail'} size={16} text />
              <b>{review.reviewer?.name ?? review.alias}</b>
              <span className={review.reasoning ? undefined : 'dim'}>{review.reasoning ?? 'No reason given'}</span>
            </li>
          ))}
        </ul>
      )}
      <DialogActions>
        <Button data-autofocus onClick={onClose}>
          Go on
        </Button>
      </DialogActions>
    </Modal>
  );
}
