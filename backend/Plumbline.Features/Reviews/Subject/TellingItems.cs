using System.Text;
using Plumbline.Features.Kernel.Messages.Structures;

namespace Plumbline.Features.Reviews.Subject;

/// <summary>Cuts out of data in a text what tells who made it, and leaves the rest as it stands, without a trace of there having been any.</summary>
internal static class TellingItems
{
    private const int MostWithin = 8;

    /// <summary>Whether data without quotes around their names, which may as well be code, hold what tells outright.</summary>
    public static bool AreIn(Structure structure) => structure.Items.Any(i =>
        i.Name is { } name && (i.IsLiteral || structure.Form == StructureForm.Call) && IdentityKeys.TellOutright(name));

    /// <summary>A text without such items in the structures in it.</summary>
    public static string Without(string text) => Without(text, 0);

    private static string Without(string text, int within)
    {
        if (within == MostWithin) return "";
        var left = Without(text, StructureScanner.In(text), within);
        return Without(left, StructureScanner.BareIn(left), within);
    }

    private static string Without(string text, List<Structure> structures, int within)
    {
        var shown = new StringBuilder();
        var from = 0;
        foreach (var structure in structures)
        {
            shown.Append(text, from, structure.Start - from);
            from = structure.Start;
            foreach (var (start, end, isString) in Changes(structure))
            {
                if (start < from) continue;
                shown.Append(text, from, start - from);
                if (isString) shown.Append(Without(text[start..end], within + 1));
                from = end;
            }
        }
        return shown.Append(text, from, text.Length - from).ToString();
    }

    // What is cut out, and the strings that may hold more of it, in order.
    private static IEnumerable<(int Start, int End, bool IsString)> Changes(Structure structure)
    {
        var strings = structure.Strings.Select(s => (s.Start, s.End, true));
        return Cuts(structure).Concat(strings).OrderBy(c => c.Item1);
    }

    // Names in quotes are those of data; others are when one of them tells outright.
    private static bool Tells(Structure structure, StructureItem item, bool areData) =>
        areData && item.Name is { } name && IdentityKeys.Contain(name) && (item.IsLiteral || structure.Form != StructureForm.Bare);

    private static IEnumerable<(int Start, int End, bool IsString)> Cuts(Structure structure)
    {
        var kept = new HashSet<int>();
        var areData = structure.Form == StructureForm.Quoted || AreIn(structure);
        foreach (var item in structure.Items.OrderBy(i => i.Start))
        {
            if (!Tells(structure, item, areData)) kept.Add(item.Of);
            else if (item.Before >= 0 && kept.Contains(item.Of)) yield return (item.Before, item.End, false);
            else yield return (item.Start, item.After, false);
        }
    }
}
