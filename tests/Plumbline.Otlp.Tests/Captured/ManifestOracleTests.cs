using System.Text.Json;
using Plumbline.TraceStore;

namespace Plumbline.Otlp.Tests.Captured;

/// <summary>Every fact that a captured body carries about a model call must come out of the mapping.</summary>
public sealed class ManifestOracleTests
{
    public static TheoryData<string> Entries => [.. Captures.Real];

    [Theory, MemberData(nameof(Entries))]
    public void ModelCalls_CarryWhatTheBodyHolds(string id)
    {
        var entry = Captures.Entry(id);
        var spans = Joined(entry);
        var missing = entry.GetProperty("expected").GetProperty("llm_spans").EnumerateArray()
            .SelectMany(call => Differences(call, spans.GetValueOrDefault(call.GetProperty("span_id").GetString()!))).ToArray();
        Assert.Empty(missing);
    }

    [Theory, MemberData(nameof(Entries))]
    public void Spans_AreAllThere_WithTheirParents(string id)
    {
        var entry = Captures.Entry(id);
        var spans = Joined(entry).Where(s => s.Value.Name is not null).ToDictionary();
        var pending = entry.GetProperty("expected").GetProperty("pending_spans").EnumerateArray().Select(p => p.GetString()).ToHashSet();
        Assert.Equal(entry.GetProperty("spans").GetInt32(), spans.Count);
        if (!entry.TryGetProperty("tree", out var tree)) return; // left out for the very large traces
        foreach (var node in tree.EnumerateArray().Where(n => !pending.Contains(n.GetProperty("span_id").GetString())))
        {
            var span = spans[node.GetProperty("span_id").GetString()!];
            Assert.Equal(node.GetProperty("parent").GetString() ?? "0000000000000000", span.ParentSpanId.ToString());
            Assert.Equal(node.GetProperty("name").GetString(), span.Name ?? "");
        }
    }

    private static Dictionary<string, SpanRecord> Joined(JsonElement entry)
    {
        var spans = new Dictionary<string, SpanRecord>(StringComparer.Ordinal);
        foreach (var body in Captures.Bodies(entry).Where(b => b.Signal == OtlpSignal.Traces))
        {
            foreach (var span in body.Spans()) spans[span.SpanId.ToString()] = span;
        }
        foreach (var body in Captures.Bodies(entry).Where(b => b.Signal == OtlpSignal.Logs))
        {
            foreach (var fragment in new SpanMapper(Captures.Limits).MapLogs(body.Bytes, body.Encoding, MappingSettings.Default).Batch.ToRecords())
                spans[fragment.SpanId.ToString()] = LogFragments.Merge(spans.GetValueOrDefault(fragment.SpanId.ToString()), fragment);
        }
        return spans;
    }

    private static IEnumerable<string> Differences(JsonElement call, SpanRecord? span)
    {
        var at = call.GetProperty("span_name").GetString();
        if (span is null)
        {
            yield return $"{at}: no such span";
            yield break;
        }
        var wire = call.GetProperty("on_wire");
        if (span.Kind is not (StoredKind.Generation or StoredKind.Embedding)) yield return $"{at}: kind {span.Kind}";
        if (OnWire(wire, "request_model") && !Same(call, "request_model", span.RequestModel) && !Same(call, "response_model", span.Model))
            yield return $"{at}: request model {span.RequestModel}";
        if (OnWire(wire, "response_model") && !OnlyInside(wire, "response_model", "output.value") && !Same(call, "response_model", span.Model))
            yield return $"{at}: model {span.Model}";
        if (OnWire(wire, "input_tokens") && call.GetProperty("input_tokens").GetInt64() != span.InputTokens)
            yield return $"{at}: input tokens {span.InputTokens}";
        if (OnWire(wire, "output_tokens") && call.GetProperty("output_tokens").GetInt64() != span.OutputTokens)
            yield return $"{at}: output tokens {span.OutputTokens}";
        if (OnWire(wire, "session_id") && span.SessionId is null) yield return $"{at}: session";
        if (OnWire(wire, "user_id") && span.UserId is null) yield return $"{at}: user";
        if (OnWire(wire, "input_text") && Text(call, "input_text80") is { } input && !Holds(span.InputMessagesJson, span.Input, input))
            yield return $"{at}: input {span.Input} {span.InputMessagesJson}";
        if (OnWire(wire, "output_text") && Text(call, "output_text80") is { } output && !Holds(span.OutputMessagesJson, span.Output, output))
            yield return $"{at}: output {span.Output} {span.OutputMessagesJson}";
    }

    private static bool OnWire(JsonElement wire, string fact) =>
        wire.TryGetProperty(fact, out var keys) && keys.ValueKind == JsonValueKind.Array
            && keys.EnumerateArray().Any(k => !k.GetString()!.StartsWith("elsewhere", StringComparison.Ordinal));

    // A fact that only a serialised object of the library holds is no fact of the dialect.
    private static bool OnlyInside(JsonElement wire, string fact, string key) =>
        wire.GetProperty(fact).EnumerateArray().All(k => k.GetString()!.Contains("inside JSON", StringComparison.Ordinal)
            || k.GetString()!.StartsWith(key, StringComparison.Ordinal));

    private static bool Same(JsonElement call, string name, string? value) => call.GetProperty(name).GetString() == value;

    private static string? Text(JsonElement call, string name) =>
        call.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String && text.GetString()!.Length > 0 ? text.GetString() : null;

    // The manifest shows the beginning only, in which a character may be cut in half.
    private static bool Holds(string? messagesJson, string? plain, string beginning)
    {
        beginning = beginning.TrimEnd('\uFFFD', '…');
        if (plain?.Contains(beginning, StringComparison.Ordinal) == true) return true;
        if (messagesJson is null) return false;
        using var messages = JsonDocument.Parse(messagesJson);
        return messages.RootElement.EnumerateArray().SelectMany(m => m.GetProperty("parts").EnumerateArray())
            .Any(p => p.TryGetProperty("content", out var c) && c.ValueKind == JsonValueKind.String
                && c.GetString()!.Contains(beginning, StringComparison.Ordinal));
    }
}
