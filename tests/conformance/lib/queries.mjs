// Makes documents that mean something against a schema, and damages them by meaning.
import { isAbstractType, isEnumType, isInputObjectType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';

export class Queries {
  constructor(schema, random, options = {}) {
    this.schema = schema;
    this.r = random;
    this.options = { depth: 4, literals: {}, wrong: 0, ...options };
    this.types = Object.values(schema.getTypeMap());
    this.composites = this.types.filter(type => (isObjectType(type) || isAbstractType(type)) && !type.name.startsWith('__'));
  }

  /** A document and the variables it can run with. */
  document(operations = ['query']) {
    this.variables = new Map();
    this.fragments = [];
    const operation = this.r.pick(operations);
    const root = this.schema.getRootType(operation);
    const body = operation === 'subscription' ? this.singleField(root) : this.selections(root, this.options.depth);
    const directives = this.wrong() ? this.directives() : '';
    const variables = [...this.variables].map(([name, { type, fallback }]) => `$${name}: ${type}${fallback === undefined ? '' : ` = ${fallback}`}`);
    const head = `${operation} Q${variables.length > 0 ? `(${variables.join(', ')})` : ''}${directives}`;
    const source = [`${head} ${body}`, ...this.fragments.map(fragment => fragment.text)].join('\n');
    return { source, variables: Object.fromEntries([...this.variables].filter(([, v]) => v.value !== undefined).map(([name, v]) => [name, v.value])) };
  }

  wrong() {
    return this.r.chance(this.options.wrong);
  }

  singleField(root) {
    return `{ ${this.field(this.r.pick(Object.values(root.getFields())), this.options.depth)} }`;
  }

  selections(type, depth) {
    const parts = this.r.some(1, 4, () => this.selection(type, depth));
    return `{ ${parts.join(' ')} }`;
  }

  selection(type, depth) {
    const kind = this.r.next();
    if (kind < 0.08) return this.alias('__typename');
    if (kind < 0.16) return `... ${this.condition(type)}${this.skip()}${this.selections(this.conditionType, depth - 1)}`;
    if (kind < 0.22 && depth > 0) return this.spread(type, depth);
    if (isAbstractType(type) && !isInterfaceType(type)) {
      const member = this.r.pick(this.schema.getPossibleTypes(type));
      return `... on ${member.name} ${this.selections(member, depth - 1)}`;
    }
    const fields = Object.values(type.getFields());
    const leaves = fields.filter(field => isLeafType(named(field.type)));
    const field = depth <= 0 && leaves.length > 0 ? this.r.pick(leaves) : this.r.pick(fields);
    if (depth < -3) return '__typename';
    return this.field(field, depth);
  }

  condition(type) {
    if (this.wrong()) this.conditionType = this.r.pick(this.composites);
    else if (this.r.chance(0.4)) {
      this.conditionType = type;
      return this.r.chance(0.5) ? '' : `on ${type.name} `;
    } else this.conditionType = isObjectType(type) ? this.r.pick([type, ...type.getInterfaces()]) : this.r.pick(this.schema.getPossibleTypes(type));
    return `on ${this.conditionType.name} `;
  }

  spread(type, depth) {
    if (this.wrong()) return `...${this.r.pick(['F0', 'F1', 'Nowhere'])}`;
    const name = `F${this.fragments.length}`;
    const fragment = { text: '' };
    this.fragments.push(fragment);
    const text = this.selections(type, depth - 1);
    fragment.text = `fragment ${name} on ${type.name} ${text}`;
    return `...${name}${this.skip()}`;
  }

  alias(name) {
    return this.r.chance(0.2) ? `${this.r.pick(['x', 'y', 'z', `${name}_${this.r.int(50)}`])}: ${name}` : name;
  }

  field(field, depth) {
    const name = this.wrong() ? this.r.pick([`${field.name}x`, 'id', 'name', 'nope', field.name.slice(1) || 'q']) : field.name;
    const below = named(field.type);
    let text = `${this.alias(name)}${this.arguments(field.args)}${this.skip()}${this.wrong() ? this.directives() : ''}`;
    const needsSelection = !isLeafType(below);
    if (needsSelection !== this.wrong()) text += ` ${this.selections(needsSelection ? below : this.r.pick(this.composites), depth - 1)}`;
    return text;
  }

  skip() {
    if (!this.r.chance(0.06)) return ' ';
    const condition = this.r.chance(0.5) ? this.r.pick(['true', 'false']) : this.variable('Boolean!', this.r.chance(0.5));
    return ` @${this.r.pick(['skip', 'include'])}(if: ${condition}) `;
  }

  directives() {
    const known = this.schema.getDirectives();
    return ` ${this.r
      .some(1, 2, () => {
        const directive = this.r.pick(known);
        return `@${this.wrong() ? 'unknown' : directive.name}${this.arguments(directive.args)}`;
      })
      .join(' ')} `;
  }

  arguments(definitions) {
    const given = definitions.filter(argument => (isNonNullType(argument.type) && argument.defaultValue === undefined ? !this.wrong() : this.r.chance(0.4)));
    if (given.length > 0 && this.wrong()) given.push(this.r.pick(given));
    const texts = given.map(argument => `${this.wrong() ? `${argument.name}s` : argument.name}: ${this.value(argument.type, 3, argument)}`);
    return texts.length > 0 ? `(${texts.join(', ')})` : '';
  }

  variable(type, value, fallback) {
    const name = `v${this.variables.size}`;
    const written = this.wrong()
      ? this.r.pick([type.replace(/!$/, ''), `${type.replace(/!$/, '')}!`, `[${type}]`, 'Int', 'Unknown', this.r.pick(this.types).name])
      : type;
    if (!this.wrong()) this.variables.set(name, { type: written, value, fallback });
    return `$${name}`;
  }

  value(type, depth, place) {
    if (this.wrong()) return this.wrongValue(depth);
    if (place && this.r.chance(0.25)) {
      const value = this.json(type, 2);
      if (value !== undefined) {
        const looser = isNonNullType(type) && this.r.chance(0.3);
        return looser ? this.variable(String(type.ofType), this.r.chance(0.5) ? value : undefined, this.value(type, 1)) : this.variable(String(type), value);
      }
    }
    if (isNonNullType(type)) return this.value(type.ofType, depth);
    if (this.r.chance(0.08)) return 'null';
    if (isListType(type))
      return this.r.chance(0.2) ? this.value(type.ofType, depth - 1) : `[${this.r.some(0, 3, () => this.value(type.ofType, depth - 1)).join(', ')}]`;
    if (isInputObjectType(type)) return this.object(type, depth);
    return literal(type, this.r, this.options.literals);
  }

  object(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.r.pick(fields);
      return this.wrong() ? '{}' : `{${field.name}: ${this.value(this.wrong() ? field.type : nonNull(field.type), depth - 1)}}`;
    }
    const given = fields.filter(field => (isNonNullType(field.type) && field.defaultValue === undefined ? !this.wrong() : depth > 0 && this.r.chance(0.35)));
    if (given.length > 0 && this.wrong()) given.push(this.r.pick(given));
    return `{${given.map(field => `${this.wrong() ? `${field.name}z` : field.name}: ${this.value(field.type, depth - 1)}`).join(', ')}}`;
  }

  wrongValue(depth) {
    const simple = () =>
      this.r.pick(['1', '-2147483649', '1.5', '"text"', 'true', 'null', 'DARK', 'HAPY', '$nowhere', '""', '[]', '{}', '[1, "a"]', '{a: 1}', '"""b"""']);
    return depth > 0 && this.r.chance(0.2) ? `[${simple()}, ${simple()}]` : simple();
  }

  /** A JSON value of a type for a variable; undefined when it would go too deep. */
  json(type, depth) {
    if (isNonNullType(type)) return this.json(type.ofType, depth);
    if (isListType(type)) return this.r.some(0, 2, () => this.json(nonNull(type.ofType), depth - 1)).filter(item => item !== undefined);
    if (isInputObjectType(type)) return this.jsonObject(type, depth);
    if (isEnumType(type)) return this.r.pick(type.getValues()).name;
    return { Int: 1 + this.r.int(9), Float: 0.5, String: `s${this.r.int(9)}é`, Boolean: this.r.chance(0.5), ID: `p${this.r.int(35)}` }[type.name] ?? 'custom';
  }

  jsonObject(type, depth) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = this.r.pick(fields);
      const value = this.json(field.type, depth - 1);
      return value === undefined ? undefined : { [field.name]: value };
    }
    const result = {};
    for (const field of fields) {
      const isRequired = isNonNullType(field.type) && field.defaultValue === undefined;
      if (!isRequired && (depth <= 0 || !this.r.chance(0.4))) continue;
      if (depth < -3) return undefined;
      result[field.name] = this.json(field.type, depth - 1);
    }
    return result;
  }
}

function named(type) {
  let inner = type;
  while (inner.ofType) inner = inner.ofType;
  return inner;
}

function nonNull(type) {
  return isNonNullType(type) ? type.ofType : type;
}

function literal(type, random, literals) {
  if (isEnumType(type)) return random.pick(type.getValues()).name;
  const known = {
    Int: ['0', '1', '3', '-7', '2147483647'],
    Float: ['0.5', '-2', '1e3'],
    String: ['""', '"Post 1"', '"é\\n☃"', '"""block"""'],
    Boolean: ['true', 'false'],
    ID: ['"p1"', '"p17"', '"t3"', '7', '"none"'],
  };
  return random.pick(literals[type.name] ?? known[type.name] ?? ['"custom"', '5', '1.5', '{a: [1, {b: null}], c: RED}', '[true]']);
}
