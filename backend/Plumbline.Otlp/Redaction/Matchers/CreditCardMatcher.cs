namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>Card numbers: 13 to 19 digits, single spaces or hyphens between them, with the right check digit.</summary>
internal sealed class CreditCardMatcher : TextMatcher
{
    public override bool TryFind(ReadOnlySpan<byte> text, int from, out Range match)
    {
        for (var next = from; text[next..].IndexOfAny(Around.Digits) is >= 0 and var found;)
        {
            var start = next + found;
            var isBegun = start > 0 && (text[start - 1] is (byte)'.' or (byte)'-' || Around.IsDigitBefore(text, start));
            var end = isBegun ? 0 : End(text, start);
            if (end > 0 && Luhn.IsCard(text[start..end]))
            {
                match = start..end;
                return true;
            }
            next = end > 0 ? end : start + Around.DigitsAt(text, start);
        }
        match = default;
        return false;
    }

    // The end of the longest run of digits that could be a card number, or 0.
    private static int End(ReadOnlySpan<byte> text, int start)
    {
        var end = 0;
        var at = start + 1;
        for (var count = 1; ;)
        {
            if (count >= Luhn.ShortestCard && Around.At(text, at) != '-' && !Around.IsDigitAt(text, at)) end = at;
            if (count == Luhn.LongestCard) return end;
            if (Around.At(text, at) is (byte)' ' or (byte)'-') at++;
            if (!Around.IsDigit(Around.At(text, at))) return end;
            at++;
            count++;
        }
    }
}
