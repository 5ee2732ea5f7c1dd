import { Button } from '@mantine/core';
import { IconAlertTriangle, IconEyeOff, IconLock } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import c from './states.module.css';

/** One sentence what belongs here and one filled action. */
export const Empty = (p: { title: string; children?: ReactNode; icon?: ReactNode; action?: ReactNode }) => (
  <div className={c.state}>
    {p.icon}
    <h2>{p.title}</h2>
    {p.children && <p>{p.children}</p>}
    {p.action}
  </div>
);

/** What happened, what to do, the server's own words in a fold. */
export function Failure({
  title,
  text,
  detail,
  onRetry,
}: {
  title: string;
  text: string;
  detail?: string;
  onRetry?: () => void;
}) {
  return (
    <div className={c.state} role="alert">
      <IconAlertTriangle size={22} stroke={1.75} aria-hidden />
      <h2>{title}</h2>
      <p>{text}</p>
      {onRetry && (
        <Button variant="default" onClick={onRetry}>
          Try again
        </Button>
      )}
      {detail && (
        <details>
          <summary>What the server said</summary>
          <pre className="mono">{detail}</pre>
        </details>
      )}
    </div>
  );
}

export const Blinded = ({ children }: { children?: ReactNode }) => (
  <Empty
    title="You are still to review this"
    icon={<IconEyeOff size={22} stroke={1.75} aria-hidden />}
    action={children}
  >
    It opens when you have submitted your review, so that nothing here can sway your judgement.
  </Empty>
);

/** In place of a figure that hidden outputs move. */
export const HiddenFigure = () => (
  <span className="dim" title="You are still to review outputs of this project. It comes back when you have submitted.">
    hidden while you review
  </span>
);

export const NoPermission = ({ what }: { what: string }) => (
  <Empty title={`You may not ${what}`} icon={<IconLock size={22} stroke={1.75} aria-hidden />}>
    An owner or admin of the organization can grant it under Settings, Members.
  </Empty>
);

/** Nothing for 200 ms, so that quick answers do not flicker. */
export function useLate(waiting: boolean, ms = 200): boolean {
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!waiting) return setLate(false);
    const timer = setTimeout(() => setLate(true), ms);
    return () => clearTimeout(timer);
  }, [waiting, ms]);
  return waiting && late;
}

/** A placeholder of the real shape. */
export const Bone = ({ w = '100%', h = 14 }: { w?: number | string; h?: number }) => (
  <div className={c.bone} style={{ width: w, height: h }} />
);

/** Rows of placeholders, announced once. */
export function Waiting({ rows = 6, label = 'Loading' }: { rows?: number; label?: string }) {
  const late = useLate(true);
  return (
    <div role="status" aria-label={label} style={{ display: 'grid', gap: 14, padding: 20 }}>
      {late && Array.from({ length: rows }, (_, i) => <Bone key={i} w={`${92 - ((i * 17) % 40)}%`} />)}
    </div>
  );
}
