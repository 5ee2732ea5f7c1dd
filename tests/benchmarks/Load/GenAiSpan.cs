using System.Text.Json;
using Plumbline.TraceStore;

namespace Plumbline.Benchmarks.Load;

/// <summary>Takes the attributes of a span, in either encoding.</summary>
internal interface IAttributeSink
{
    void Add(string key, string value);

    void Add(string key, long value);

    void Add(string key, double value);

    void Add(string key, IReadOnlyList<string> values);
}

/// <summary>A generated span as an SDK that follows the GenAI conventions sends it.</summary>
internal static class GenAiSpan
{
    public static string NameOf(SpanRecord span) => span.Kind switch
    {
        StoredKind.Generation => "chat " + span.Model,
        StoredKind.Tool => "execute_tool " + span.ToolName,
        StoredKind.Agent => "invoke_agent " + span.Name,
        _ => span.Name!,
    };

    public static void Write(SpanRecord span, IAttributeSink sink)
    {
        if (span.Kind == StoredKind.Generation) Generation(span, sink);
        else if (span.Kind == StoredKind.Tool) Tool(span, sink);
        else if (span.Kind == StoredKind.Agent) Agent(span, sink);
        else Retrieval(span, sink);
        sink.Add("gen_ai.conversation.id", span.SessionId!);
        sink.Add("user.id", span.UserId!);
        sink.Add("app.retries", span.StartUnixNano % 3);
    }

    private static void Generation(SpanRecord span, IAttributeSink sink)
    {
        sink.Add("gen_ai.operation.name", "chat");
        sink.Add("gen_ai.provider.name", span.Provider!);
        sink.Add("gen_ai.request.model", span.RequestModel!);
        sink.Add("gen_ai.response.model", span.Model!);
        sink.Add("gen_ai.response.id", "chatcmpl-" + span.SpanId + span.TraceId.ToString()[..12]);
        sink.Add("gen_ai.request.temperature", 0.2);
        sink.Add("gen_ai.request.top_p", 1.0);
        sink.Add("gen_ai.request.max_tokens", 1024);
        sink.Add("gen_ai.response.finish_reasons", span.FinishReasons);
        sink.Add("gen_ai.usage.input_tokens", span.InputTokens ?? 0);
        sink.Add("gen_ai.usage.output_tokens", span.OutputTokens ?? 0);
        if (span.CachedInputTokens is { } cached) sink.Add("gen_ai.usage.cache_read.input_tokens", cached);
        sink.Add("gen_ai.response.time_to_first_chunk", (span.TimeToFirstTokenNano ?? 0) / 1e9);
        sink.Add("gen_ai.prompt.name", span.PromptName!);
        sink.Add("gen_ai.input.messages", span.InputMessagesJson!);
        sink.Add("gen_ai.output.messages", span.OutputMessagesJson!);
        sink.Add("server.address", "api.example.com");
        sink.Add("server.port", 443);
    }

    private static void Tool(SpanRecord span, IAttributeSink sink)
    {
        sink.Add("gen_ai.operation.name", "execute_tool");
        sink.Add("gen_ai.tool.name", span.ToolName!);
        sink.Add("gen_ai.tool.type", "function");
        sink.Add("gen_ai.tool.call.id", "call_" + span.SpanId);
        sink.Add("gen_ai.tool.call.arguments", span.Input!);
        sink.Add("gen_ai.tool.call.result", span.Output!);
    }

    private static void Agent(SpanRecord span, IAttributeSink sink)
    {
        sink.Add("gen_ai.operation.name", "invoke_agent");
        sink.Add("gen_ai.agent.name", span.Name!);
        sink.Add("gen_ai.input.messages", Message("user", span.Input!));
        sink.Add("gen_ai.output.messages", Message("assistant", span.Output!));
    }

    private static void Retrieval(SpanRecord span, IAttributeSink sink)
    {
        sink.Add("gen_ai.operation.name", "retrieval");
        sink.Add("gen_ai.data_source.id", "policies");
        sink.Add("gen_ai.retrieval.query.text", span.Input!);
        sink.Add("gen_ai.retrieval.documents", JsonSerializer.Serialize(new[] { new { id = "doc-" + span.SpanId, content = span.Output!, score = 0.82 } }));
    }

    private static string Message(string role, string text) =>
        JsonSerializer.Serialize(new[] { new { role, parts = new[] { new { type = "text", content = text } } } });
}
