using System.Globalization;

namespace Plumbline.GraphQL.Scalars;

/// <summary>RFC 3339 (https://www.rfc-editor.org/rfc/rfc3339) with up to nine fractional digits.</summary>
internal static class DateTimeText
{
    public const int MaxLength = 30;
    private const long NanosecondsPerSecond = 1_000_000_000;
    private const long FirstSecond = -62_135_596_800; // 0001-01-01
    private const long LastSecond = 253_402_300_799; // 9999-12-31T23:59:59

    public static int Write(long unixNanoseconds, Span<byte> to)
    {
        var seconds = Math.DivRem(unixNanoseconds, NanosecondsPerSecond, out var nanoseconds);
        if (nanoseconds < 0)
        {
            nanoseconds += NanosecondsPerSecond;
            seconds--;
        }
        return Write(seconds, (int)nanoseconds, to);
    }

    public static int Write(DateTimeOffset value, Span<byte> to)
    {
        var ticks = value.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;
        var seconds = Math.DivRem(ticks, TimeSpan.TicksPerSecond, out var rest);
        if (rest < 0)
        {
            rest += TimeSpan.TicksPerSecond;
            seconds--;
        }
        return Write(seconds, (int)rest * 100, to);
    }

    private static int Write(long unixSeconds, int nanoseconds, Span<byte> to)
    {
        var moment = DateTime.UnixEpoch.AddTicks(unixSeconds * TimeSpan.TicksPerSecond);
        moment.Deconstruct(out int year, out int month, out int day);
        var second = (int)(moment.Ticks % TimeSpan.TicksPerDay / TimeSpan.TicksPerSecond);
        Pair(to, 0, year / 100);
        Pair(to, 2, year % 100);
        to[4] = to[7] = (byte)'-';
        Pair(to, 5, month);
        Pair(to, 8, day);
        to[10] = (byte)'T';
        Pair(to, 11, second / 3600);
        to[13] = to[16] = (byte)':';
        Pair(to, 14, second / 60 % 60);
        Pair(to, 17, second % 60);
        var at = 19;
        if (nanoseconds != 0)
        {
            to[at] = (byte)'.';
            Digits(to, at + 1, 9, nanoseconds);
            at += 10;
            while (to[at - 1] == '0') at--;
        }
        to[at] = (byte)'Z';
        return at + 1;
    }

    private static void Pair(Span<byte> to, int at, int value)
    {
        to[at] = (byte)('0' + value / 10);
        to[at + 1] = (byte)('0' + value % 10);
    }

    private static void Digits(Span<byte> to, int at, int count, int value)
    {
        for (var i = at + count - 1; i >= at; i--)
        {
            to[i] = (byte)('0' + value % 10);
            value /= 10;
        }
    }

    /// <summary>Reads a date-time with offset; false when it is none or lies outside of the years 1 to 9999.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, out long unixSeconds, out int nanoseconds)
    {
        unixSeconds = 0;
        nanoseconds = 0;
        if (text.Length < 20 || text[4] != '-' || text[7] != '-' || text[10] is not ('T' or 't' or ' ') || text[13] != ':' || text[16] != ':') return false;
        if (!Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)) return false;
        if (!Number(text[11..13], out var hour) || !Number(text[14..16], out var minute) || !Number(text[17..19], out var second)) return false;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59) return false;
        var rest = text[19..];
        if (rest[0] == '.' && !Fraction(ref rest, out nanoseconds)) return false;
        if (!Offset(rest, out var offsetSeconds)) return false;
        var moment = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc);
        unixSeconds = (moment.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerSecond - offsetSeconds;
        return unixSeconds is >= FirstSecond and <= LastSecond;
    }

    private static bool Fraction(ref ReadOnlySpan<char> rest, out int nanoseconds)
    {
        nanoseconds = 0;
        var digits = 0;
        while (digits + 1 < rest.Length && char.IsAsciiDigit(rest[digits + 1])) digits++;
        if (digits is 0 or > 9) return false;
        if (!Number(rest[1..(digits + 1)], out nanoseconds)) return false;
        for (var i = digits; i < 9; i++) nanoseconds *= 10;
        rest = rest[(digits + 1)..];
        return rest.Length > 0;
    }

    private static bool Offset(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
        if (text is "Z" or "z") return true;
        if (text.Length != 6 || text[0] is not ('+' or '-') || text[3] != ':') return false;
        if (!Number(text[1..3], out var hours) || !Number(text[4..6], out var minutes) || hours > 23 || minutes > 59) return false;
        seconds = (hours * 60 + minutes) * 60 * (text[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool Number(ReadOnlySpan<char> text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
