using System.Collections.Immutable;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;

namespace Plumbline.Features.Access.State;

/// <summary>Which keys were made with which.</summary>
internal static class KeyDescent
{
    /// <summary>The id of the key that made one, in the same project; null when a person did.</summary>
    public static string? ParentId(string createdById, ProjectKey project)
    {
        var prefix = new Caller { ApiKeyId = "", Project = project }.ActorId;
        return createdById.Length > prefix.Length && createdById.StartsWith(prefix, StringComparison.Ordinal) ? createdById[prefix.Length..] : null;
    }

    /// <summary>Keys and all that were made with them, parents before their children.</summary>
    public static ImmutableArray<ApiKeyView> Of(ImmutableArray<ApiKeyView> keys, ImmutableArray<ApiKeyView> all)
    {
        var children = all.ToLookup(k => ParentId(k.CreatedById, k.Project), StringComparer.Ordinal);
        var found = new Dictionary<string, ApiKeyView>(StringComparer.Ordinal);
        var next = new Queue<ApiKeyView>(keys);
        while (next.TryDequeue(out var key))
        {
            if (!found.TryAdd(key.KeyId, key)) continue;
            foreach (var child in children[key.KeyId]) next.Enqueue(child);
        }
        return [.. found.Values];
    }
}
