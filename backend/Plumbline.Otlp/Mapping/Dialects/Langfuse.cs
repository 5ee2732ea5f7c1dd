using System.Globalization;
using System.Text;
using Plumbline.Otlp.Mapping.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Mapping.Dialects;

/// <summary>What the Langfuse SDKs send.</summary>
/// <remarks>https://langfuse.com/integrations/native/opentelemetry#property-mapping</remarks>
internal sealed class Langfuse : IDialect
{
    private static readonly AttributeKey Type = "langfuse.observation.type";
    private static readonly AttributeKey Level = "langfuse.observation.level";
    private static readonly AttributeKey StatusMessage = "langfuse.observation.status_message";
    private static readonly AttributeKey Input = "langfuse.observation.input";
    private static readonly AttributeKey Output = "langfuse.observation.output";
    private static readonly AttributeKey TraceInput = "langfuse.trace.input";
    private static readonly AttributeKey TraceOutput = "langfuse.trace.output";
    private static readonly AttributeKey Model = "langfuse.observation.model.name";
    private static readonly AttributeKey Parameters = "langfuse.observation.model.parameters";
    private static readonly AttributeKey Usage = "langfuse.observation.usage_details";
    private static readonly AttributeKey Cost = "langfuse.observation.cost_details";
    private static readonly AttributeKey FirstToken = "langfuse.observation.completion_start_time";
    private static readonly AttributeKey PromptName = "langfuse.observation.prompt.name";
    private static readonly AttributeKey PromptVersion = "langfuse.observation.prompt.version";
    private static readonly AttributeKey TraceName = "langfuse.trace.name";
    private static readonly AttributeKey TraceTags = "langfuse.trace.tags";
    private static readonly AttributeKey Tags = "langfuse.tags";
    private static readonly AttributeKey Session = "langfuse.session.id";
    private static readonly AttributeKey User = "langfuse.user.id";
    private static readonly AttributeKey MetadataSession = "langfuse.trace.metadata.langfuse_session_id";
    private static readonly AttributeKey MetadataUser = "langfuse.trace.metadata.langfuse_user_id";
    private static readonly AttributeKey Environment = "langfuse.environment";

    public ReadOnlySpan<byte> Name => "langfuse"u8;

    public bool Recognises(in SpanSource source) => source.Has(KeyFamilies.Langfuse);

    public void Map(in SpanSource source, SpanDraft draft)
    {
        if (source.Text(Type, out var type)) draft.Kind(OperationKinds.Of(type));
        if (source.Text(Level, out var level) && level.SequenceEqual("ERROR"u8)) draft.Error(source.Text(StatusMessage, out var message) ? message : default);
        draft.Text(SpanText.Model, source, Model);
        draft.Text(SpanText.RequestModel, source, Model);
        draft.Json(SpanText.Parameters, source, Parameters);
        Content(source, draft);
        UsageDetails(source, draft);
        TimeToFirstToken(source, draft);
        draft.Text(SpanText.PromptName, source, PromptName);
        draft.Text(SpanText.PromptVersion, source, PromptVersion);
        draft.Text(SpanText.TraceName, source, TraceName);
        draft.List(SpanList.Tags, source, TraceTags);
        draft.List(SpanList.Tags, source, Tags);
        draft.Text(SpanText.SessionId, source, Session, MetadataSession);
        draft.Text(SpanText.UserId, source, User, MetadataUser);
        draft.Text(SpanText.Environment, source, Environment);
        if (draft.Writer.Kind == StoredKind.Tool && !draft.Writer.Has(SpanText.ToolName) && source.Span.Name.Length > 0)
            draft.Copy(SpanText.Name, SpanText.ToolName);
    }

    private static void Content(in SpanSource source, SpanDraft draft)
    {
        if (draft.Writer.Kind is StoredKind.Generation or StoredKind.Agent or StoredKind.Chain)
        {
            draft.Content(isInput: true, source, Input);
            draft.Content(isInput: false, source, Output);
        }
        draft.Text(SpanText.Input, source, Input, TraceInput);
        draft.Text(SpanText.Output, source, Output, TraceOutput);
        if (draft.Writer.Kind == StoredKind.Retriever) draft.Json(SpanText.Documents, source, Output);
    }

    // Langfuse counts cached tokens beside the input.
    private static void UsageDetails(in SpanSource source, SpanDraft draft)
    {
        using var tape = draft.Tapes.Rent();
        if (draft.TryObject(source, Usage, tape))
        {
            var usage = tape.Root;
            draft.Convention = UsageConvention.Exclusive;
            draft.Count(SpanNumber.InputTokens, usage, "input", "prompt_tokens", "promptTokens");
            draft.Count(SpanNumber.OutputTokens, usage, "output", "completion_tokens", "completionTokens");
            draft.Count(SpanNumber.TotalTokens, usage, "total", "total_tokens");
            draft.Count(SpanNumber.CachedInputTokens, usage, "input_cached_tokens", "cache_read_input_tokens");
            draft.Count(SpanNumber.CacheWriteTokens, usage, "input_cache_creation", "cache_creation_input_tokens");
            CacheWritesByAge(usage, draft);
            draft.Count(SpanNumber.ReasoningTokens, usage, "output_reasoning_tokens", "output_reasoning");
            Total(draft);
        }
        if (draft.TryObject(source, Cost, tape) && tape.Root.Has("total", out var total) && total.TryGetDouble(out var dollars)) draft.CostGiven(dollars);
    }

    // What is kept for five minutes and for an hour has a price of its own there, and is counted apart.
    private static void CacheWritesByAge(JsonNode usage, SpanDraft draft)
    {
        if (draft.Writer.Has(SpanNumber.CacheWriteTokens)) return;
        var hasShort = usage.Has("input_cache_creation_5m", out var few) & few.TryGetInt64(out var minutes);
        var hasLong = usage.Has("input_cache_creation_1h", out var many) & many.TryGetInt64(out var hour);
        if ((hasShort || hasLong) && Math.Max(minutes, hour) < long.MaxValue / 2)
            draft.Count(SpanNumber.CacheWriteTokens, minutes + hour, "input_cache_creation");
    }

    // Reasoning tokens stand beside the output as cached ones do beside the input; the total tells.
    private static void Total(SpanDraft draft)
    {
        var (input, output, total) = (
            draft.Writer.Get(SpanNumber.InputTokens), draft.Writer.Get(SpanNumber.OutputTokens), draft.Writer.Get(SpanNumber.TotalTokens));
        var reasoning = draft.Writer.Get(SpanNumber.ReasoningTokens) ?? 0;
        var cached = draft.Writer.Get(SpanNumber.CachedInputTokens) ?? 0;
        if (reasoning > 0 && output is { } count && total is not null && total == input + cached + count + reasoning)
            draft.Writer.Set(SpanNumber.OutputTokens, count + reasoning);
    }

    private static void TimeToFirstToken(in SpanSource source, SpanDraft draft)
    {
        if (!source.Text(FirstToken, out var text) || draft.Writer.StartUnixNano == 0) return;
        if (!DateTimeOffset.TryParse(Encoding.UTF8.GetString(text).Trim('"'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)) return;
        draft.TimeToFirstToken(((at.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100) - draft.Writer.StartUnixNano);
    }
}
