import { int } from '@/lib/format';
import c from './Facet.module.css';

export interface FacetChoice {
  value: string;
  label?: string;
  /** Unknown counts show nothing rather than 0. */
  count?: number;
}

/** Values of one field with exact counts; several may be ticked. */
export function Facet(p: {
  title: string;
  choices: FacetChoice[];
  chosen: readonly string[];
  onChange: (chosen: string[]) => void;
}) {
  const toggle = (value: string) =>
    p.onChange(p.chosen.includes(value) ? p.chosen.filter((v) => v !== value) : [...p.chosen, value]);
  if (p.choices.length === 0) return null;
  return (
    <fieldset className={c.facet}>
      <legend>{p.title}</legend>
      {p.choices.map(({ value, label, count }) => (
        <label key={value}>
          <input type="checkbox" checked={p.chosen.includes(value)} onChange={() => toggle(value)} />
          <span className="truncate" title={label ?? value}>
            {label ?? value}
          </span>
          {count != null && <small className="num">{int(count)}</small>}
        </label>
      ))}
    </fieldset>
  );
}
