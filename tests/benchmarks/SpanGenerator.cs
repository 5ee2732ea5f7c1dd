using System.Globalization;
using System.Text;
using System.Text.Json;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks;

/// <summary>Realistic spans, the same for the same seed: agents that retrieve, call tools and models, 4 or 5 spans a trace, each span what
/// about 1.4 KB of OTLP protobuf makes once its attributes are mapped (the raw attributes and the canonical messages, input and output
/// beside them).</summary>
internal sealed class SpanGenerator
{
    public const double SpansPerTrace = 4.5;
    public static readonly string[] Models = [
        "gpt-4o-2024-08-06", "gpt-4o-mini-2024-07-18", "claude-sonnet-4-5", "claude-haiku-4-5", "gemini-2.5-pro", "gemini-2.5-flash",
        "mistral-large-2411", "text-embedding-3-small"
    ];
    private static readonly string[] Agents = ["support-agent", "contract-review", "triage", "research"];
    private static readonly string[] ToolNames = ["lookup_order", "search_policy", "get_invoice", "schedule_callback"];
    private readonly Random _random;
    private readonly Vocabulary _words = new(7);
    private readonly SpanBatchWriter _writer = new();
    private readonly StringBuilder _text = new();
    private readonly string[] _systems;
    private readonly long _start;
    private readonly long _step;
    private long _traces;

    /// <summary>Starts a sequence.</summary>
    /// <param name="seed">The same seed gives the same spans.</param>
    /// <param name="startUnixNano">When the first trace starts.</param>
    /// <param name="spanNano">Over how long the traces are spread.</param>
    /// <param name="traces">How many there will be.</param>
    public SpanGenerator(int seed, long startUnixNano, long spanNano, long traces)
    {
        _random = new Random(seed);
        (_start, _step) = (startUnixNano, Math.Max(1, spanNano / Math.Max(1, traces)));
        _systems = [.. Enumerable.Range(0, 12).Select(_ => Sentence(60))];
    }

    public Vocabulary Words => _words;

    public string User(int number) => $"user-{number % 5000:d5}";

    /// <summary>The next traces, whole, as one batch.</summary>
    public SpanBatch Next(int traces)
    {
        for (var i = 0; i < traces; i++) Trace();
        return _writer.ToBatch();
    }

    private void Trace()
    {
        var number = _traces++;
        var at = _start + (number * _step) + _random.Next(1_000_000);
        var id = new TraceId((ulong)_random.NextInt64(), (ulong)_random.NextInt64() | 1);
        var agent = _random.Next(Agents.Length);
        var context = new Context(id, at, agent, $"session-{number / 3:x8}", User(_random.Next(5000)), _random.Next(5) == 0 ? "staging" : "production", Id());
        var question = Sentence(_random.Next(12, 40));
        var answer = Sentence(_random.Next(40, 90));
        var end = at + 400_000_000;
        Span(context, Id(), context.Root, "retrieve " + Agents[agent], StoredKind.Retriever, at + 2_000_000, Latency(60), question, Sentence(50), -1);
        if (_random.Next(2) == 0)
            Span(
                context, Id(), context.Root, ToolNames[_random.Next(4)], StoredKind.Tool, at + 90_000_000, Latency(120),
                $$"""{"order":"{{_random.Next(1_000_000):x6}}"}""", Sentence(18), -1);
        end = Span(context, Id(), context.Root, "chat", StoredKind.Generation, at + 220_000_000, Latency(1500), question, Sentence(20), _random.Next(7));
        end = Span(
            context, Id(), context.Root, "chat", StoredKind.Generation, end + 1_000_000, Latency(2500), question + " " + Sentence(30),
            answer, _random.Next(7));
        Span(context, context.Root, default, Agents[agent], StoredKind.Agent, at, end - at + 3_000_000, question, answer, -1);
    }

    private long Span(
        Context context, SpanId id, SpanId parent, string name, StoredKind kind, long start, long duration, string input, string output,
        int model)
    {
        var failed = _random.Next(50) == 0;
        _writer.Begin(context.Trace, id, parent, kind, failed ? StoredStatus.Error : StoredStatus.Unset, start, start + duration);
        _writer.Set(SpanText.Name, name);
        _writer.Set(SpanText.ServiceName, "shop-" + context.Agent.ToString(CultureInfo.InvariantCulture));
        _writer.Set(SpanText.ScopeName, "opentelemetry.instrumentation.genai");
        _writer.Set(SpanText.Environment, context.Environment);
        _writer.Set(SpanText.SessionId, context.Session);
        _writer.Set(SpanText.UserId, context.User);
        _writer.Set(SpanText.Dialect, "otel-genai");
        _writer.Set(SpanNumber.MappingVersion, SpanMapper.MappingVersion);
        if (failed) _writer.Set(SpanText.StatusMessage, "upstream timeout after 30 s");
        if (kind == StoredKind.Tool) _writer.Set(SpanText.ToolName, name);
        if (parent.IsEmpty) _writer.Add(SpanList.Tags, context.Agent % 2 == 0 ? "checkout"u8 : "beta"u8);
        _writer.Set(SpanText.Input, input);
        _writer.Set(SpanText.Output, output);
        if (model >= 0) Generation(context, model, input, output);
        else _writer.Set(SpanText.Attributes, Json(w => Common(w, context, kind, input, output)));
        _writer.Set(
            SpanText.Resource,
            $$"""{"service.name":"shop-{{context.Agent}}","service.version":"1.4.2","telemetry.sdk.language":"python","telemetry.sdk.name":"opentelemetry","telemetry.sdk.version":"1.38.0","host.name":"worker-{{context.Agent}}"}""");
        _writer.End();
        return start + duration;
    }

    private void Generation(Context context, int model, string input, string output)
    {
        var system = _systems[context.Agent * 3 % _systems.Length];
        var (tokensIn, tokensOut) = (system.Length / 4 + input.Length / 4, output.Length / 4);
        _writer.Set(SpanText.Provider, model < 2 ? "openai" : model < 4 ? "anthropic" : model < 6 ? "gcp.gemini" : "mistral_ai");
        _writer.Set(SpanText.Model, Models[model]);
        _writer.Set(SpanText.RequestModel, Models[model]);
        _writer.Set(SpanText.Operation, "chat");
        _writer.Set(SpanText.PromptName, "prompt-" + context.Agent.ToString(CultureInfo.InvariantCulture));
        _writer.Set(SpanText.PromptVersion, (1 + (context.Start / 86_400_000_000_000 % 9)).ToString(CultureInfo.InvariantCulture));
        _writer.Set(SpanText.Parameters, """{"temperature":0.2,"max_tokens":1024,"top_p":1}""");
        var inputMessages = Json(w => Messages(w, ("system", system), ("user", input)), array: true);
        var outputMessages = Json(w => Messages(w, ("assistant", output)), array: true);
        _writer.Set(SpanText.InputMessages, inputMessages);
        _writer.Set(SpanText.OutputMessages, outputMessages);
        _writer.Add(SpanList.FinishReasons, "stop"u8);
        _writer.Set(SpanNumber.InputTokens, tokensIn);
        _writer.Set(SpanNumber.OutputTokens, tokensOut);
        _writer.Set(SpanNumber.TotalTokens, tokensIn + tokensOut);
        if (_random.Next(3) == 0) _writer.Set(SpanNumber.CachedInputTokens, system.Length / 4);
        _writer.Set(SpanNumber.TimeToFirstToken, Latency(300));
        if (model != 6) _writer.Set(SpanNumber.Cost, (tokensIn * 2_500_000L) + (tokensOut * 10_000_000L));
        _writer.Usage = UsageConvention.Inclusive;
        _writer.Set(SpanText.Attributes, Json(w =>
        {
            w.WriteString("gen_ai.operation.name", "chat");
            w.WriteString("gen_ai.request.model", Models[model]);
            w.WriteString("gen_ai.response.model", Models[model]);
            w.WriteString("gen_ai.response.id", $"chatcmpl-{_random.NextInt64():x16}");
            w.WriteNumber("gen_ai.request.temperature", 0.2);
            w.WriteNumber("gen_ai.request.max_tokens", 1024);
            w.WriteNumber("gen_ai.usage.input_tokens", tokensIn);
            w.WriteNumber("gen_ai.usage.output_tokens", tokensOut);
            w.WriteString("gen_ai.input.messages", inputMessages);
            w.WriteString("gen_ai.output.messages", outputMessages);
            w.WriteString("session.id", context.Session);
            w.WriteString("user.id", context.User);
        }));
    }

    private static void Common(Utf8JsonWriter json, Context context, StoredKind kind, string input, string output)
    {
        json.WriteString("openinference.span.kind", kind.ToString().ToUpperInvariant());
        json.WriteString("input.value", input);
        json.WriteString("output.value", output);
        json.WriteString("session.id", context.Session);
        json.WriteString("user.id", context.User);
        json.WriteNumber("app.retries", context.Start % 3);
    }

    private static void Messages(Utf8JsonWriter json, params (string Role, string Text)[] messages)
    {
        foreach (var (role, text) in messages)
        {
            json.WriteStartObject();
            json.WriteString("role", role);
            json.WriteStartArray("parts");
            json.WriteStartObject();
            json.WriteString("type", "text");
            json.WriteString("content", text);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static string Json(Action<Utf8JsonWriter> write, bool array = false)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { SkipValidation = true }))
        {
            if (array) json.WriteStartArray();
            else json.WriteStartObject();
            write(json);
            if (array) json.WriteEndArray();
            else json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    private string Sentence(int words)
    {
        _text.Clear();
        for (var i = 0; i < words; i++)
        {
            if (i > 0) _text.Append(i % 12 == 0 ? ". " : " ");
            _text.Append(_words.Word(_random));
        }
        return _text.Append('.').ToString();
    }

    // Log-normal around the median, milliseconds in, nanoseconds out.
    private long Latency(double medianMs)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return (long)(medianMs * Math.Exp(0.6 * normal) * 1e6);
    }

    private SpanId Id() => new((ulong)_random.NextInt64() | 1);

    private sealed record Context(TraceId Trace, long Start, int Agent, string Session, string User, string Environment, SpanId Root);
}
