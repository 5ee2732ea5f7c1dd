import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import { date, plural, shortTime } from '@/lib/format';
import c from './Histogram.module.css';
import { type Bar, place, stretch } from './model/histogram';

const height = 42;

/** How many traces started when, failures red at the foot; drawing over it lists only that stretch. */
export function Histogram(p: {
  bars: readonly Bar[];
  chosen?: { from: number; to: number };
  onChoose: (stretch: { from: number; to: number } | undefined) => void;
}) {
  const { ref, width } = useElementSize();
  const [drag, setDrag] = useState<{ a: number; b: number }>();
  const { bars } = p;
  const first = bars[0];
  const end = bars.at(-1)?.to;
  if (!first || !end) return <div ref={ref} className={c.hist} />;
  const step = width / bars.length;
  const most = Math.max(1, ...bars.map((bar) => bar.traces));
  const tall = (n: number) => (n === 0 ? 0 : Math.max(1.5, (n / most) * (height - 2)));
  const shown = drag ? stretch(bars, drag.a, drag.b) : p.chosen;
  const brush = shown && place(bars, shown.from, shown.to);
  const label = (at: number) => (end - first.from > 2 * 86_400_000 ? date(at) : shortTime(at));
  const total = bars.reduce((sum, bar) => sum + bar.traces, 0);
  const share = (event: React.PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect();
    return (event.clientX - box.left) / box.width;
  };
  return (
    <div ref={ref} className={c.hist}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: drawing is for pointers; the time range beside the search does it by keyboard */}
      <div
        className={c.area}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDrag({ a: share(event), b: share(event) });
        }}
        onPointerMove={(event) => drag && setDrag({ ...drag, b: share(event) })}
        onPointerUp={() => {
          if (drag) p.onChoose(stretch(bars, drag.a, drag.b));
          setDrag(undefined);
        }}
        onPointerCancel={() => setDrag(undefined)}
        onDoubleClick={() => p.onChoose(undefined)}
      >
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`${plural(total, 'trace')} from ${label(first.from)} to now${shown ? `; ${label(shown.from)} to ${label(shown.to)} is listed` : ''}`}
        >
          {bars.map((bar, i) => {
            const whole = tall(bar.traces);
            const bad = tall(bar.errors);
            const x = i * step + Math.min(1, step * 0.1);
            const inside = !shown || (bar.from >= shown.from && bar.from < shown.to);
            return (
              <g key={bar.from} opacity={inside ? 1 : 0.38}>
                <rect
                  x={x}
                  width={Math.max(0.5, step - 2)}
                  y={height - whole}
                  height={Math.max(0, whole - bad)}
                  rx={1}
                  fill="var(--pl-s1)"
                />
                <rect x={x} width={Math.max(0.5, step - 2)} y={height - bad} height={bad} fill="var(--pl-fail-solid)" />
              </g>
            );
          })}
        </svg>
        {brush && <div className={c.brush} style={{ left: `${brush.left * 100}%`, width: `${brush.width * 100}%` }} />}
      </div>
      <div className={`${c.axis} num`} aria-hidden>
        {[0, 1, 2, 3, 4, 5].map((i) => (
          <span key={i}>{label(first.from + ((end - first.from) * i) / 6)}</span>
        ))}
        <span>now</span>
      </div>
    </div>
  );
}
