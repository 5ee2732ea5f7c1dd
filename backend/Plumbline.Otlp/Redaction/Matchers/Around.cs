using System.Buffers;
using System.Globalization;
using System.Text;

namespace Plumbline.Otlp.Redaction.Matchers;

/// <summary>What kind of character stands before or at a position of UTF-8.</summary>
internal static class Around
{
    public static readonly SearchValues<byte> Digits = SearchValues.Create("0123456789"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    public static bool IsDigit(byte c) => (uint)(c - '0') <= 9;

    public static bool IsLetter(byte c) => (uint)((c | 0x20) - 'a') <= 25;

    public static bool IsWord(byte c) => IsLetter(c) || IsDigit(c) || c == '_';

    /// <summary>The byte at a position, or 0 outside the text.</summary>
    public static byte At(ReadOnlySpan<byte> text, int at) => (uint)at < (uint)text.Length ? text[at] : (byte)0;

    public static int DigitsAt(ReadOnlySpan<byte> text, int at) => Run(text, at, Digits);

    public static int HexDigitsAt(ReadOnlySpan<byte> text, int at) => Run(text, at, HexDigits);

    /// <summary>How many characters of a set stand at a position.</summary>
    public static int Run(ReadOnlySpan<byte> text, int at, SearchValues<byte> set)
    {
        if (at >= text.Length) return 0;
        var end = text[at..].IndexOfAnyExcept(set);
        return end < 0 ? text.Length - at : end;
    }

    /// <summary>Whether a letter, digit, mark or connector ends before a position.</summary>
    public static bool IsWordBefore(ReadOnlySpan<byte> text, int at) => at > 0 && (text[at - 1] < 0x80 ? IsWord(text[at - 1]) : IsWord(Before(text, at)));

    public static bool IsWordAt(ReadOnlySpan<byte> text, int at) => at < text.Length && (text[at] < 0x80 ? IsWord(text[at]) : IsWord(RuneAt(text, at, out _)));

    /// <summary>As <see cref="IsWordBefore"/>, and joiners count too, as they do for a word's boundary.</summary>
    public static bool IsInWordBefore(ReadOnlySpan<byte> text, int at) =>
        IsWordBefore(text, at) || (at > 0 && text[at - 1] >= 0x80 && IsJoiner(Before(text, at)));

    /// <inheritdoc cref="IsInWordBefore"/>
    public static bool IsInWordAt(ReadOnlySpan<byte> text, int at) =>
        IsWordAt(text, at) || (at < text.Length && text[at] >= 0x80 && IsJoiner(RuneAt(text, at, out _)));

    public static bool IsDigitBefore(ReadOnlySpan<byte> text, int at) => at > 0 && (text[at - 1] < 0x80 ? IsDigit(text[at - 1]) : IsDigit(Before(text, at)));

    public static bool IsDigitAt(ReadOnlySpan<byte> text, int at) =>
        at < text.Length && (text[at] < 0x80 ? IsDigit(text[at]) : IsDigit(RuneAt(text, at, out _)));

    /// <summary>Bytes of the white space at a position; 0 when there is none.</summary>
    public static int SpaceAt(ReadOnlySpan<byte> text, int at)
    {
        if (at >= text.Length) return 0;
        if (text[at] < 0x80) return text[at] == ' ' || text[at] is >= 9 and <= 13 ? 1 : 0;
        return Rune.IsWhiteSpace(RuneAt(text, at, out var length)) ? length : 0;
    }

    public static Rune RuneAt(ReadOnlySpan<byte> text, int at, out int length)
    {
        Rune.DecodeFromUtf8(text[at..], out var rune, out length);
        return rune;
    }

    private static Rune Before(ReadOnlySpan<byte> text, int at)
    {
        Rune.DecodeLastFromUtf8(text[..at], out var rune, out _);
        return rune;
    }

    // Beyond the basic plane nothing counts as a word's character, as in expressions over UTF-16.
    private static bool IsWord(Rune rune) => rune.IsBmp && Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark
        or UnicodeCategory.DecimalDigitNumber or UnicodeCategory.ConnectorPunctuation;

    private static bool IsDigit(Rune rune) => rune.IsBmp && Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber;

    private static bool IsJoiner(Rune rune) => rune.Value is 0x200C or 0x200D;
}
