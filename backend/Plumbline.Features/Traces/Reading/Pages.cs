using Plumbline.Contracts.Traces;

namespace Plumbline.Features.Traces.Reading;

/// <summary>Merges the pages that shards gave for one question. A cursor names a place in the order, so it holds for all shards.</summary>
internal static class Pages
{
    public static Page<T> Merge<T>(Page<T>[] pages, Comparison<T> order, int first)
    {
        if (pages.Length == 1) return pages[0];
        var all = pages.SelectMany(p => p.Items.Zip(p.Cursors)).ToArray();
        Array.Sort(all, (a, b) => order(a.First, b.First));
        var taken = all.Take(first).ToArray();
        var total = pages.All(p => p.TotalCount is not null) ? pages.Sum(p => p.TotalCount) : null;
        return new([.. taken.Select(t => t.First)], [.. taken.Select(t => t.Second)], all.Length > first || pages.Any(p => p.HasNextPage), total);
    }

    /// <summary>Traces of one session may lie in several shards.</summary>
    public static Page<SessionView>[] Unite(Page<SessionView>[] pages)
    {
        if (pages.Length == 1) return pages;
        var sessions = pages.SelectMany(p => p.Items.Zip(p.Cursors)).GroupBy(s => s.First.SessionId, StringComparer.Ordinal).Select(Unite).ToArray();
        return [new([.. sessions.Select(s => s.Session)], [.. sessions.Select(s => s.Cursor)], pages.Any(p => p.HasNextPage), null), new([], [], false, null)];
    }

    private static (SessionView Session, string Cursor) Unite(IEnumerable<(SessionView Session, string Cursor)> parts)
    {
        var list = parts.OrderByDescending(p => p.Session.LastSeenUnixNano).ToArray();
        var latest = list[0].Session;
        return (latest with
        {
            UserId = list.Select(p => p.Session.UserId).FirstOrDefault(u => u is not null),
            FirstSeenUnixNano = list.Min(p => p.Session.FirstSeenUnixNano),
            TraceCount = list.Sum(p => p.Session.TraceCount),
            Tokens = list.Select(p => p.Session.Tokens).Aggregate(StatsParts.Add),
            CostUsd = list.Select(p => p.Session.CostUsd).Aggregate(StatsParts.Add),
        }, list[0].Cursor);
    }
}
