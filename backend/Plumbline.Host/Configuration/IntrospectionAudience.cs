using System.Collections.Immutable;
using Plumbline.Contracts.Access;

namespace Plumbline.Host.Configuration;

/// <summary>Who may ask for the schema, by introspection or as text, and is told in errors what is named alike.</summary>
/// <param name="Keys">Whether API keys may.</param>
/// <param name="Roles">The roles of people who may, held in any of their organizations.</param>
internal sealed record IntrospectionAudience(bool Keys, ImmutableHashSet<Role> Roles)
{
    private const string Key = "key";

    /// <summary>Everybody with a credential.</summary>
    public static IntrospectionAudience All { get; } = new(true, [.. Enum.GetValues<Role>()]);

    /// <summary>Nobody.</summary>
    public static IntrospectionAudience None { get; } = new(false, []);

    /// <summary>Whether the role of a person makes no difference.</summary>
    public bool IsSameForPeople => Roles.IsEmpty || Roles.Count == Enum.GetValues<Role>().Length;

    /// <summary>The same as it would be written.</summary>
    public override string ToString()
    {
        string[] words = [.. Keys ? [Key] : Array.Empty<string>(), .. Roles.Order().Select(r => $"{r}".ToLowerInvariant())];
        return words.Length == 0 ? "none" : string.Join(',', words);
    }

    /// <summary>What can be written.</summary>
    public static string Allowed =>
        $"all, none, or a list such as {Key},owner,developer of {Key} and the roles {string.Join(", ", Enum.GetNames<Role>()).ToLowerInvariant()}";

    /// <summary>Reads <c>all</c>, <c>none</c> or a list with commas; null when it is none of them.</summary>
    public static IntrospectionAudience? Parse(string text)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (words is [var only] && only.Equals("all", StringComparison.OrdinalIgnoreCase)) return All;
        if (words is [var one] && one.Equals("none", StringComparison.OrdinalIgnoreCase)) return None;
        var roles = ImmutableHashSet.CreateBuilder<Role>();
        var keys = false;
        foreach (var word in words)
        {
            if (word.Equals(Key, StringComparison.OrdinalIgnoreCase)) keys = true;
            else if (char.IsAsciiLetter(word[0]) && Enum.TryParse<Role>(word, true, out var role)) roles.Add(role);
            else return null;
        }
        return words.Length == 0 ? null : new IntrospectionAudience(keys, roles.ToImmutable());
    }
}
