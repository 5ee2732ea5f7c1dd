import { percent } from '@/lib/format';
import c from './Interval.module.css';

/** A rate never stands alone: "71 %, 67 to 75", with a band when `band` is set. All values 0..1. */
export function Interval({ rate, low, high, band }: { rate: number; low: number; high: number; band?: boolean }) {
  const whole = (share: number) => Math.round(share * 100);
  return (
    <span className={`${c.interval} num`}>
      {band && (
        <span className={c.band} aria-hidden>
          <i style={{ left: `${low * 100}%`, width: `${(high - low) * 100}%` }} />
          <b style={{ left: `calc(${rate * 100}% - 1px)` }} />
        </span>
      )}
      <span>
        {percent(rate)}
        <span className="dim">
          , {whole(low)} to {whole(high)}
        </span>
      </span>
    </span>
  );
}
