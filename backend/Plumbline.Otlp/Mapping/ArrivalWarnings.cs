using System.Text;

namespace Plumbline.Otlp.Mapping;

/// <summary>What is said of a span as it arrived and cannot be seen from what is stored of it: whoever maps a stored span anew takes it over.</summary>
/// <remarks>Their beginnings tell them from what a mapping says, in spans stored long ago too: they may not change.</remarks>
internal static class ArrivalWarnings
{
    public const string NoStart = "the span has no start; the time it was received stands in";
    public const string RepeatedUsage = "the usage repeats that of another span and is not counted";

    private const string Only = "only the first ";
    private const string LeftOut = "the sender left out ";
    private const string TooLong = "a text longer than ";

    private static readonly byte[] Repeated = Encoding.UTF8.GetBytes(RepeatedUsage);
    private static readonly byte[][] Beginnings = [.. new[] { NoStart, Only, LeftOut, TooLong }.Select(Encoding.UTF8.GetBytes)];

    public static string Kept(int most, string what) => $"{Only}{most} {what} were kept";

    public static string Dropped(uint count, string what) => $"{LeftOut}{count} {what}";

    public static string Cut(int bytes) => $"{TooLong}{bytes} bytes was cut";

    /// <summary>Whether a warning is one of these, that of repeated usage apart.</summary>
    public static bool Contain(ReadOnlySpan<byte> warning)
    {
        foreach (var beginning in Beginnings)
        {
            if (warning.StartsWith(beginning)) return true;
        }
        return false;
    }

    public static bool IsRepeatedUsage(ReadOnlySpan<byte> warning) => warning.SequenceEqual(Repeated);
}
