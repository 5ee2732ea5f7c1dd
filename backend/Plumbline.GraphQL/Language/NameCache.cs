using System.Text;

namespace Plumbline.GraphQL.Language;

/// <summary>Strings of names seen lately, so that reading the same documents again allocates no names. A slot is overwritten on collision,
/// which keeps it bounded; races are harmless because a slot is one reference.</summary>
internal static class NameCache
{
    private const int Slots = 4096;
    private const int LongestKept = 64;
    private static readonly string?[] Names = new string?[Slots];

    public static string Get(ReadOnlySpan<byte> name)
    {
        if (name.Length > LongestKept) return Encoding.ASCII.GetString(name);
        var hash = 2166136261u;
        foreach (var b in name) hash = (hash ^ b) * 16777619u;
        ref var slot = ref Names[(hash ^ (hash >> 15)) & (Slots - 1)];
        var known = slot;
        if (known is not null && Ascii.Equals(name, known)) return known;
        return slot = Encoding.ASCII.GetString(name);
    }
}
