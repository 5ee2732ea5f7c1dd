using System.Text.Json;
using System.Text.Json.Nodes;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Playground.Runs;

/// <summary>Writes a finished run as one span of OTLP (JSON), in the words of the GenAI conventions.</summary>
internal static class RunTrace
{
    /// <summary>Leads from a trace back to its run.</summary>
    public const string RunIdAttribute = "plumbline.playground.run";

    private const int ClientSpan = 3;
    private const int Ok = 1;
    private const int Error = 2;
    private const long NanosecondsPerTick = 100;

    public static byte[] Write(PlaygroundRunView run, ModelProviderKind kind, string traceId, string spanId, DateTimeOffset endedAt)
    {
        var span = new JsonObject
        {
            ["traceId"] = traceId,
            ["spanId"] = spanId,
            ["name"] = $"chat {run.Model}",
            ["kind"] = ClientSpan,
            ["startTimeUnixNano"] = Nanoseconds(run.StartedAt),
            ["endTimeUnixNano"] = Nanoseconds(endedAt),
            ["attributes"] = new JsonArray([.. Attributes(run, kind)]),
            ["status"] = run.Error is { } error
                ? new JsonObject { ["code"] = Error, ["message"] = error.Message }
                : new JsonObject { ["code"] = run.Status == RunStatus.Succeeded ? Ok : 0 },
        };
        var scope = new JsonObject { ["scope"] = new JsonObject { ["name"] = "plumbline.playground" }, ["spans"] = new JsonArray(span) };
        var resource = new JsonObject { ["attributes"] = new JsonArray(Text("service.name", "playground"), Text("deployment.environment.name", PlaygroundTraffic.Environment)) };
        var request = new JsonObject { ["resourceSpans"] = new JsonArray(new JsonObject { ["resource"] = resource, ["scopeSpans"] = new JsonArray(scope) }) };
        return JsonSerializer.SerializeToUtf8Bytes(request);
    }

    private static IEnumerable<JsonNode> Attributes(PlaygroundRunView run, ModelProviderKind kind)
    {
        yield return Text(RunIdAttribute, run.RunId);
        yield return Text("gen_ai.operation.name", "chat");
        yield return Text("gen_ai.provider.name", ProviderName(kind));
        yield return Text("gen_ai.request.model", run.Model);
        yield return Text("plumbline.prompt.name", run.PromptName);
        yield return Text("plumbline.prompt.version", run.PromptNumber.ToString());
        yield return Text("gen_ai.input.messages", new JsonArray([.. run.Messages.Select(Message)]).ToJsonString());
        if (run.Output is not null || run.ToolCalls.Length > 0) yield return Text("gen_ai.output.messages", new JsonArray(Answer(run)).ToJsonString());
        if (run.FinishReason is { } reason)
            yield return Attribute(
                "gen_ai.response.finish_reasons",
                new() { ["arrayValue"] = new JsonObject { ["values"] = new JsonArray(new JsonObject { ["stringValue"] = reason }) } });
        if (run.TimeToFirstTokenMs is { } first) yield return Attribute("gen_ai.response.time_to_first_chunk", new() { ["doubleValue"] = first / 1000 });
        if (run.Error is { } error) yield return Text("error.type", error.Code ?? error.Status?.ToString() ?? "provider_error");
        foreach (var (name, value) in Tokens(run.Tokens)) yield return Attribute(name, new() { ["intValue"] = value.ToString() });
        foreach (var parameter in Parameters(run.RequestPayloadJson)) yield return parameter;
    }

    private static IEnumerable<(string, long)> Tokens(TokenUsage? tokens)
    {
        if (tokens is null) yield break;
        yield return ("gen_ai.usage.input_tokens", tokens.Input);
        yield return ("gen_ai.usage.output_tokens", tokens.Output);
        if (tokens.CachedInput is { } cached) yield return ("gen_ai.usage.cache_read.input_tokens", cached);
        if (tokens.Reasoning is { } reasoning) yield return ("gen_ai.usage.reasoning.output_tokens", reasoning);
    }

    private static IEnumerable<JsonNode> Parameters(string payload)
    {
        foreach (var (name, value) in JsonNode.Parse(payload)!.AsObject())
            if (name is "temperature" or "top_p" or "frequency_penalty" or "presence_penalty" && value is JsonValue number
                && number.TryGetValue<double>(out var real))
                yield return Attribute("gen_ai.request." + name, new() { ["doubleValue"] = real });
            else if (name is "max_tokens" or "max_completion_tokens" or "seed" && value is JsonValue count && count.TryGetValue<long>(out var whole))
                yield return Attribute("gen_ai.request." + (name == "seed" ? name : "max_tokens"), new() { ["intValue"] = whole.ToString() });
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

    private static string Nanoseconds(DateTimeOffset at) => ((at - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick).ToString();

    private static JsonObject Text(string key, string value) => Attribute(key, new() { ["stringValue"] = value });

    private static JsonObject Attribute(string key, JsonObject value) => new() { ["key"] = key, ["value"] = value };
}
