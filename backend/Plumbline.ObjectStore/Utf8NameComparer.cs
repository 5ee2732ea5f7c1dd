namespace Plumbline.ObjectStore;

/// <summary>Orders names as their UTF-8 bytes would, which is the order of listings.</summary>
internal sealed class Utf8NameComparer : IComparer<string>
{
    public static readonly Utf8NameComparer Instance = new();

    public int Compare(string? x, string? y)
    {
        if (x is null || y is null) return string.CompareOrdinal(x, y);
        var same = x.AsSpan().CommonPrefixLength(y);
        if (same == x.Length || same == y.Length) return x.Length - y.Length;
        // UTF-16 sorts surrogates below U+E000..U+FFFF, UTF-8 above.
        var (a, b) = (x[same], y[same]);
        return char.IsSurrogate(a) == char.IsSurrogate(b) ? a - b : char.IsSurrogate(a) ? 1 : -1;
    }
}
