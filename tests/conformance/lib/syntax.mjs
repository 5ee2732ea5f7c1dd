// Makes random documents of the whole grammar, meaning aside: every literal, every definition, odd layouts.
const names = [
  'a',
  'b',
  'foo',
  'Bar',
  '_x',
  'on',
  'query',
  'type',
  'fragment',
  'input',
  'true1',
  'null_',
  'extend',
  'schema',
  'repeatable',
  'implements',
  'Q9',
];
const strings = [
  '""',
  '"plain"',
  '"esc \\" \\\\ \\/ \\b\\f\\n\\r\\t"',
  '"\\u00e9\\u{1F600}\\uD83D\\uDE00"',
  '"é☃😀"',
  '"""block"""',
  '"""\n    two\n      lines\n    "quoted" \\""" end\n  """',
  '""" \t lead"""',
  '"""trail\\\\ """',
  '"""\r\n a\r b\n\n"""',
];
const numbers = ['0', '-0', '1', '-12', '2147483648', '0.5', '-1.25e10', '1E-3', '3e+2', '123456789012345678901234567890'];
const gaps = [' ', ' ', ' ', '\n', '\t', ', ', '\r\n', ' # note é\n', '\n\n  ', '\ufeff '];
const locations = [
  'QUERY',
  'FIELD',
  'FRAGMENT_SPREAD',
  'SCHEMA',
  'SCALAR',
  'OBJECT',
  'ENUM_VALUE',
  'INPUT_OBJECT',
  'INPUT_FIELD_DEFINITION',
  'VARIABLE_DEFINITION',
];

export class Syntax {
  constructor(random) {
    this.r = random;
  }

  document() {
    const parts = this.r.some(1, 4, () => (this.r.chance(0.6) ? this.executable() : this.typeSystem()));
    return `${this.r.chance(0.1) ? '\ufeff' : ''}${parts.join(this.gap())}${this.r.chance(0.3) ? this.gap() : ''}`;
  }

  gap() {
    return this.r.pick(gaps);
  }

  name() {
    return this.r.pick(names);
  }

  list(least, most, make) {
    return this.r.some(least, most, make).join(this.gap());
  }

  executable() {
    if (this.r.chance(0.2)) return this.selections(3);
    const description = this.r.chance(0.1) ? this.r.pick(strings) + this.gap() : '';
    if (this.r.chance(0.3)) return `${description}fragment ${this.fragmentName()} on ${this.name()}${this.directives()}${this.selections(3)}`;
    const variables = this.r.chance(0.4) ? `(${this.list(1, 3, () => this.variable())})` : '';
    return `${description}${this.r.pick(['query', 'mutation', 'subscription'])} ${this.r.chance(0.5) ? this.name() : ''}${variables}${this.directives()}${this.selections(3)}`;
  }

  fragmentName() {
    return this.r.pick(names.filter(name => name !== 'on'));
  }

  variable() {
    const description = this.r.chance(0.05) ? this.r.pick(strings) : '';
    return `${description}$${this.name()}: ${this.type()}${this.r.chance(0.3) ? ` = ${this.value(2, true)}` : ''}${this.directives(true)}`;
  }

  type() {
    const inner = this.r.chance(0.3) ? `[${this.type()}]` : this.name();
    return inner + (this.r.chance(0.3) ? '!' : '');
  }

  selections(depth) {
    return `{${this.gap()}${this.list(1, 4, () => this.selection(depth - 1))}${this.gap()}}`;
  }

  selection(depth) {
    const kind = this.r.next();
    if (kind < 0.15) return `...${this.fragmentName()}${this.directives()}`;
    if (kind < 0.3 && depth > 0) return `...${this.r.chance(0.6) ? ` on ${this.name()}` : ''}${this.directives()}${this.selections(depth)}`;
    const alias = this.r.chance(0.2) ? `${this.name()}:${this.gap()}` : '';
    return `${alias}${this.name()}${this.arguments(false)}${this.directives()}${depth > 0 && this.r.chance(0.4) ? this.selections(depth) : ''}`;
  }

  arguments(constant) {
    if (!this.r.chance(0.35)) return '';
    return `(${this.list(1, 4, () => `${this.name()}:${this.gap()}${this.value(3, constant)}`)})`;
  }

  directives(constant = false) {
    return this.r.chance(0.2) ? ` ${this.list(1, 2, () => `@${this.name()}${this.arguments(constant)}`)} ` : ' ';
  }

  value(depth, constant) {
    const kind = this.r.int(depth > 0 ? 8 : 6);
    if (kind === 0) return this.r.pick(numbers);
    if (kind === 1) return this.r.pick(strings);
    if (kind === 2) return this.r.pick(['true', 'false', 'null']);
    if (kind === 3) return constant ? this.r.pick(numbers) : `$${this.name()}`;
    if (kind < 6) return this.r.pick(['RED', 'on', 'type', '_']);
    if (kind === 6) return `[${this.list(0, 3, () => this.value(depth - 1, constant))}]`;
    return `{${this.list(0, 3, () => `${this.name()}: ${this.value(depth - 1, constant)}`)}}`;
  }

  describe() {
    return this.r.chance(0.3) ? this.r.pick(strings) + this.gap() : '';
  }

  fields() {
    return `{${this.list(1, 3, () => `${this.describe()}${this.name()}${this.r.chance(0.3) ? `(${this.inputs()})` : ''}: ${this.type()}${this.directives(true)}`)}}`;
  }

  inputs() {
    return this.list(
      1,
      3,
      () => `${this.describe()}${this.name()}: ${this.type()}${this.r.chance(0.3) ? ` = ${this.value(2, true)}` : ''}${this.directives(true)}`,
    );
  }

  typeSystem() {
    const extension = this.r.chance(0.3);
    const head = extension ? 'extend ' : this.describe();
    const name = this.name();
    const on = `@d${this.arguments(true)}`;
    switch (this.r.int(8)) {
      case 0:
        return `${head}schema ${on} {${this.list(1, 3, () => `${this.r.pick(['query', 'mutation', 'subscription'])}: ${this.name()}`)}}`;
      case 1:
        return `${head}scalar ${name} ${on}`;
      case 2:
        return `${head}type ${name}${this.r.chance(0.5) ? ` implements ${this.r.chance(0.3) ? '& ' : ''}${this.r.some(1, 3, () => this.name()).join(' & ')}` : ''}${this.directives(true)}${this.fields()}`;
      case 3:
        return `${head}interface ${name}${this.directives(true)}${this.fields()}`;
      case 4:
        return `${head}union ${name}${this.directives(true)}= ${this.r.chance(0.3) ? '| ' : ''}${this.r.some(1, 3, () => this.name()).join(' | ')}`;
      case 5:
        return `${head}enum ${name}${this.directives(true)}{${this.list(1, 3, () => `${this.describe()}${this.name()}${this.directives(true)}`)}}`;
      case 6:
        return `${head}input ${name}${this.directives(true)}{${this.inputs()}}`;
      default:
        return `${this.describe()}directive @${name}${this.r.chance(0.4) ? `(${this.inputs()})` : ''}${this.r.chance(0.3) ? ' repeatable' : ''} on ${this.r.chance(0.3) ? '| ' : ''}${this.r.some(1, 3, () => this.r.pick(locations)).join(' | ')}`;
    }
  }
}

/** Damages a document: bytes dropped, doubled, swapped or replaced. */
export function mutate(source, random) {
  const noise = [
    '{',
    '}',
    '(',
    ')',
    '$',
    '@',
    '"',
    '"""',
    '...',
    ':',
    '=',
    '!',
    '\\',
    '0',
    '-',
    '.',
    '1.',
    'é',
    '😀',
    '#',
    '\n',
    "'",
    '\u0000',
    '&',
    '|',
    ' on ',
    'null',
  ];
  let text = source;
  for (let i = random.int(3); i >= 0; i--) {
    const at = random.int(text.length + 1);
    const length = 1 + random.int(4);
    const kind = random.int(4);
    if (kind === 0) text = text.slice(0, at) + text.slice(at + length);
    else if (kind === 1) text = text.slice(0, at) + random.pick(noise) + text.slice(at);
    else if (kind === 2) text = text.slice(0, at) + text.slice(at, at + length) + text.slice(at);
    else text = text.slice(0, at) + random.pick(noise) + text.slice(at + length);
  }
  return text.toWellFormed ? text.toWellFormed() : text;
}
