using System.Reflection;
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
        if (!wrong) return bare;
        var mapped = bare with
        {
            Kind = StoredKind.Embedding,
            Usage = UsageConvention.Exclusive,
            Warnings = [.. span.Warnings, "llm.token_count.wrong says 1, another attribute 2"],
        };
        foreach (var field in typeof(SpanRecord).GetProperties().Where(p => p.CanWrite && !CameWithTheSpan.Contains(p.Name))) Spoil(field, mapped);
        return mapped;
    }

    private static readonly string[] CameWithTheSpan =
    [
        nameof(SpanRecord.StatusMessage), nameof(SpanRecord.Name), nameof(SpanRecord.ScopeName), nameof(SpanRecord.Environment),
        nameof(SpanRecord.AttributesJson), nameof(SpanRecord.EventsJson), nameof(SpanRecord.LinksJson), nameof(SpanRecord.ResourceJson),
        nameof(SpanRecord.Warnings), nameof(SpanRecord.Logs), nameof(SpanRecord.MappingVersion),
    ];

    // Whatever a mapping makes of attributes, also what it comes to make.
    private static void Spoil(PropertyInfo field, SpanRecord span)
    {
        if (field.PropertyType == typeof(string)) field.SetValue(span, field.Name.EndsWith("Json", StringComparison.Ordinal) ? "[]" : "wrong");
        else if (field.PropertyType == typeof(long?)) field.SetValue(span, -7L);
        else if (field.PropertyType == typeof(IReadOnlyList<string>)) field.SetValue(span, (string[])["wrong"]);
    }

    public static void AssertSame(SpanRecord[] expected, SpanRecord[] actual) => Assert.Equal(expected.Select(Text), actual.Select(Text));

    private static string Text(SpanRecord span) => JsonSerializer.Serialize(span);
}
