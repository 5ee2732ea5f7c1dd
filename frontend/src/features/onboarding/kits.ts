export interface Step {
  title: string;
  /** What the copy button and assistive technology call it. */
  label: string;
  code: string;
}
interface Kit {
  name: string;
  steps: (endpoint: string, key: string) => Step[];
}

const environment = (endpoint: string, key: string): Step => ({
  title: 'Say where to send',
  label: 'environment',
  code: `export OTEL_EXPORTER_OTLP_ENDPOINT=${endpoint}\nexport OTEL_EXPORTER_OTLP_HEADERS="authorization=Bearer%20${key}"`,
});

/** A span that curl can send without any library; its times are filled in by the shell. */
const curl = (endpoint: string, key: string) => `NOW=$(date +%s)000000000
curl -sS ${endpoint}/v1/traces \\
  -H "authorization: Bearer ${key}" \\
  -H "content-type: application/json" \\
  -d '{"resourceSpans":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"curl"}}]},
  "scopeSpans":[{"spans":[{"traceId":"'$(head -c16 /dev/urandom | od -An -tx1 | tr -d ' \\n')'",
  "spanId":"'$(head -c8 /dev/urandom | od -An -tx1 | tr -d ' \\n')'","name":"chat gpt-4.1-mini","kind":3,
  "startTimeUnixNano":"'$NOW'","endTimeUnixNano":"'$NOW'","attributes":[
  {"key":"gen_ai.operation.name","value":{"stringValue":"chat"}},
  {"key":"gen_ai.provider.name","value":{"stringValue":"openai"}},
  {"key":"gen_ai.request.model","value":{"stringValue":"gpt-4.1-mini"}},
  {"key":"gen_ai.usage.input_tokens","value":{"intValue":"12"}},
  {"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}},
  {"key":"gen_ai.input.messages","value":{"stringValue":"[{\\"role\\":\\"user\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"Hello from curl\\"}]}]"}},
  {"key":"gen_ai.output.messages","value":{"stringValue":"[{\\"role\\":\\"assistant\\",\\"parts\\":[{\\"type\\":\\"text\\",\\"content\\":\\"Hello\\"}]}]"}}]}]}]}]}'`;

export const kits: readonly Kit[] = [
  {
    name: 'Node.js',
    steps: (endpoint, key) => [
      {
        title: 'Install',
        label: 'install command',
        code: 'npm install @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-proto',
      },
      environment(endpoint, key),
      {
        title: 'Start it before your app',
        label: 'start code',
        code: `import { NodeSDK } from '@opentelemetry/sdk-node';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';

new NodeSDK({ traceExporter: new OTLPTraceExporter() }).start();
// then call your model as always, with your instrumentation library on`,
      },
    ],
  },
  {
    name: 'Python',
    steps: (endpoint, key) => [
      {
        title: 'Install',
        label: 'install command',
        code: 'pip install opentelemetry-distro opentelemetry-exporter-otlp-proto-http\nopentelemetry-bootstrap -a install',
      },
      {
        ...environment(endpoint, key),
        code: `${environment(endpoint, key).code}\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
      },
      { title: 'Start your app through it', label: 'start command', code: 'opentelemetry-instrument python app.py' },
    ],
  },
  {
    name: 'curl',
    steps: (endpoint, key) => [{ title: 'Send one call by hand', label: 'curl command', code: curl(endpoint, key) }],
  },
];
