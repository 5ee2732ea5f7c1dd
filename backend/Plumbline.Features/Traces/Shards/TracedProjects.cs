using Plumbline.Contracts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Traces.Grains;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Traces.Shards;

/// <summary>Finds the projects by the names of what is stored, once, and by the shards that are opened later.</summary>
internal sealed class TracedProjects(IObjectStore objects, OpenStores stores) : ITracedProjects, IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private HashSet<ProjectKey>? _stored;

    public async ValueTask<IReadOnlyCollection<ProjectKey>> ListAsync(CancellationToken cancellationToken) =>
        [.. (await StoredAsync(cancellationToken)).Concat(stores.EverOpened.Select(ProjectKey.Of)).Distinct()];

    public void Dispose() => _turn.Dispose();

    private async ValueTask<HashSet<ProjectKey>> StoredAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return _stored ??= await ReadAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask<HashSet<ProjectKey>> ReadAsync(CancellationToken cancellationToken)
    {
        var found = new HashSet<ProjectKey>();
        await foreach (var stored in objects.ListAsync(TraceShardGrain.Folder, cancellationToken))
        {
            if (ProjectKey.TrySplit(stored.Name[TraceShardGrain.Folder.Length..], out var project, out _)) found.Add(project);
        }
        return found;
    }
}
