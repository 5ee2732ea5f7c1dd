using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Otlp;

/// <summary>Export requests as a sender of the current GenAI conventions makes them: agents that retrieve, call tools and models, 4 or 5
/// spans a trace, about 1.4 KB of protobuf a span. The same seed gives the same bytes.</summary>
internal sealed class OtlpBodies(int seed)
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Random random = new(seed);
    private readonly Vocabulary words = new(7);

    /// <summary>Spans written so far.</summary>
    public int Spans { get; private set; }

    /// <summary>The message JSON of the spans written so far.</summary>
    public List<byte[]> Messages { get; } = [];

    /// <summary>A request of so many traces.</summary>
    public byte[] Protobuf(int traces)
    {
        using var request = new ExportRequestWriter("shop", "production", "opentelemetry.instrumentation.genai");
        for (var i = 0; i < traces; i++) Trace(request, 1_790_000_000_000_000_000 + (i * 1_000_000L));
        return request.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(bytes);
        return packed.ToArray();
    }

    private void Trace(ExportRequestWriter request, long at)
    {
        var trace = new TraceId((ulong)random.NextInt64(), (ulong)random.NextInt64() | 1);
        var root = Id();
        var (session, user) = ($"session-{random.Next(100_000):x8}", $"user-{random.Next(5000):d5}");
        var question = Sentence(random.Next(20, 50));
        var answer = Sentence(random.Next(50, 110));
        void Common(ExportRequestWriter s)
        {
            s.Attribute("gen_ai.conversation.id", session);
            s.Attribute("user.id", user);
        }
        Span(request, trace, root, "retrieval handbook", at + 2_000_000, 60_000_000, s =>
        {
            s.Attribute("gen_ai.operation.name", "retrieval");
            s.Attribute("gen_ai.data_source.id", "handbook");
            s.Attribute("gen_ai.retrieval.query.text", question);
            s.Attribute(
                "gen_ai.retrieval.documents",
                Json(Enumerable.Range(0, 3).Select(i => new { id = $"doc-{random.Next(9999):d4}", score = 0.9 - (i * 0.1), content = Sentence(30) })));
            Common(s);
        });
        if (random.Next(2) == 0) Tool(request, trace, root, at + 90_000_000, Common);
        Model(request, trace, root, at + 220_000_000, 1_500_000_000, question, Sentence(30), Common);
        Model(request, trace, root, at + 1_800_000_000, 2_500_000_000, question, answer, Common);
        Span(request, trace, default, "invoke_agent support", at, 4_400_000_000, s =>
        {
            s.Attribute("gen_ai.operation.name", "invoke_agent");
            s.Attribute("gen_ai.agent.name", "support");
            s.Attribute("gen_ai.agent.id", "agent-7");
            Write(s, "gen_ai.input.messages", [Text("user", question)]);
            Write(s, "gen_ai.output.messages", [Text("assistant", answer, "stop")]);
            Common(s);
        }, root);
    }

    private void Tool(ExportRequestWriter request, TraceId trace, SpanId parent, long at, Action<ExportRequestWriter> common) =>
        Span(request, trace, parent, "execute_tool lookup_order", at, 120_000_000, s =>
    {
        s.Attribute("gen_ai.operation.name", "execute_tool");
        s.Attribute("gen_ai.tool.name", "lookup_order");
        s.Attribute("gen_ai.tool.call.id", $"call_{random.NextInt64():x16}");
        s.Attribute("gen_ai.tool.type", "function");
        s.Attribute("gen_ai.tool.call.arguments", $$"""{"order":"A-{{random.Next(1_000_000)}}"}""");
        s.Attribute("gen_ai.tool.call.result", Json(new { order = $"A-{random.Next(1_000_000)}", state = "shipped", note = Sentence(60) }));
        common(s);
    });

    private void Model(
        ExportRequestWriter request, TraceId trace, SpanId parent, long at, long duration, string question, string answer,
        Action<ExportRequestWriter> common)
    {
        var model = SpanGenerator.Models[random.Next(7)];
        Span(request, trace, parent, "chat " + model, at, duration, s =>
        {
            s.Attribute("gen_ai.operation.name", "chat");
            s.Attribute(
                "gen_ai.provider.name",
                model[0] switch { 'g' when model[1] == 'p' => "openai", 'g' => "gcp.gemini", 'c' => "anthropic", _ => "mistral_ai" });
            s.Attribute("gen_ai.request.model", model);
            s.Attribute("gen_ai.response.model", model);
            s.Attribute("gen_ai.response.id", $"chatcmpl-{random.NextInt64():x16}");
            s.Attribute("gen_ai.request.temperature", 0.2);
            s.Attribute("gen_ai.request.max_tokens", 1024);
            s.Attribute("gen_ai.response.finish_reasons", ["stop"]);
            s.Attribute("gen_ai.usage.input_tokens", 180 + (question.Length / 4));
            s.Attribute("gen_ai.usage.output_tokens", answer.Length / 4);
            s.Attribute("gen_ai.response.time_to_first_chunk", 0.31);
            Write(
                s, "gen_ai.input.messages",
                [Text("system", "You answer questions about orders.\nBe brief and say \"I do not know\" when you do not."), Text("user", question)]);
            Write(s, "gen_ai.output.messages", [Text("assistant", answer, "stop")]);
            common(s);
        });
    }

    private void Span(
        ExportRequestWriter request, TraceId trace, SpanId parent, string name, long at, long duration,
        Action<ExportRequestWriter> attributes, SpanId? id = null)
    {
        Spans++;
        request.Span(trace, id ?? Id(), parent, name, at, at + duration, random.Next(50) == 0 ? "upstream timeout after 30 s" : null, attributes);
    }

    private void Write(ExportRequestWriter span, string key, object[] messages)
    {
        var json = Json(messages);
        Messages.Add(Encoding.UTF8.GetBytes(json));
        span.Attribute(key, json);
    }

    private static object Text(string role, string content, string? finish = null)
    {
        object[] parts = [new { type = "text", content }];
        return finish is null ? new { role, parts } : new { role, parts, finish_reason = finish };
    }

    // Now and then a number, an e-mail address or a character outside ASCII, as in real conversations.
    private string Sentence(int count)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            if (i > 0) text.Append(i % 12 == 0 ? ". " : " ");
            text.Append(random.Next(400) switch
            {
                0 => "customer" + random.Next(100).ToString(CultureInfo.InvariantCulture) + "@example.com",
                1 => "4111 1111 1111 1111",
                2 or 3 or 4 or 5 => random.Next(100_000).ToString(CultureInfo.InvariantCulture),
                6 => "2026-03-" + random.Next(10, 28).ToString(CultureInfo.InvariantCulture),
                7 or 8 => "Grüße",
                9 => "\n- ",
                10 => "\"quoted\"",
                _ => words.Word(random),
            });
        }
        return text.Append('.').ToString();
    }

    private static string Json(object value) => JsonSerializer.Serialize(value, Relaxed);

    private SpanId Id() => new((ulong)random.NextInt64() | 1);
}
