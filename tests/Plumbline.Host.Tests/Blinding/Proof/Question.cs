using System.Text.RegularExpressions;

namespace Plumbline.Host.Tests.Blinding.Proof;

/// <summary>One request as it is asked in both worlds: ids stand in it by their names, between « and ».</summary>
/// <param name="About">The field of the schema that it is about.</param>
/// <param name="IsPaged">Whether it goes on, with « after », as long as there is another page.</param>
internal sealed partial record Question(string About, string Template, bool IsPaged = false)
{
    private const string Cursor = "«after»";

    /// <summary>Whether the world may not be the same afterwards.</summary>
    public bool IsChange => About.StartsWith("Mutation.", StringComparison.Ordinal) || IsWatching || IsOfRoutes;

    /// <summary>Whether spans arrive while it is answered.</summary>
    public bool IsWatching => About == "Subscription.traceUpdated";

    /// <summary>Whether it goes to a route of its own, which the template is.</summary>
    public bool IsOfRoutes => About == Routes.About;

    public bool IsLive => About.StartsWith("Subscription.", StringComparison.Ordinal);

    /// <summary>The request in a world.</summary>
    public string In(Site site, string? after = null) =>
        Placeholder().Replace(
            Template.Replace(Cursor, after is null ? "null" : $"\"{after}\"", StringComparison.Ordinal),
            m => site.Ids[m.Groups["name"].Value]);

    [GeneratedRegex("«(?<name>[^»]+)»", RegexOptions.None, 1000)]
    private static partial Regex Placeholder();
}
