using System.Text;
using Plumbline.Otlp.Tests.Messages;
using Plumbline.Otlp.Wire.Json;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>Trace requests of one span with values of any type under names that the dialects read.</summary>
internal sealed class RandomRequest
{
    private static readonly string[] Names =
    [
        "gen_ai.operation.name", "gen_ai.system", "gen_ai.request.model", "gen_ai.response.model", "gen_ai.input.messages",
        "gen_ai.output.messages", "gen_ai.system_instructions", "gen_ai.tool.definitions",
        "gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens", "gen_ai.usage.cache_read.input_tokens", "gen_ai.response.finish_reasons",
        "gen_ai.request.temperature", "gen_ai.request.stop", "gen_ai.usage.cost",
        "gen_ai.response.time_to_first_chunk", "gen_ai.prompt", "gen_ai.prompt.0.content", "gen_ai.prompt.0.role",
        "gen_ai.completion.0.content", "gen_ai.retrieval.documents", "gen_ai.tool.name", "gen_ai.tool.call.arguments",
        "openinference.span.kind", "llm.model_name", "llm.input_messages.0.message.content", "llm.input_messages.0.message.role",
        "llm.token_count.prompt", "llm.token_count.completion", "input.value", "output.value",
        "tag.tags", "retrieval.documents.0.document.content", "llm.tools.0.tool.json_schema", "llm.cost.total", "traceloop.span.kind",
        "traceloop.entity.input", "langfuse.observation.type", "langfuse.observation.level",
        "langfuse.observation.usage_details", "langfuse.observation.cost_details", "langfuse.trace.tags", "langfuse.observation.input",
        "ai.operationId", "ai.prompt.messages", "ai.response.text", "ai.response.toolCalls",
        "ai.usage.inputTokens", "ai.telemetry.metadata.langfusePrompt", "ai.telemetry.metadata.tags", "ai.prompt",
        "llm.invocation_parameters", "genkit:input", "mlflow.spanOutputs", "pydantic_ai.all_messages", "events", "langsmith.span.kind",
        "langsmith.span.tags", "langsmith.usage_metadata", "logfire.msg", "tool_arguments", "lilypad.type", "lilypad.trace.tags",
        "session.id", "user.id",
        "deployment.environment", "plumbline.tags", "plumbline.prompt.version", "service.name", "telemetry.sdk.name",
        "deployment.environment.name", "anything", "",
    ];

    private static readonly string[] EventNames =
        [
            "db.query.result", "gen_ai.client.inference.operation.details", "gen_ai.user.message", "gen_ai.choice", "gen_ai.content.prompt",
            "exception", "gen_ai.evaluation.result", "anything", ""
        ];

    private static readonly string[] EventKeys = [
        "db.query.result.id", "db.query.result.document", "content", "body", "message", "gen_ai.prompt", "gen_ai.input.messages",
        "gen_ai.output.messages", "exception.message", "log", "gen_ai.usage.input_tokens", "role"
    ];

    private static readonly string[] Members =
    [
        "input", "output", "total", "prompt_tokens", "completion_tokens", "total_tokens", "input_cached_tokens", "input_cache_creation",
        "input_cache_creation_5m", "input_cache_creation_1h", "output_reasoning_tokens",
        "input_tokens", "output_tokens", "input_token_details", "output_token_details", "cache_read", "reasoning", "name", "version",
        "model", "json_schema", "document",
    ];

    private static readonly string[] Texts =
    [
        "chat", "LLM", "TOOL", "generation", "embedding", "agent", "gpt-4o-mini", "openai", "hi", "", "12", "0.5", "-3", "NaN",
        "write to ann@example.com", "call +49 170 1234567 and Some words",
        """[{"role":"user","content":"mail ann@example.com"}]""",
            """[{"role":"assistant","parts":[{"type":"text","content":"ok"}]}]""", """{"input":10,"output":3,"input_cached_tokens":4}""",
            """{"total":0.25}""", """{"output_reasoning_tokens":7}""",
            """{"input_cache_creation_1h":7,"input_cache_creation_5m":9223372036854775807}""",
        """[{"role":"user","content":"cut of""", "a, b, c", """["x","y@example.com"]""", "ERROR", "ai.generateText.doGenerate",
        "ai.generateText", "pending_span", "😀 é", "2026-01-01T00:00:00Z",
        "a long text that goes beyond what one attribute may hold: "
            + "0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789",
    ];

    private readonly RandomJson json;

    public RandomRequest(int seed)
    {
        Random = new(seed);
        json = new(Random);
    }

    public Random Random { get; }

    public byte[] Next()
    {
        using var wire = new WireWriter();
        var group = wire.Begin(1);
        var resource = wire.Begin(1);
        Pairs(wire, 1, Names, 4);
        wire.End(resource);
        var scoped = wire.Begin(2);
        var scope = wire.Begin(1);
        wire.Bytes(1, Encoding.UTF8.GetBytes(Pick(["scope", "pydantic-ai", "@traceloop/x", "ai", ""])));
        wire.End(scope);
        var span = wire.Begin(2);
        wire.Bytes(1, Bytes(16));
        wire.Bytes(2, Bytes(8));
        if (Random.Next(2) == 0) wire.Bytes(4, Bytes(8));
        wire.Bytes(5, Text());
        if (Random.Next(4) > 0) wire.Fixed64(7, 1_760_000_000_000_000_000);
        if (Random.Next(4) > 0) wire.Fixed64(8, 1_760_000_002_000_000_000);
        if (Random.Next(5) == 0) wire.Number(10, 3);
        Pairs(wire, 9, Names, 20);
        for (var n = Random.Next(6); n > 0; n--) Event(wire);
        for (var n = Random.Next(2); n > 0; n--) Link(wire);
        var status = wire.Begin(15);
        wire.Bytes(2, Text());
        wire.Number(3, (ulong)Random.Next(4));
        wire.End(status);
        wire.End(span);
        wire.End(scoped);
        wire.End(group);
        return wire.Written.ToArray();
    }

    private void Event(WireWriter wire)
    {
        var start = wire.Begin(11);
        wire.Fixed64(1, (ulong)Random.NextInt64());
        wire.Bytes(2, Encoding.UTF8.GetBytes(Pick(EventNames)));
        Pairs(wire, 3, EventKeys, 4);
        wire.End(start);
    }

    private void Link(WireWriter wire)
    {
        var start = wire.Begin(13);
        wire.Bytes(1, Bytes(Random.Next(20)));
        wire.Bytes(2, Bytes(8));
        Pairs(wire, 4, Names, 2);
        wire.End(start);
    }

    private void Pairs(WireWriter wire, int field, string[] names, int most)
    {
        for (var n = Random.Next(most + 1); n > 0; n--)
        {
            var pair = wire.Begin(field);
            wire.Bytes(1, Random.Next(40) == 0 ? Bytes(3) : Encoding.UTF8.GetBytes(Pick(names)));
            Value(wire, 2, 0);
            wire.End(pair);
        }
    }

    private void Value(WireWriter wire, int field, int depth)
    {
        var any = wire.Begin(field);
        switch (Random.Next(depth > 3 ? 10 : 14))
        {
            case < 5: wire.Bytes(1, Text()); break;
            case 5: wire.Number(2, (ulong)Random.Next(2)); break;
            case 6: wire.Number(3, (ulong)(Random.Next(2) == 0 ? Random.Next(200) : Random.NextInt64(long.MinValue, long.MaxValue))); break;
            case 7:
                wire.Fixed64(
                4,
                BitConverter.DoubleToUInt64Bits(Pick([
                    0.0, -0.0, 3, 0.25, 1e15, 123456789012345, 1e16, 9.3e18, 1e300, 5e-324, double.NaN, double.NegativeInfinity,
                    Random.NextDouble()
                ]))); break;
            case 8: wire.Bytes(7, Bytes(Random.Next(9))); break;
            case 9: break;
            case < 12:
                var list = wire.Begin(5);
                for (var n = Random.Next(4); n > 0; n--) Value(wire, 1, depth + 1);
                wire.End(list);
                break;
            default:
                var map = wire.Begin(6);
                for (var n = Random.Next(4); n > 0; n--)
                {
                    var pair = wire.Begin(1);
                    wire.Bytes(1, Encoding.UTF8.GetBytes(Pick(["role", "content", "type", "id", "total", "ann@example.com"])));
                    Value(wire, 2, depth + 1);
                    wire.End(pair);
                }
                wire.End(map);
                break;
        }
        wire.End(any);
    }

    private byte[] Text() => Random.Next(30) switch
    {
        0 => Bytes(Random.Next(8)),
        < 4 => json.Mutate(json.Value(Random.Next(5))),
        < 7 => Encoding.UTF8.GetBytes(Details()),
        _ => Encoding.UTF8.GetBytes(Pick(Texts)),
    };

    /// <summary>What dialects keep in an object: usage, costs, a prompt.</summary>
    private string Details() =>
        $"{{{string.Join(',', Enumerable.Range(0, Random.Next(6)).Select(_ => $"\"{Pick(Members)}\":{(Random.Next(4) == 0 ? json.Value(2) : Random.Next(100))}"))}}}";

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        Random.NextBytes(bytes);
        return bytes;
    }

    private T Pick<T>(T[] from) => from[Random.Next(from.Length)];
}
