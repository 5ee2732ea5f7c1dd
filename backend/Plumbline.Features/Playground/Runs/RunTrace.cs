using System.Globalization;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Otlp;
using Plumbline.TraceStore;

namespace Plumbline.Features.Playground.Runs;

/// <summary>Writes a finished run as one span of OTLP, in the words of the GenAI conventions.</summary>
internal static class RunTrace
{
    /// <summary>Leads from a trace back to its run.</summary>
    public const string RunIdAttribute = "plumbline.playground.run";

    private const long NanosecondsPerTick = 100;

    public static byte[] Write(PlaygroundRunView run, ModelProviderKind kind, TraceId traceId, SpanId spanId, DateTimeOffset endedAt)
    {
        using var request = new ExportRequestWriter("playground", PlaygroundTraffic.Environment, "plumbline.playground");
        request.Span(
            traceId, spanId, default, $"chat {run.Model}", Nanoseconds(run.StartedAt), Nanoseconds(endedAt), run.Error?.Message,
            span => Attributes(run, kind, span), isOk: run.Status == RunStatus.Succeeded);
        return request.ToArray();
    }

    private static void Attributes(PlaygroundRunView run, ModelProviderKind kind, ExportRequestWriter span)
    {
        span.Attribute(RunIdAttribute, run.RunId);
        span.Attribute("gen_ai.operation.name", "chat");
        span.Attribute("gen_ai.provider.name", ProviderName(kind));
        span.Attribute("gen_ai.request.model", run.Model);
        span.Attribute("plumbline.prompt.name", run.PromptName);
        span.Attribute("plumbline.prompt.version", run.PromptNumber.ToString(CultureInfo.InvariantCulture));
        span.Attribute("gen_ai.input.messages", new JsonArray([.. run.Messages.Select(Message)]).ToJsonString());
        if (run.Output is not null || run.ToolCalls.Length > 0) span.Attribute("gen_ai.output.messages", new JsonArray(Answer(run)).ToJsonString());
        if (run.FinishReason is { } reason) span.Attribute("gen_ai.response.finish_reasons", [reason]);
        if (run.TimeToFirstTokenMs is { } first) span.Attribute("gen_ai.response.time_to_first_chunk", first / 1000);
        if (run.Error is { } error) span.Attribute("error.type", error.Code ?? error.Status?.ToString(CultureInfo.InvariantCulture) ?? "provider_error");
        Tokens(run.Tokens, span);
        Parameters(run.RequestPayloadJson, span);
    }

    private static void Tokens(TokenUsage? tokens, ExportRequestWriter span)
    {
        if (tokens is null) return;
        span.Attribute("gen_ai.usage.input_tokens", tokens.Input);
        span.Attribute("gen_ai.usage.output_tokens", tokens.Output);
        if (tokens.CachedInput is { } cached) span.Attribute("gen_ai.usage.cache_read.input_tokens", cached);
        if (tokens.Reasoning is { } reasoning) span.Attribute("gen_ai.usage.reasoning.output_tokens", reasoning);
    }

    private static void Parameters(string payload, ExportRequestWriter span)
    {
        foreach (var (name, value) in JsonNode.Parse(payload)!.AsObject())
            if (name is "temperature" or "top_p" or "frequency_penalty" or "presence_penalty" && value is JsonValue number
                && number.TryGetValue<double>(out var real))
                span.Attribute("gen_ai.request." + name, real);
            else if (name is "max_tokens" or "max_completion_tokens" or "seed" && value is JsonValue count && count.TryGetValue<long>(out var whole))
                span.Attribute("gen_ai.request." + (name == "seed" ? name : "max_tokens"), whole);
    }

    private static JsonObject Message(RenderedMessage message) => new()
    {
        ["role"] = message.Role,
        ["parts"] = new JsonArray([.. message.Parts.Select(p => p.ImageUrl is { } url
            ? new JsonObject { ["type"] = "uri", ["modality"] = "image", ["uri"] = url }
            : new JsonObject { ["type"] = "text", ["content"] = p.Text })]),
    };

    private static JsonObject Answer(PlaygroundRunView run)
    {
        var parts = new JsonArray();
        if (!string.IsNullOrEmpty(run.Output)) parts.Add(new JsonObject { ["type"] = "text", ["content"] = run.Output });
        foreach (var call in run.ToolCalls)
            parts.Add(new JsonObject { ["type"] = "tool_call", ["id"] = call.Id, ["name"] = call.Name, ["arguments"] = call.ArgumentsJson });
        return new() { ["role"] = "assistant", ["parts"] = parts, ["finish_reason"] = run.FinishReason };
    }

    private static string ProviderName(ModelProviderKind kind) => kind switch
    {
        ModelProviderKind.Openai => "openai",
        ModelProviderKind.AzureOpenai => "azure.ai.openai",
        ModelProviderKind.Anthropic => "anthropic",
        ModelProviderKind.Gemini => "gcp.gemini",
        ModelProviderKind.Demo => "plumbline.demo",
        _ => "openai_compatible",
    };

    private static long Nanoseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
}
