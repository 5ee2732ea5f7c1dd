import { Modal } from '@mantine/core';
import { Key } from '@/ui';
import c from './ReviewHelp.module.css';

const keys: [string[], string][] = [
  [['P'], 'pass'],
  [['F'], 'fail'],
  [['1', '9'], 'what went wrong'],
  [['R'], 'reason'],
  [['C'], 'better answer'],
  [['↵'], 'submit and next'],
  [['Ctrl ↵'], 'submit while typing'],
  [['Esc'], 'leave the field'],
  [['S'], 'skip, and say why: it goes to someone else'],
  [['U'], 'undo the last review, for a minute'],
];

export function ReviewHelp({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title="Keys"
      size={380}
      closeButtonProps={{ 'aria-label': 'Close' }}
      attributes={{ header: { role: 'presentation' } }}
      transitionProps={{ duration: 0 }}
    >
      <dl className={c.keys}>
        {keys.map(([names, text]) => (
          <div key={text}>
            <dt>
              {names.map((name, i) => (
                <span key={name}>
                  {i > 0 && ' to '}
                  <Key>{name}</Key>
                </span>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <p className="dim">What you type is kept on this device until it is submitted.</p>
    </Modal>
  );
}
