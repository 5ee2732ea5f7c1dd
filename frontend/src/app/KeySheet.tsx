import { Modal } from '@mantine/core';
import { keyNames, useActiveKeys } from '@/lib/keys';
import { Key } from '@/ui';
import c from './KeySheet.module.css';

/** The keys that work on the page behind it. */
export function KeySheet({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const keys = useActiveKeys();
  return (
    <Modal opened={opened} onClose={onClose} title="Keys on this page" size="sm">
      <dl className={c.list}>
        {keys.map((binding) => (
          <div key={`${binding.keys} ${binding.label}`}>
            <dt>{binding.label}</dt>
            <dd>
              {keyNames(binding.keys).map((name) => (
                <Key key={name}>{name}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
