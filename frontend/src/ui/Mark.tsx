import c from './Mark.module.css';

export type MarkKind = 'pass' | 'fail' | 'disputed' | 'none';

export const verdictWords: Record<MarkKind, string> = {
  pass: 'Pass',
  fail: 'Fail',
  disputed: 'Disputed',
  none: 'Not reviewed',
};
const colours: Record<MarkKind, string> = { pass: 'pass', fail: 'fail', disputed: 'warn', none: 'dim' };

const shapes = {
  pass: (
    <>
      <circle cx="8" cy="8" r="7" fill="var(--pl-pass-solid)" />
      <path
        d="M4.9 8.3l2.1 2.1 4.1-4.5"
        fill="none"
        stroke="#fff"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </>
  ),
  fail: (
    <>
      <rect x="2.6" y="2.6" width="10.8" height="10.8" rx="2" transform="rotate(45 8 8)" fill="var(--pl-fail-solid)" />
      <path d="M6 6l4 4M10 6l-4 4" stroke="#fff" strokeWidth="1.8" strokeLinecap="round" />
    </>
  ),
  disputed: (
    <>
      <circle cx="8" cy="8" r="6" fill="none" stroke="var(--pl-warn-solid)" strokeWidth="1.8" />
      <path d="M8 2a6 6 0 010 12z" fill="var(--pl-warn-solid)" />
    </>
  ),
  none: <circle cx="8" cy="8" r="5.6" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.4 2.2" />,
};

/** Verdicts differ in shape as well as colour: disc with tick, diamond with cross, half disc, dashed ring. */
export function Mark({ kind, size = 14, text }: { kind: MarkKind; size?: number; text?: boolean }) {
  return (
    <span className={c.markBox} style={{ color: `var(--pl-${colours[kind]})` }}>
      <svg
        className={c.mark}
        width={size}
        height={size}
        viewBox="0 0 16 16"
        role="img"
        aria-label={verdictWords[kind]}
        aria-hidden={text || undefined}
      >
        {shapes[kind]}
      </svg>
      {text && verdictWords[kind]}
    </span>
  );
}
