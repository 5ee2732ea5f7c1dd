using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Plumbline.TraceStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Recognises spans that carry what an evaluator said, and takes it out.</summary>
internal static class Scores
{
    private const string Evaluation = "gen_ai.evaluation.";
    private static readonly string[] Lists = ["annotations.", "evaluations."];
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
    private static readonly JsonWriterOptions Lenient = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    /// <summary>Whether the span may carry a score, in an event or in attributes of any dialect.</summary>
    public static bool AreIn(SpanReader span) =>
        span.Text(SpanText.Events).IndexOf("\"gen_ai.evaluation."u8) >= 0 || span.Text(SpanText.Attributes) is var attributes
        && (attributes.IndexOf("\"gen_ai.evaluation."u8) >= 0 || attributes.IndexOf("annotations."u8) >= 0 || attributes.IndexOf("evaluations."u8) >= 0);

    /// <summary>The spans of a trace without what evaluators said: without their spans and what they called, and without the events and attributes that
    /// carry scores.</summary>
    public static IReadOnlyList<SpanRecord> Without(IReadOnlyList<SpanRecord> trace)
    {
        var left = trace.ToDictionary(s => s.SpanId);
        var children = trace.ToLookup(s => s.ParentSpanId);
        var evaluators = new Stack<SpanRecord>(trace.Where(s => s.Kind == StoredKind.Evaluator));
        while (evaluators.TryPop(out var span))
        {
            if (!left.Remove(span.SpanId)) continue;
            foreach (var child in children[span.SpanId]) evaluators.Push(child);
        }
        return [.. trace.Where(s => left.ContainsKey(s.SpanId)).Select(Without)];
    }

    /// <summary>The log records of a span without the events that tell of anything but scores.</summary>
    public static SpanRecord OnlyIn(SpanRecord fragment)
    {
        using var document = JsonDocument.Parse(fragment.EventsJson ?? "[]", Deep);
        var scores = document.RootElement.EnumerateArray().Where(e => IsScore(e.GetProperty("name").GetString()!)).Select(e => e.GetRawText()).ToList();
        return fragment with { EventsJson = scores.Count == 0 ? null : $"[{string.Join(',', scores)}]" };
    }

    private static SpanRecord Without(SpanRecord span) => span with
    {
        AttributesJson = Changed(span.AttributesJson, WriteAttributes),
        EventsJson = Changed(span.EventsJson, WriteEvents),
        // A log may tell it anywhere in its words.
        Logs = span.Logs.Any(MayHoldAScore) ? [.. span.Logs.Where(log => !MayHoldAScore(log))] : span.Logs,
    };

    private static string? Changed(string? json, Action<Utf8JsonWriter, JsonElement> write)
    {
        if (json is null || !MayHoldAScore(json)) return json;
        using var document = JsonDocument.Parse(json, Deep);
        var written = new ArrayBufferWriter<byte>(json.Length);
        using (var writer = new Utf8JsonWriter(written, Lenient)) write(writer, document.RootElement);
        return Encoding.UTF8.GetString(written.WrittenSpan);
    }

    private static void WriteAttributes(Utf8JsonWriter writer, JsonElement attributes)
    {
        writer.WriteStartObject();
        foreach (var attribute in attributes.EnumerateObject().Where(a => !IsScore(a.Name))) attribute.WriteTo(writer);
        writer.WriteEndObject();
    }

    private static void WriteEvents(Utf8JsonWriter writer, JsonElement events)
    {
        writer.WriteStartArray();
        foreach (var happened in events.EnumerateArray().Where(e => !IsScore(e.GetProperty("name").GetString()!)))
        {
            writer.WriteStartObject();
            foreach (var member in happened.EnumerateObject())
            {
                if (member.Name != "attributes" || member.Value.ValueKind != JsonValueKind.Object)
                {
                    member.WriteTo(writer);
                    continue;
                }
                writer.WritePropertyName(member.Name);
                WriteAttributes(writer, member.Value);
            }
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
    }

    private static bool MayHoldAScore(string json) => json.Contains(Evaluation, StringComparison.Ordinal) || Array.Exists(Lists, json.Contains);

    private static bool IsScore(string name) => name.StartsWith(Evaluation, StringComparison.Ordinal) || Array.Exists(Lists, name.Contains);
}
