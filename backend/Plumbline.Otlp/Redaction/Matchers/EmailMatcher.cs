using System.Buffers;

namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>E-mail addresses: up to 64 characters, an at sign, up to 8 labels with dots, 2 to 24 letters.</summary>
internal sealed class EmailMatcher : TextMatcher
{
    private const int LongestLocal = 64;
    private const int LongestLabel = 63;
    private const int MostLabels = 8;
    private const int LongestTop = 24;
    private static readonly SearchValues<byte> Local = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._%+-"u8);
    private static readonly SearchValues<byte> Label = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-"u8);

    public override bool TryFind(ReadOnlySpan<byte> text, int from, out Range match)
    {
        for (var next = from; text[next..].IndexOf((byte)'@') is >= 0 and var found;)
        {
            var at = next + found;
            var first = Math.Max(from, at - LongestLocal);
            var start = first + text[first..at].LastIndexOfAnyExcept(Local) + 1;
            if (start < at && Domain(text, at + 1) is > 0 and var end)
            {
                match = start..end;
                return true;
            }
            next = at + 1;
        }
        match = default;
        return false;
    }

    // The end of the longest domain, or -1.
    private static int Domain(ReadOnlySpan<byte> text, int at)
    {
        var end = -1;
        for (var labels = 0; labels < MostLabels; labels++)
        {
            var label = Around.Run(text, at, Label);
            if (label is 0 or > LongestLabel || Around.At(text, at + label) != '.') break;
            at += label + 1;
            var top = 0;
            while (top < LongestTop && Around.IsLetter(Around.At(text, at + top))) top++;
            if (top >= 2) end = at + top;
        }
        return end;
    }
}
