using System.Globalization;
using System.Text;

namespace Plumbline.Contracts;

/// <summary>
/// Names in the one form in which they are kept, so that two that look the same are the same: nothing that cannot be seen, one blank between words,
/// full-width letters and signs as their usual ones.
/// </summary>
/// <remarks>The runtime does without tables of cultures and cannot bring text into a normal form of Unicode; this is the part of it that matters.</remarks>
public static class VisibleText
{
    private const int FirstFullWidth = 0xFF01;
    private const int LastFullWidth = 0xFF5E;
    private const int FullWidthToUsual = FirstFullWidth - '!';

    /// <summary>Letters and signs by category that show as nothing, or as a blank.</summary>
    private static readonly int[] Blanks = [0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D, 0x180F, 0x2800, 0x3164, 0xFFA0];

    /// <summary>The text as it is kept; null when it holds something that cannot be seen, or nothing.</summary>
    public static string? TryNormalize(string? text)
    {
        var kept = new StringBuilder();
        var rest = text.AsSpan().Trim();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out var rune, out var length) != System.Buffers.OperationStatus.Done || IsUnseen(rune)) return null;
            rest = rest[length..];
            if (Rune.GetUnicodeCategory(rune) != UnicodeCategory.SpaceSeparator) Append(kept, rune);
            else if (kept.Length > 0 && kept[^1] != ' ') kept.Append(' ');
        }
        var visible = kept.ToString().TrimEnd(' ');
        return visible.Length == 0 ? null : visible;
    }

    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse
        || Blanks.Contains(rune.Value);

    /// <summary>Which of several drawings of a sign is meant is no part of a name.</summary>
    private static void Append(StringBuilder kept, Rune rune)
    {
        if (rune.Value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF)) return;
        kept.Append(rune.Value is >= FirstFullWidth and <= LastFullWidth ? new Rune(rune.Value - FullWidthToUsual) : rune);
    }
}
