using System.Text;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>A text that may be anything a program recorded: of JSON and the like, wherever it stands in the text, only the words are shown.</summary>
internal static class RecordedText
{
    private const int MostWithin = 8;

    /// <summary>What is shown of it; null when nothing is left.</summary>
    public static string? Words(string text) => Words(text, 0);

    private static string? Words(string text, int within)
    {
        if (within == MostWithin) return null;
        if (!RecordedJson.IsAny(text)) return InProse(text, within);
        if (RecordedJson.IsWhole(text)) return RecordedJson.Text(text) is { } said ? Words(said, within + 1) : null;
        return StructureScanner.In(text) is [var first, ..] && text.Take(first.Start).All(Blanks.Is) ? InProse(text, within) : null;
    }

    private static string? InProse(string text, int within)
    {
        var left = Replace(text, StructureScanner.In(text), part => RecordedJson.IsWhole(part) ? Words(part, within + 1) : null);
        left = Replace(left, [.. StructureScanner.BareIn(left).Where(TellingItems.AreIn)], part => Printed(part, within));
        left = TellingPairs.Without(left);
        return left.Length < text.Length && left.AsSpan().Trim().IsEmpty ? null : left;
    }

    private static string Replace(string text, List<Structure> structures, Func<string, string?> said)
    {
        if (structures.Count == 0) return text;
        var shown = new StringBuilder();
        var from = 0;
        foreach (var structure in structures)
        {
            shown.Append(text, from, structure.Start - from).Append(said(text[structure.Start..structure.End]));
            from = structure.End;
        }
        return shown.Append(text, from, text.Length - from).ToString();
    }

    // The name of what prints itself tells whose library it is; code that makes an object is in braces.
    private static string? Printed(string part, int within) =>
        part[0] == '{' ? TellingItems.Without(part) : Words(string.Join('\n', PrintedMessages.Contents(part).Select(m => m.Words)), within + 1);
}
