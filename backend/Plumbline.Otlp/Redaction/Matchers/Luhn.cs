namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>The check digit of card numbers.</summary>
/// <remarks>ISO/IEC 7812-1, annex B.</remarks>
internal static class Luhn
{
    public const int ShortestCard = 13;
    public const int LongestCard = 19;

    /// <summary>Whether the digits of a text, whatever stands between them, are as many as a card has and end in the right one.</summary>
    public static bool IsCard(ReadOnlySpan<byte> number)
    {
        var sum = 0;
        var count = 0;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (!Around.IsDigit(number[i])) continue;
            var digit = number[i] - '0';
            if (count++ % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return count is >= ShortestCard and <= LongestCard && sum % 10 == 0;
    }
}
