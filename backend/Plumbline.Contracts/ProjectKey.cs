using System.Diagnostics.CodeAnalysis;

namespace Plumbline.Contracts;

/// <summary>A project within its tenant. Keys of grains and objects start with its text, <c>organization/project</c>.</summary>
[GenerateSerializer, Alias("ProjectKey"), Immutable]
public readonly record struct ProjectKey([property: Id(0)] string Organization, [property: Id(1)] string Project)
{
    public override string ToString() => $"{Organization}/{Project}";

    /// <summary>A key below this project: <c>organization/project/rest</c>.</summary>
    public string Child(string rest) => $"{Organization}/{Project}/{rest}";

    /// <summary>Reads <c>organization/project</c>, both made by <see cref="RandomId"/>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out ProjectKey key)
    {
        key = default;
        return text is not null && TrySplit(text, out key, out var rest) && rest.Length == 0;
    }

    /// <summary>Reads the project at the start of a key made by <see cref="Child"/>, and what follows it (empty when nothing does).</summary>
    public static bool TrySplit(string text, out ProjectKey key, out string rest)
    {
        key = default;
        rest = "";
        var first = text.IndexOf('/');
        if (first < 0) return false;
        var second = text.IndexOf('/', first + 1);
        var organization = text[..first];
        var project = second < 0 ? text[(first + 1)..] : text[(first + 1)..second];
        if (!RandomId.IsWellFormed(organization) || !RandomId.IsWellFormed(project)) return false;
        if (second >= 0 && second == text.Length - 1) return false;
        rest = second < 0 ? "" : text[(second + 1)..];
        key = new ProjectKey(organization, project);
        return true;
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; for keys of our own making only.</summary>
    /// <exception cref="FormatException">It is not a valid project key.</exception>
    public static ProjectKey Parse(string text) =>
        TryParse(text, out var key) ? key : throw new FormatException($"'{text}' is not a valid project key.");

    /// <summary>The project that a grain with this key belongs to; for keys of our own making only.</summary>
    /// <exception cref="FormatException">It starts with no project key.</exception>
    public static ProjectKey Of(string grainKey) =>
        TrySplit(grainKey, out var key, out _) ? key : throw new FormatException($"'{grainKey}' starts with no project key.");
}
