/** Parameters as words. The stored form keeps the providers' own names and numbers. */
type Parameters = Readonly<Record<string, unknown>>;

export const varieties = ['Same every time', 'A little', 'Creative'] as const;
export type Variety = (typeof varieties)[number];
const temperatures: Record<Variety, number> = { 'Same every time': 0, 'A little': 0.3, Creative: 0.9 };

/** English text takes about four tokens for three words, plus room for punctuation. */
const TOKENS_PER_WORD = 13 / 9;

const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const temperatureOf = (parameters: Parameters): number | undefined => number(parameters.temperature);

/** The nearest word for a temperature; nothing when the model's own setting is used. */
export function varietyOf(parameters: Parameters): Variety | undefined {
  const temperature = temperatureOf(parameters);
  if (temperature === undefined) return undefined;
  return temperature < 0.1 ? 'Same every time' : temperature < 0.6 ? 'A little' : 'Creative';
}

export const withVariety = (parameters: Parameters, variety: Variety): Parameters => ({
  ...parameters,
  temperature: temperatures[variety],
});

const maxTokensOf = (parameters: Parameters): number | undefined => number(parameters.max_tokens);

export function wordsOf(parameters: Parameters): number | undefined {
  const tokens = maxTokensOf(parameters);
  return tokens === undefined ? undefined : Math.round(tokens / TOKENS_PER_WORD);
}

export function withWords(parameters: Parameters, words: number | undefined): Parameters {
  const { max_tokens: _, ...rest } = parameters;
  return words === undefined || words <= 0 ? rest : { ...rest, max_tokens: Math.round(words * TOKENS_PER_WORD) };
}

export function withParameter(parameters: Parameters, name: string, value: unknown): Parameters {
  const { [name]: _, ...rest } = parameters;
  return value === undefined || value === '' ? rest : { ...rest, [name]: value };
}

/** The numbers underneath: "Temperature 0.3, at most 260 tokens." */
export function parameterSentence(parameters: Parameters): string {
  const temperature = temperatureOf(parameters);
  const tokens = maxTokensOf(parameters);
  const heat = temperature === undefined ? 'Temperature as the model sets it' : `Temperature ${temperature}`;
  return `${heat}, ${tokens === undefined ? 'no limit on length' : `at most ${tokens.toLocaleString('en-GB')} tokens`}.`;
}
