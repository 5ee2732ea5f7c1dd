// An application with an LLM feature, as its own Node process: OpenTelemetry's SDK and its protobuf exporter, nothing of ours.
// Usage: node chat-app.mjs URL KEY QUESTION ANSWER [MODEL]
import { context, SpanKind, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';

const [url, key, question, answer, model = 'gpt-4.1-mini'] = process.argv.slice(2);
const exporter = new OTLPTraceExporter({ url: `${url}/v1/traces`, headers: { authorization: `Bearer ${key}` } });
const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'support-bot', 'deployment.environment.name': 'prod' }),
  spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: 50 })],
});
const tracer = provider.getTracer('support-bot', '1.0.0');

const request = tracer.startSpan('answer-customer', { attributes: { 'session.id': 'visit-1', 'user.id': 'customer-7' } });
const chat = tracer.startSpan(
  `chat ${model}`,
  {
    kind: SpanKind.CLIENT,
    attributes: {
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': model,
      'gen_ai.response.model': model,
      'gen_ai.request.temperature': 0.2,
      'gen_ai.usage.input_tokens': 42,
      'gen_ai.usage.output_tokens': 17,
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.input.messages': JSON.stringify([
        { role: 'system', parts: [{ type: 'text', content: 'Answer the customer in two sentences.' }] },
        { role: 'user', parts: [{ type: 'text', content: question }] },
      ]),
      'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: answer }], finish_reason: 'stop' }]),
    },
  },
  trace.setSpan(context.active(), request),
);
chat.end();
request.end();
await provider.forceFlush();
await provider.shutdown();
