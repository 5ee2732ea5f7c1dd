using System.Text.Json;
using Plumbline.Otlp.Pricing;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Remapping;

/// <summary>Spans as they are stored, made older, and mapped anew.</summary>
internal static class Remapped
{
    /// <summary>Maps every span of a batch anew, whatever its version.</summary>
    public static SpanRecord[] Of(SpanBatch stored, IPriceBook? prices)
    {
        using var remapper = new SpanRemapper();
        var writer = new SpanBatchWriter();
        foreach (var span in stored) remapper.Remap(span, prices, writer);
        return writer.ToBatch().ToRecords();
    }

    /// <summary>What an older mapping might have made of a span: nothing at all, or all wrong. What came with the span is there.</summary>
    public static SpanRecord ByAnOlderMapping(SpanRecord span, bool wrong)
    {
        var bare = new SpanRecord
        {
            TraceId = span.TraceId,
            SpanId = span.SpanId,
            ParentSpanId = span.ParentSpanId,
            Status = span.Status,
            StatusMessage = span.StatusMessage,
            StartUnixNano = span.StartUnixNano,
            EndUnixNano = span.EndUnixNano,
            Name = span.Name,
            ScopeName = span.ScopeName,
            Environment = span.Environment,
            AttributesJson = span.AttributesJson,
            EventsJson = span.EventsJson,
            LinksJson = span.LinksJson,
            ResourceJson = span.ResourceJson,
            Warnings = span.Warnings,
            MappingVersion = 0,
        };
        return !wrong ? bare : bare with
        {
            Kind = StoredKind.Embedding,
            Usage = UsageConvention.Exclusive,
            ServiceName = "wrong",
            Provider = "wrong",
            Model = "wrong",
            RequestModel = "wrong",
            Operation = "wrong",
            SessionId = "wrong",
            UserId = "wrong",
            PromptName = "wrong",
            PromptVersion = "wrong",
            ToolName = "wrong",
            Dialect = "wrong",
            TraceName = "wrong",
            ParametersJson = "[]",
            InputMessagesJson = "[]",
            OutputMessagesJson = "[]",
            Input = "wrong",
            Output = "wrong",
            ToolsJson = "[]",
            DocumentsJson = "[]",
            Tags = ["wrong"],
            FinishReasons = ["wrong"],
            Warnings = [.. span.Warnings, "llm.token_count.wrong says 1, another attribute 2"],
            InputTokens = -7,
            OutputTokens = -7,
            TotalTokens = -7,
            CachedInputTokens = -7,
            CacheWriteTokens = -7,
            ReasoningTokens = -7,
            TimeToFirstTokenNano = -7,
            CostGiven = -7,
            Cost = -7,
        };
    }

    public static void AssertSame(SpanRecord[] expected, SpanRecord[] actual) => Assert.Equal(expected.Select(Text), actual.Select(Text));

    private static string Text(SpanRecord span) => JsonSerializer.Serialize(span);
}
