using System.Text;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Queries;

/// <summary>Conditions on dictionary values that are encoded lists.</summary>
internal static class ListPredicate
{
    /// <summary>Which lists hold all the wanted items.</summary>
    public static bool[] HoldsAll(Utf8Dictionary lists, IReadOnlyList<string> wanted)
    {
        var needles = wanted.Select(Encoding.UTF8.GetBytes).ToArray();
        var accepted = new bool[lists.Count];
        for (var code = 1; code < accepted.Length; code++) accepted[code] = HoldsAll(lists[code], needles);
        return accepted;
    }

    /// <summary>The items of an encoded list as strings.</summary>
    public static string[] Items(ReadOnlySpan<byte> encoded) => new Utf8List(encoded).ToArray();

    private static bool HoldsAll(ReadOnlySpan<byte> encoded, byte[][] needles)
    {
        foreach (var needle in needles)
        {
            if (!Holds(encoded, needle)) return false;
        }
        return true;
    }

    private static bool Holds(ReadOnlySpan<byte> encoded, byte[] needle)
    {
        foreach (var item in new Utf8List(encoded))
        {
            if (item.SequenceEqual(needle)) return true;
        }
        return false;
    }
}
