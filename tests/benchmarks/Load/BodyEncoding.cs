using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>Generated spans as one OTLP request.</summary>
internal static class BodyEncoding
{
    private const string Service = "shop";
    private const string Environment = "production";
    private const string Scope = "opentelemetry.instrumentation.genai";

    public static byte[] Protobuf(IEnumerable<SpanRecord> spans)
    {
        using var writer = new ExportRequestWriter(Service, Environment, Scope);
        var sink = new ProtobufSink(writer);
        foreach (var span in spans)
        {
            writer.Span(
                span.TraceId, span.SpanId, span.ParentSpanId, GenAiSpan.NameOf(span), span.StartUnixNano, span.EndUnixNano,
                span.StatusMessage, _ => GenAiSpan.Write(span, sink));
        }
        return writer.ToArray();
    }

    public static byte[] Json(IEnumerable<SpanRecord> spans)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceSpans");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            json.WriteStartArray("attributes");
            var resource = new JsonSink(json);
            resource.Add("service.name", Service);
            resource.Add("deployment.environment.name", Environment);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteStartArray("scopeSpans");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", Scope);
            json.WriteEndObject();
            json.WriteStartArray("spans");
            foreach (var span in spans) Write(json, span);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SpanRecord span)
    {
        json.WriteStartObject();
        json.WriteString("traceId", span.TraceId.ToString());
        json.WriteString("spanId", span.SpanId.ToString());
        if (!span.ParentSpanId.IsEmpty) json.WriteString("parentSpanId", span.ParentSpanId.ToString());
        json.WriteString("name", GenAiSpan.NameOf(span));
        json.WriteString("startTimeUnixNano", span.StartUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteString("endTimeUnixNano", span.EndUnixNano.ToString(CultureInfo.InvariantCulture));
        json.WriteStartArray("attributes");
        GenAiSpan.Write(span, new JsonSink(json));
        json.WriteEndArray();
        if (span.StatusMessage is not null)
        {
            json.WriteStartObject("status");
            json.WriteNumber("code", 2);
            json.WriteString("message", span.StatusMessage);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private sealed class ProtobufSink(ExportRequestWriter writer) : IAttributeSink
    {
        public void Add(string key, string value) => writer.Attribute(key, value);

        public void Add(string key, long value) => writer.Attribute(key, value);

        public void Add(string key, double value) => writer.Attribute(key, value);

        public void Add(string key, IReadOnlyList<string> values) => writer.Attribute(key, values);
    }

    private sealed class JsonSink(Utf8JsonWriter json) : IAttributeSink
    {
        public void Add(string key, string value) => Pair(key, () => json.WriteString("stringValue", value));

        public void Add(string key, long value) => Pair(key, () => json.WriteString("intValue", value.ToString(CultureInfo.InvariantCulture)));

        public void Add(string key, double value) => Pair(key, () => json.WriteNumber("doubleValue", value));

        public void Add(string key, IReadOnlyList<string> values) => Pair(key, () =>
        {
            json.WriteStartObject("arrayValue");
            json.WriteStartArray("values");
            foreach (var value in values)
            {
                json.WriteStartObject();
                json.WriteString("stringValue", value);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        });

        private void Pair(string key, Action value)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            value();
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }
}
