import c from './Person.module.css';

const hues = 5;

/** The same name has the same hue everywhere. */
function hueOf(name: string): number {
  let sum = 0;
  for (const ch of name) sum = (sum * 31 + ch.codePointAt(0)!) % 9973;
  return sum % hues;
}

/** A person as a disc with initials; the name stands beside it, so it is hidden from assistive technology. */
export function Person({ name, size = 20 }: { name: string; size?: number }) {
  const initials = name
    .split(/\s+/)
    .map((word) => word[0] ?? '')
    .join('')
    .slice(0, 2)
    .toUpperCase();
  return (
    <span
      className={c.who}
      data-hue={hueOf(name)}
      style={{ width: size, height: size, fontSize: size * 0.42 }}
      aria-hidden="true"
    >
      {initials}
    </span>
  );
}
