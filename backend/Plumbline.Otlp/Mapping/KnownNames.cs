using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Text;

namespace Plumbline.Otlp.Mapping;

/// <summary>The names of attributes that some dialect reads. They are words of conventions, not content: a rule that happens to match one would
/// hide from the mapping what the span is.</summary>
internal static class KnownNames
{
    private static readonly ConcurrentDictionary<string, bool> Names = new(StringComparer.Ordinal);

    /// <summary>Called for each <see cref="AttributeKey"/> that is made.</summary>
    public static void Add(string name) => Names[name] = true;

    public static bool Contain(ReadOnlySpan<byte> name)
    {
        // A dialect names its attributes when it is first used.
        foreach (var dialect in DialectList.All) RuntimeHelpers.RunClassConstructor(dialect.GetType().TypeHandle);
        return Names.ContainsKey(Encoding.UTF8.GetString(name));
    }
}
