import { Button, Popover } from '@mantine/core';
import { IconCoin, IconEyeOff, IconRobot, IconTag, IconUser, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import type { ReviewQueueFactsFragment } from '@/gql/graphql';
import { LinkButton } from '@/ui';
import c from './BlindedBadge.module.css';

const hidden = [
  { key: 'hideModel', icon: IconRobot, text: 'which model wrote it' },
  { key: 'hidePromptVersion', icon: IconTag, text: 'which prompt version' },
  { key: 'hideMetrics', icon: IconCoin, text: 'time, cost and tokens' },
  { key: 'hideIdentity', icon: IconUser, text: 'who the person is' },
] as const;

/** Opens what is hidden, why, and how to lift it. What others said is hidden in every queue. */
export function BlindedBadge(p: {
  blinding: ReviewQueueFactsFragment['blinding'];
  short?: boolean;
  onReveal?: () => Promise<boolean>;
}) {
  const [open, setOpen] = useState(false);
  const [sure, setSure] = useState(false);
  const close = () => {
    setOpen(false);
    setSure(false);
  };
  return (
    <Popover
      width={324}
      position="bottom-end"
      opened={open}
      onChange={(now) => (now ? setOpen(true) : close())}
      withinPortal
      returnFocus
      trapFocus
    >
      <Popover.Target>
        <button
          type="button"
          className={c.blind}
          aria-label="Blinded: what is hidden from you and why"
          onClick={() => (open ? close() : setOpen(true))}
        >
          <IconEyeOff size={15} stroke={1.75} aria-hidden />
          {!p.short && 'Blinded'}
        </button>
      </Popover.Target>
      <Popover.Dropdown className={c.pop} aria-label="What is hidden from you">
        <h2>You see the answer, nothing else</h2>
        <p>So that your judgement is your own, these stay hidden until you have submitted:</p>
        <ul>
          {hidden
            .filter(({ key }) => p.blinding[key])
            .map(({ key, icon: Icon, text }) => (
              <li key={key}>
                <Icon size={15} stroke={1.75} aria-hidden />
                {text}
              </li>
            ))}
          <li>
            <IconUsers size={15} stroke={1.75} aria-hidden />
            what other reviewers said
          </li>
        </ul>
        {p.onReveal && !sure && (
          <p className={c.popFoot}>
            Need to know more? <LinkButton onClick={() => setSure(true)}>Reveal this item</LinkButton>: you can then no
            longer review it, and it is logged.
          </p>
        )}
        {p.onReveal && sure && (
          <div className={c.popActions}>
            <Button variant="default" onClick={() => setSure(false)}>
              Keep it hidden
            </Button>
            <Button variant="default" onClick={() => void p.onReveal?.().then(close)}>
              Reveal and give it up
            </Button>
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
