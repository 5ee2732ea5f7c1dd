using System.Text.Json;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Puts the log records of a span into the order of their times.</summary>
internal static class LogOrder
{
    public static IEnumerable<string> Of(IReadOnlyList<string> logs) => logs.Count < 2 ? logs : logs.OrderBy(TimeOf);

    private static ulong TimeOf(string log)
    {
        using var json = JsonDocument.Parse(log, Deep);
        return json.RootElement.TryGetProperty("time", out var time) && time.TryGetUInt64(out var nanos) ? nanos : 0;
    }

    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };
}
