using System.Text;
using Plumbline.Features.Kernel.Messages;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>A text that a model said: it is what is judged, so it is shown as it is, and JSON in it in lines.</summary>
internal static class OwnText
{
    private static readonly string[] OfRecords = ["additional_kwargs", "response_metadata", "usage_metadata", "llm_output", "token_usage", "choices"];

    /// <summary>What is shown of it; null when nothing is left.</summary>
    public static string? Of(string text)
    {
        if (!RecordedJson.IsAny(text)) return InProse(text);
        if (RecordedJson.IsWhole(text)) return StructuredAnswer.Read(text) ?? RecordedText.Words(text);
        // What is cut off in the middle, or is no JSON but data of another kind, stays hidden; code and words that begin with data do not.
        return StructureScanner.In(text) is [{ IsCutOff: false } first, ..] && text.Take(first.Start).All(Blanks.Is) && !text.Skip(first.End).All(Blanks.Is)
            ? InProse(text)
            : null;
    }

    private static string? InProse(string text)
    {
        var shown = new StringBuilder();
        foreach (var (piece, isCode) in CodeBlocks.Of(text))
        {
            if (isCode) shown.Append(piece);
            else AppendProse(piece, shown);
        }
        var left = shown.ToString();
        return left.Length < text.Length && left.AsSpan().Trim().IsEmpty ? null : left;
    }

    private static void AppendProse(string text, StringBuilder into)
    {
        var shown = new StringBuilder();
        var from = 0;
        foreach (var structure in StructureScanner.In(text))
        {
            shown.Append(text, from, structure.Start - from);
            from = structure.End;
            var part = text[structure.Start..from];
            if (!RecordedJson.IsWhole(part)) shown.Append(Printed(part, structure));
            else if ((StructuredAnswer.Read(part) ?? RecordedText.Words(part)) is { } lines)
                AppendLines(lines, shown, isLast: from == text.Length || text[from] is '\r' or '\n');
        }
        // What has no names in quotes is looked for in what is left.
        into.Append(TellingItems.Without(shown.Append(text, from, text.Length - from).ToString()));
    }

    private static void AppendLines(string lines, StringBuilder shown, bool isLast)
    {
        if (shown.Length > 0 && shown[^1] != '\n') shown.Append('\n');
        shown.Append(lines);
        if (!isLast) shown.Append('\n');
    }

    // What is no JSON may be code, or what a program printed of a call.
    private static string? Printed(string part, Structure structure) => structure.Items.Any(i => i.Name is { } name && OfRecords.Contains(name))
        ? RecordedText.Words(string.Join('\n', PrintedMessages.Contents(part).Select(m => m.Words)))
        : TellingItems.Without(part);
}
