using System.Text.RegularExpressions;
using Plumbline.Contracts;

namespace Plumbline.Host.Tests.Blinding;

/// <summary>Takes out of an answer what differs between any two projects: when things were made, and ids drawn at random.</summary>
internal static partial class Sameness
{
    public static string Of(string answer, World world)
    {
        var seen = new Dictionary<string, string>();
        var named = Id().Replace(answer, match =>
        {
            if (!NodeId.TryParse(match.Value, out var id)) return match.Value;
            var key = id.Key.Replace(world.Project.ToString(), "P", StringComparison.Ordinal);
            if (id.Kind is NodeKinds.Trace or NodeKinds.Span or NodeKinds.Project or NodeKinds.Prompt or NodeKinds.PromptVersion) return $"{id.Kind}:{key}";
            // Numbered by kind: what only looks like an id, as the beginning of a secret may, must not move the others.
            if (!seen.TryGetValue(match.Value, out var name))
                seen.Add(match.Value, name = $"{id.Kind}#{seen.Values.Count(n => n.StartsWith(id.Kind + '#', StringComparison.Ordinal))}");
            return name;
        });
        return Time().Replace(named, "\"${field}\":\"T\"").Replace(world.Name, "W", StringComparison.Ordinal);
    }

    [GeneratedRegex("\\b[a-z]{2,6}_[A-Za-z0-9_-]{8,}", RegexOptions.None, 1000)]
    private static partial Regex Id();

    [GeneratedRegex("\"(?<field>[a-zA-Z]+At|undoableUntil)\":\"[^\"]*\"", RegexOptions.None, 1000)]
    private static partial Regex Time();
}
