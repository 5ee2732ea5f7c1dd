using System.Net;
using System.Text.RegularExpressions;
using Plumbline.Otlp.Redaction;

namespace Plumbline.Otlp.Tests.Redaction;

/// <summary>The built-in kinds as regular expressions, and what these alone cannot tell: what the matchers over UTF-8 must find.</summary>
internal static partial class ReferenceExpressions
{
    private const int ShortestCard = 13;
    private const int LongestCard = 19;
    private const int ShortestPhone = 8;
    private const int LongestPhone = 15;

    public static Regex For(RedactedKind kind) => kind switch
    {
        RedactedKind.Email => Email(),
        RedactedKind.Phone => Phone(),
        RedactedKind.CreditCard => CreditCard(),
        RedactedKind.IpAddress => IpAddress(),
        _ => Secret(),
    };

    /// <summary>Whether something that looks like it is it: a card number by its check digit, a phone number by its length, an address by its parts.</summary>
    public static bool IsMeant(RedactedKind kind, ReadOnlySpan<char> found) => kind switch
    {
        RedactedKind.CreditCard => Luhn(found),
        RedactedKind.Phone => Digits(found) is >= ShortestPhone and <= LongestPhone && !Luhn(found) && !IsDate(found),
        RedactedKind.IpAddress => IPAddress.TryParse(found, out _),
        _ => true,
    };

    // The check digit of ISO/IEC 7812-1, annex B.
    private static bool Luhn(ReadOnlySpan<char> number)
    {
        var sum = 0;
        var count = 0;
        for (var i = number.Length - 1; i >= 0; i--)
        {
            if (!char.IsAsciiDigit(number[i])) continue;
            var digit = number[i] - '0';
            if (count++ % 2 == 1) digit = digit > 4 ? (digit * 2) - 9 : digit * 2;
            sum += digit;
        }
        return count is >= ShortestCard and <= LongestCard && sum % 10 == 0;
    }

    // 2025-12-15
    private static bool IsDate(ReadOnlySpan<char> text) => text is [_, _, _, _, '-' or '.', _, _, '-' or '.', _, _];

    private static int Digits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c)) count++;
        }
        return count;
    }

    [GeneratedRegex(@"[A-Za-z0-9._%+\-]{1,64}@(?:[A-Za-z0-9\-]{1,63}\.){1,8}[A-Za-z]{2,24}", RegexOptions.None, 1000)]
    private static partial Regex Email();

    [GeneratedRegex(
        @"(?<![\w+.\-])(?:\+\d{1,3}[ .\-]?(?:\(\d{2,5}\)[ .\-]?\d{2,12}(?:[ .\-]\d{2,12}){0,4}|\d{2,5}(?:[ .\-]\d{2,12}){1,4})"
            + @"|(?:\(\d{2,5}\)[ .\-]?)?\d{2,5}(?:[ .\-]\d{2,8}){1,4})(?![\w\-])|(?<![\w+])\+\d{8,15}(?!\w)",
        RegexOptions.None, 1000)]
    private static partial Regex Phone();

    [GeneratedRegex(@"(?<![\d.\-])\d(?:[ \-]?\d){12,18}(?![\d\-])", RegexOptions.None, 1000)]
    private static partial Regex CreditCard();

    [GeneratedRegex(
        @"(?<![\w.:])(?:\d{1,3}(?:\.\d{1,3}){3}|(?:[0-9A-Fa-f]{1,4}:){2,7}[0-9A-Fa-f]{1,4}|(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6})(?![\w:]|\.\d)",
        RegexOptions.None, 1000)]
    private static partial Regex IpAddress();

    [GeneratedRegex(
        @"-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]{0,8192}?-----END [A-Z ]*PRIVATE KEY-----|\bsk-[A-Za-z0-9_\-]{16,}|\bpl_[A-Za-z0-9]{24,}|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{30,}|\bgithub_pat_[A-Za-z0-9_]{30,}|\bxox[abprs]-[A-Za-z0-9\-]{10,}|\bAIza[A-Za-z0-9_\-]{35}|\beyJ[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}\.[A-Za-z0-9_\-]{8,}|(?<=\b[Bb]earer )[A-Za-z0-9._~+/\-]{16,}=*|(?<=(?:password|passwd|secret|api[_\-]?key|access[_\-]?token)[""']?\s{0,3}[:=]\s{0,3}[""']?)[^\s""',;]{6,}",
        RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Secret();
}
