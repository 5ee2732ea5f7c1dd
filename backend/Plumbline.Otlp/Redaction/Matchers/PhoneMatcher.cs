namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>Telephone numbers: groups of digits behind a country code or an area code, or 8 to 15 digits behind a plus sign; neither dates
/// nor card numbers.</summary>
internal sealed class PhoneMatcher : TextMatcher
{
    private const int Shortest = 8;
    private const int Longest = 15;
    private const int LongestCountry = 3;
    private const int LongestArea = 5;
    private const int LongestGroup = 8;

    // Behind a plus sign there is a country code, and then nothing but its length tells how a number is grouped.
    private const int LongestGroupAfterPlus = 12;
    private const int MostGroups = 4;

    public override bool TryFind(ReadOnlySpan<byte> text, int from, out Range match)
    {
        for (var next = from; text[next..].IndexOfAny(Around.Digits) is >= 0 and var found;)
        {
            var digit = next + found;
            var start = digit > from && text[digit - 1] is (byte)'+' or (byte)'(' ? digit - 1 : digit;
            var end = End(text, start);
            if (end < 0 && start < digit) end = End(text, start = digit);
            if (end > 0 && IsMeant(text[start..end]))
            {
                match = start..end;
                return true;
            }
            next = end > 0 ? end : digit + Around.DigitsAt(text, digit);
        }
        match = default;
        return false;
    }

    private static bool IsMeant(ReadOnlySpan<byte> number)
    {
        var digits = 0;
        foreach (var c in number)
        {
            if (Around.IsDigit(c)) digits++;
        }
        return digits is >= Shortest and <= Longest && !Luhn.IsCard(number) && !IsDate(number);
    }

    // 2025-12-15
    private static bool IsDate(ReadOnlySpan<byte> text) => text is [_, _, _, _, (byte)'-' or (byte)'.', _, _, (byte)'-' or (byte)'.', _, _];

    private static int End(ReadOnlySpan<byte> text, int start)
    {
        if (Around.IsWordBefore(text, start) || Around.At(text, start - 1) == '+') return -1;
        var isPlus = text[start] == '+';
        if (Around.At(text, start - 1) is not ((byte)'.' or (byte)'-'))
        {
            var end = isPlus ? AfterPlus(text, start + 1) : AfterCountry(text, start, LongestGroup);
            if (end > 0) return end;
        }
        var digits = isPlus ? Around.DigitsAt(text, start + 1) : 0;
        return digits is >= Shortest and <= Longest && !Around.IsWordAt(text, start + 1 + digits) ? start + 1 + digits : -1;
    }

    private static int AfterPlus(ReadOnlySpan<byte> text, int at)
    {
        for (var country = Math.Min(LongestCountry, Around.DigitsAt(text, at)); country > 0; country--)
        {
            if (IsSeparator(text, at + country) && AfterCountry(text, at + country + 1, LongestGroupAfterPlus) is > 0 and var separated) return separated;
            if (AfterCountry(text, at + country, LongestGroupAfterPlus) is > 0 and var end) return end;
        }
        return -1;
    }

    private static int AfterCountry(ReadOnlySpan<byte> text, int at, int longest)
    {
        if (Around.At(text, at) == '(' && Around.DigitsAt(text, at + 1) is >= 2 and <= LongestArea and var area && Around.At(text, at + 1 + area) == ')')
        {
            at += area + 2;
            var isWhole = longest == LongestGroupAfterPlus;
            if (IsSeparator(text, at) && Groups(text, at + 1, longest, isWhole) is > 0 and var separated) return separated;
            return Groups(text, at, longest, isWhole);
        }
        return Groups(text, at, longest, isWhole: false);
    }

    // A group of digits is taken whole or not at all: what follows a part of it would be a digit, and after the last group there may be none.
    // Behind both a country and an area code one group is enough.
    private static int Groups(ReadOnlySpan<byte> text, int at, int longest, bool isWhole)
    {
        var first = Around.DigitsAt(text, at);
        if (first < 2 || first > (isWhole ? longest : LongestArea)) return -1;
        at += first;
        var end = isWhole && IsEnd(text, at) ? at : -1;
        for (var groups = 0; groups < MostGroups && IsSeparator(text, at); groups++)
        {
            var digits = Around.DigitsAt(text, at + 1);
            if (digits < 2 || digits > longest) break;
            at += digits + 1;
            if (IsEnd(text, at)) end = at;
        }
        return end;
    }

    private static bool IsEnd(ReadOnlySpan<byte> text, int at) => Around.At(text, at) != '-' && !Around.IsWordAt(text, at);

    private static bool IsSeparator(ReadOnlySpan<byte> text, int at) => Around.At(text, at) is (byte)' ' or (byte)'.' or (byte)'-';
}
