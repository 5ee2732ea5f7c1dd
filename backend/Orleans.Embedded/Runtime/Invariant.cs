using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>Checks that are always on.</summary>
internal static class Invariant
{
    public static void Holds([DoesNotReturnIf(false)] bool condition, string what)
    {
        if (!condition) throw new InvalidOperationException("Broken invariant: " + what + ".");
    }
}
