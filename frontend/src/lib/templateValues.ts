/** Values of variables, checked by the same rules as on the server. 0, false and "" are values. */
export type VariableKind = 'STRING' | 'NUMBER' | 'INTEGER' | 'BOOLEAN' | 'LIST' | 'OBJECT' | 'MESSAGES' | 'IMAGE_URL';

export interface VariableRule {
  name: string;
  type: VariableKind;
  required: boolean;
  default?: unknown;
  enumValues?: readonly string[] | null;
}

type ValueProblemCode = 'missing' | 'wrong_type' | 'not_in_enum' | 'unknown_input';

interface ValueProblem {
  code: ValueProblemCode;
  variable: string;
}

export const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isAddress = (value: unknown): boolean =>
  typeof value === 'string' &&
  (/^data:image\/[\w.+-]+[;,]/i.test(value) || (/^https?:\/\//i.test(value) && URL.canParse(value)));

const roles = new Set(['system', 'user', 'assistant', 'tool']);
const isConversation = (value: unknown): boolean =>
  Array.isArray(value) &&
  value.every((m) => isRecord(m) && roles.has(m.role as string) && typeof m.content === 'string');

const fits: Record<VariableKind, (value: unknown) => boolean> = {
  STRING: (v) => typeof v === 'string',
  NUMBER: (v) => typeof v === 'number' && Number.isFinite(v),
  INTEGER: Number.isSafeInteger,
  BOOLEAN: (v) => typeof v === 'boolean',
  LIST: Array.isArray,
  OBJECT: isRecord,
  MESSAGES: isConversation,
  IMAGE_URL: isAddress,
};

/** What is wrong with the value of one variable; nothing when it fits. */
export function checkValue(variable: VariableRule, value: unknown): Exclude<ValueProblemCode, 'unknown_input'> | null {
  if (isAbsent(value)) return variable.required && isAbsent(variable.default) ? 'missing' : null;
  if (!fits[variable.type](value)) return 'wrong_type';
  return variable.enumValues?.length && !variable.enumValues.includes(String(value)) ? 'not_in_enum' : null;
}

/** The values a template is filled with, defaults put in; or all that is wrong with them. */
export function bindValues(
  variables: readonly VariableRule[],
  given: Readonly<Record<string, unknown>>,
): { values: Record<string, unknown>; problems: ValueProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: ValueProblem[] = [];
  for (const variable of variables) {
    const value = Object.hasOwn(given, variable.name) ? given[variable.name] : undefined;
    const code = checkValue(variable, value);
    if (code) problems.push({ code, variable: variable.name });
    const bound = isAbsent(value) ? variable.default : value;
    if (!isAbsent(bound)) values[variable.name] = bound;
  }
  const known = new Set(variables.map((v) => v.name));
  for (const name of Object.keys(given)) if (!known.has(name)) problems.push({ code: 'unknown_input', variable: name });
  return { values, problems };
}
