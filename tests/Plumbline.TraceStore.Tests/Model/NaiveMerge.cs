using System.Reflection;
using System.Text;

namespace Plumbline.TraceStore.Tests.Model;

/// <summary>Copies of one span made one, written independently of the store.</summary>
internal static class NaiveMerge
{
    private static readonly PropertyInfo[] Fields = [.. typeof(SpanRecord).GetProperties().Where(p => p.CanWrite)];

    public static SpanRecord Merge(SpanRecord a, SpanRecord b)
    {
        var merged = a with
        {
            ParentSpanId = new SpanId(Math.Max(a.ParentSpanId.Value, b.ParentSpanId.Value)),
            Kind = a.Kind == StoredKind.Span ? b.Kind : b.Kind == StoredKind.Span ? a.Kind : (StoredKind)Math.Min((int)a.Kind, (int)b.Kind),
            Status = (StoredStatus)Math.Max((int)a.Status, (int)b.Status),
            Usage = (UsageConvention)Math.Max((int)a.Usage, (int)b.Usage),
            StartUnixNano = a.StartUnixNano == 0 ? b.StartUnixNano : b.StartUnixNano == 0 ? a.StartUnixNano : Math.Min(a.StartUnixNano, b.StartUnixNano),
            EndUnixNano = Math.Max(a.EndUnixNano, b.EndUnixNano),
        };
        // Texts, lists and numbers are joined alike, whatever they say: so is one that comes to be.
        foreach (var field in Fields) Join(field, a, b, merged);
        return merged with { MappingVersion = a.MappingVersion is { } one && b.MappingVersion is { } other ? Math.Min(one, other) : null };
    }

    private static void Join(PropertyInfo field, SpanRecord a, SpanRecord b, SpanRecord merged)
    {
        var (x, y) = (field.GetValue(a), field.GetValue(b));
        if (field.PropertyType == typeof(string)) field.SetValue(merged, Text((string?)x, (string?)y));
        else if (field.PropertyType == typeof(long?)) field.SetValue(merged, Number((long?)x, (long?)y));
        else if (field.PropertyType == typeof(IReadOnlyList<string>)) field.SetValue(merged, List((IReadOnlyList<string>)x!, (IReadOnlyList<string>)y!));
    }

    private static string? Text(string? a, string? b)
    {
        if (a is null || b is null) return a ?? b;
        var (x, y) = (Encoding.UTF8.GetBytes(a), Encoding.UTF8.GetBytes(b));
        if (x.Length != y.Length) return x.Length > y.Length ? a : b;
        return x.AsSpan().SequenceCompareTo(y) >= 0 ? a : b;
    }

    private static IReadOnlyList<string> List(IReadOnlyList<string> a, IReadOnlyList<string> b) => a.SequenceEqual(b) ? a : Sorted(a.Concat(b));

    public static string[] Sorted(IEnumerable<string> items) =>
        [.. items.Distinct().OrderBy(Encoding.UTF8.GetBytes, Comparer<byte[]>.Create((x, y) => x.AsSpan().SequenceCompareTo(y)))];

    private static long? Number(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}
