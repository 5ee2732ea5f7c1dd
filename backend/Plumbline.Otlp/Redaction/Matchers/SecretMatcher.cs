using System.Buffers;
using System.Text;

namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>Keys, tokens and passwords by what they begin with or what stands before them.</summary>
internal sealed class SecretMatcher : TextMatcher
{
    private const int Window = 4096;
    private const int LongestAnchor = 16;

    // As much as can lie between the beginning of a word like "access-token" and the value it announces.
    private const int LookBehind = 40;

    private static readonly SearchValues<string> Anchors = SearchValues.Create([.. SecretForms.All.Select(f => f.Anchor)], StringComparison.OrdinalIgnoreCase);

    [ThreadStatic]
    private static char[]? _widened;

    public override bool TryFind(ReadOnlySpan<byte> text, int from, out Range match)
    {
        match = default;
        var (start, order) = (int.MaxValue, int.MaxValue);
        var chars = _widened ??= new char[Window];
        for (var first = Math.Max(0, from - LookBehind); first < text.Length && first <= start; first += Window - LongestAnchor)
        {
            // Each byte as one character, so that the search for many words at once, which works on characters, gives positions of bytes.
            var view = chars.AsSpan(0, Encoding.Latin1.GetChars(text.Slice(first, Math.Min(Window, text.Length - first)), chars));
            for (var at = 0; view[at..].IndexOfAny(Anchors) is >= 0 and var found; at++)
            {
                at += found;
                if (first + at > start) break;
                if (SecretForms.At(text[(first + at)..]) is not { } form || !form.TryMatch(text, first + at, out var candidate)) continue;
                var begins = candidate.Start.Value;
                if (begins < from || begins > start || (begins == start && form.Order >= order)) continue;
                (start, order, match) = (begins, form.Order, candidate);
            }
        }
        return start < int.MaxValue;
    }
}
