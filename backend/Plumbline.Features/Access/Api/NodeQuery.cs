using System.Collections.Frozen;
using Plumbline.Contracts;
using Plumbline.Contracts.Access;
using Plumbline.GraphQL;

namespace Plumbline.Features.Access.Api;

/// <summary>Anything by its id: the kind in the id says which slice answers.</summary>
[ResolversFor("Query")]
internal sealed class NodeQuery(IEnumerable<INodeResolver> resolvers)
{
    private readonly FrozenDictionary<string, INodeResolver> _byKind = resolvers.ToFrozenDictionary(r => r.Kind, StringComparer.Ordinal);

    public async Task<object?> Node(string id, Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated) throw Failure.Unauthenticated();
        if (!NodeId.TryParse(id, out var parsed) || !_byKind.TryGetValue(parsed.Kind, out var resolver)) throw Failure.NotFound();
        return await resolver.ResolveAsync(parsed.Key, caller, cancellationToken) ?? throw Failure.NotFound();
    }
}
