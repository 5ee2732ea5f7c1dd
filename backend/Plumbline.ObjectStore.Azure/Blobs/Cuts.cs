using System.Collections.Immutable;
using System.Globalization;

namespace Plumbline.ObjectStore.Azure.Blobs;

/// <summary>Bytes from <paramref name="Start"/> up to <paramref name="End"/> of a blob that do not count.</summary>
internal readonly record struct Cut(long Start, long End);

/// <summary>The parts of an append blob that do not count. Such a blob cannot be shortened; what is cut off stays in it and is left out by
/// everybody who reads it, from the moment on at which its metadata say so. Sorted, none touching another.</summary>
internal sealed record Cuts(ImmutableArray<Cut> Ranges)
{
    /// <summary>The end of a cut that takes in whatever will be appended.</summary>
    public const long Open = long.MaxValue;

    public static Cuts None { get; } = new([]);

    public bool IsEmpty => Ranges.IsEmpty;

    /// <summary>Reads what <see cref="ToString"/> wrote.</summary>
    /// <exception cref="FormatException">It is something else.</exception>
    public static Cuts Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return None;
        var cuts = None;
        foreach (var part in text.Split(','))
        {
            var dash = part.IndexOf('-', StringComparison.Ordinal);
            if (dash <= 0) throw new FormatException($"'{text}' names no ranges of bytes.");
            cuts = cuts.With(Number(part.AsSpan(0, dash)), dash == part.Length - 1 ? Open : Number(part.AsSpan(dash + 1)));
        }
        return cuts;
    }

    /// <summary>Those and one more.</summary>
    public Cuts With(long start, long end)
    {
        if (start >= end) return this;
        var before = Ranges.Where(r => r.End < start);
        var after = Ranges.Where(r => r.Start > end);
        foreach (var range in Ranges.Where(r => r.End >= start && r.Start <= end)) (start, end) = (Math.Min(start, range.Start), Math.Max(end, range.End));
        return new Cuts([.. before, new Cut(start, end), .. after]);
    }

    /// <summary>The same for a blob that ends at <paramref name="end"/>: a cut does not reach beyond.</summary>
    public Cuts Closed(long end) => Ranges is [.., { End: Open } last] ? new Cuts(Ranges.RemoveAt(Ranges.Length - 1)).With(last.Start, end) : this;

    /// <summary>How many bytes count of a blob that has <paramref name="length"/>.</summary>
    public long VisibleLength(long length)
    {
        var hidden = 0L;
        foreach (var range in Ranges) hidden += Math.Max(0, Math.Min(range.End, length) - range.Start);
        return length - hidden;
    }

    /// <summary>Where in the blob the byte lies that is the <paramref name="offset"/>th of those that count; behind all, where the next is appended.</summary>
    public long Place(long offset)
    {
        foreach (var range in Ranges)
        {
            if (offset < range.Start) return offset;
            offset += range.End == Open ? 0 : range.End - range.Start;
        }
        return offset;
    }

    /// <summary>The parts of the blob that hold these bytes of those that count, in order.</summary>
    public IEnumerable<Cut> PartsOf(long offset, long count, long length)
    {
        var (at, left) = (0L, count);
        foreach (var gap in Ranges.Append(new Cut(length, Open)))
        {
            var (start, end) = (at, Math.Min(gap.Start, length));
            at = gap.End;
            var size = end - start;
            if (size <= 0) continue;
            var skipped = Math.Min(offset, size);
            offset -= skipped;
            var taken = Math.Min(left, size - skipped);
            if (taken > 0) yield return new Cut(start + skipped, start + skipped + taken);
            left -= taken;
            if (left == 0) yield break;
        }
    }

    public bool Equals(Cuts? other) => other is not null && Ranges.AsSpan().SequenceEqual(other.Ranges.AsSpan());

    public override int GetHashCode() => Ranges.Length;

    public override string ToString() =>
        string.Join(',', Ranges.Select(r => r.End == Open ? string.Create(CultureInfo.InvariantCulture, $"{r.Start}-") : $"{r.Start}-{r.End}"));

    private static long Number(ReadOnlySpan<char> text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
