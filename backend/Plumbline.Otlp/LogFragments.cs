using System.Text;
using System.Text.Json;
using Plumbline.Otlp.Mapping;
using Plumbline.TraceStore;

namespace Plumbline.Otlp;

/// <summary>Joins what came as log records to the span it belongs to. The order of arrival makes no difference, and the same record twice is one.</summary>
public static class LogFragments
{
    /// <summary>The span with the events and the logs of a fragment added, and with the messages that events tell unless the span tells its own.</summary>
    /// <param name="existing">What is stored of the span; null when nothing has come yet.</param>
    /// <param name="fragment">A span that holds nothing but ids, a time, events and logs; see <see cref="SpanMapper.MapLogs"/>.</param>
    public static SpanRecord Merge(SpanRecord? existing, SpanRecord fragment)
    {
        ArgumentNullException.ThrowIfNull(fragment);
        var whole = existing is null ? fragment : WithLogs(existing, fragment.Logs);
        var events = Unite(existing?.EventsJson, fragment.EventsJson);
        if (events is null) return whole;
        var told = EventMessages.Read(Encoding.UTF8.GetBytes(events));
        var input = IsFuller(told.InputJson, whole.InputMessagesJson);
        var output = IsFuller(told.OutputJson, whole.OutputMessagesJson);
        return whole with
        {
            EventsJson = events,
            InputMessagesJson = input ? told.InputJson : whole.InputMessagesJson,
            Input = input ? told.Input ?? whole.Input : whole.Input,
            OutputMessagesJson = output ? told.OutputJson : whole.OutputMessagesJson,
            Output = output ? told.Output ?? whole.Output : whole.Output,
        };
    }

    // What a span has no room for is said with it: the sender has had its answer.
    private static SpanRecord WithLogs(SpanRecord span, IReadOnlyList<string> logs)
    {
        if (logs.Count == 0) return span;
        var united = new SpanLogs(span.Logs);
        var left = logs.Count(log => !united.Add(log));
        var warnings = left == 0 ? span.Warnings : [.. span.Warnings.Append(ArrivalWarnings.Kept(united.Kept.Count, "log records")).Distinct()];
        return span with { Logs = united.Kept, Warnings = warnings };
    }

    // As when copies of a span are merged: the longer text stays. What the span tells itself and what its events tell are copies of one thing.
    private static bool IsFuller(string? told, string? stored) => told is not null && told.Length > (stored?.Length ?? -1);

    // One event may come in two carriers, as an event of the span and as a log record: it is kept once, as what came first.
    private static string? Unite(string? a, string? b)
    {
        if (a is null || b is null || a == b) return a ?? b;
        using var first = JsonDocument.Parse(a);
        using var second = JsonDocument.Parse(b);
        var known = first.RootElement.EnumerateArray().Select(e => new LogEvent(e)).ToList();
        var unmatched = known.ToList();
        foreach (var told in second.RootElement.EnumerateArray().Select(e => new LogEvent(e)))
        {
            var same = unmatched.FindIndex(e => e.IsSameAs(told));
            if (same >= 0) unmatched.RemoveAt(same);
            else known.Add(told);
        }
        return new StringBuilder("[").AppendJoin(
            ',', known.DistinctBy(e => e.Text).OrderBy(e => e.Time).ThenBy(e => e.Text, StringComparer.Ordinal).Select(e => e.Text)).Append(']').ToString();
    }
}
