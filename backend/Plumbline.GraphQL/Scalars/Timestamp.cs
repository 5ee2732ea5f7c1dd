using System.Globalization;
using Plumbline.GraphQL.Scalars;

namespace Plumbline.GraphQL;

/// <summary>An instant with nanoseconds, for <c>DateTime</c> fields whose source is finer than <see cref="DateTimeOffset"/>.</summary>
/// <param name="UnixNanoseconds">Nanoseconds since 1970-01-01T00:00:00Z.</param>
public readonly record struct Timestamp(long UnixNanoseconds) : IComparable<Timestamp>
{
    private const int NanosecondsPerTick = 100;

    /// <summary>The same instant, cut to 100 ns.</summary>
    public DateTimeOffset ToDateTimeOffset() => DateTimeOffset.UnixEpoch.AddTicks((long)Math.Floor(UnixNanoseconds / (decimal)NanosecondsPerTick));

    /// <summary>The instant of a <see cref="DateTimeOffset"/>.</summary>
    /// <exception cref="OverflowException">Outside of 1677 to 2262.</exception>
    public static Timestamp From(DateTimeOffset value) => new(checked((value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * NanosecondsPerTick));

    /// <inheritdoc/>
    public int CompareTo(Timestamp other) => UnixNanoseconds.CompareTo(other.UnixNanoseconds);

    /// <summary>RFC 3339 in UTC, with as many fractional digits as needed.</summary>
    public override string ToString()
    {
        Span<byte> text = stackalloc byte[DateTimeText.MaxLength];
        var length = DateTimeText.Write(UnixNanoseconds, text);
        return string.Create(CultureInfo.InvariantCulture, $"{System.Text.Encoding.ASCII.GetString(text[..length])}");
    }
}
