using System.Text;
using Plumbline.TraceStore.Columns;
using Plumbline.TraceStore.Text;

namespace Plumbline.TraceStore.Queries;

/// <summary>Answers <see cref="FacetQuery"/>.</summary>
internal static class FacetScan
{
    public static async ValueTask<IReadOnlyList<FacetCount>> RunAsync(
        IReadOnlyList<SegmentView> views, FacetQuery query, SpanStoreOptions options, CancellationToken cancellationToken)
    {
        TraceScan.Check(query.First, options);
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var fields = new FieldSet();
        GroupKeys.Fields(query.Field, ref fields);
        fields.Add(NumberField.Start);
        var asked = views.Where(v => v.Overlaps(query.Range));
        var read = ReadAhead.RunAsync(asked, view => ReadAsync(view, fields, query, cancellationToken), hesitant: false, cancellationToken);
        await foreach (var (view, rows) in read.ConfigureAwait(false))
        {
            if (query.Field == GroupField.Tag) CountTags(view.Column(CodeField.Tags), rows, counts);
            else Count(GroupKeys.Of(query.Field, view), rows, counts);
        }
        return Ordered(counts, query);
    }

    private static async ValueTask<(SegmentView View, Bitmap Rows)> ReadAsync(
        SegmentView view, FieldSet fields, FacetQuery query, CancellationToken cancellationToken)
    {
        await view.LoadAsync(fields, cancellationToken).ConfigureAwait(false);
        var rows = await Scope.SpansAsync(view, query.Hidden, cancellationToken).ConfigureAwait(false);
        if (view.Bounds.FromUnixNano < query.Range.FromUnixNano || view.Bounds.ToUnixNano >= query.Range.ToUnixNano)
            rows.And(view.Column(NumberField.Start).Between(query.Range.FromUnixNano, query.Range.ToUnixNano - 1));
        return (view, rows);
    }

    private static void Count(GroupKeys keys, Bitmap rows, Dictionary<string, long> counts)
    {
        var byKey = new long[keys.Count];
        foreach (var row in rows) byKey[keys[row]]++;
        for (var key = 0; key < byKey.Length; key++)
        {
            if (byKey[key] > 0 && keys.Text(key) is { Length: > 0 } text) Add(counts, text, byKey[key]);
        }
    }

    private static void CountTags(CodeColumn column, Bitmap rows, Dictionary<string, long> counts)
    {
        var byList = new long[column.Values.Count];
        foreach (var row in rows) byList[column[row]]++;
        for (var code = 1; code < byList.Length; code++)
        {
            if (byList[code] == 0) continue;
            foreach (var tag in new Utf8List(column.Values[code]))
            {
                if (!tag.IsEmpty) Add(counts, Encoding.UTF8.GetString(tag), byList[code]);
            }
        }
    }

    private static void Add(Dictionary<string, long> counts, string value, long count) => counts[value] = counts.GetValueOrDefault(value) + count;

    private static FacetCount[] Ordered(Dictionary<string, long> counts, FacetQuery query)
    {
        var prefix = query.Prefix is { Length: > 0 } p ? new Needle(p) : null;
        return [.. counts.Where(c => prefix is null || prefix.IsPrefixOf(Encoding.UTF8.GetBytes(c.Key)))
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Take(query.First).Select(c => new FacetCount(c.Key, c.Value))];
    }
}
