using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Kernel.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Storage;

/// <summary>Grain state as one JSON object for each grain and state name, guarded by entity tags. The same bytes under every grain runtime.</summary>
internal sealed class ObjectStoreGrainStorage(IObjectStore store, ILogger<ObjectStoreGrainStorage> log) : IGrainStorage
{
    /// <summary>What every name starts with.</summary>
    public const string Folder = "grainstate/";

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var stored = await ReadAsync(NameOf(stateName, grainId), cancellationToken);
        if (stored is null)
        {
            Reset(grainState);
            return;
        }
        grainState.State = StoredJson.Read<T>(stored.Content) ?? Activator.CreateInstance<T>();
        grainState.ETag = stored.ETag;
        grainState.RecordExists = true;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        var content = StoredJson.Of(grainState.State);
        var condition = grainState.ETag is null ? PutCondition.Missing : PutCondition.Matches(grainState.ETag);
        try
        {
            grainState.ETag = await store.PutAsync(NameOf(stateName, grainId), content, condition, cancellationToken);
            grainState.RecordExists = true;
            CallScope.NoteChange();
        }
        catch (PreconditionFailedException e)
        {
            throw Stale(e);
        }
        catch (ObjectStoreException e)
        {
            throw log.Logged(e);
        }
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        try
        {
            if (grainState.ETag is not null) await store.DeleteAsync(NameOf(stateName, grainId), grainState.ETag, cancellationToken);
            Reset(grainState);
            CallScope.NoteChange();
        }
        catch (PreconditionFailedException e)
        {
            throw Stale(e);
        }
        catch (ObjectStoreException e)
        {
            throw log.Logged(e);
        }
    }

    private async ValueTask<StoredObject?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await store.GetAsync(name, cancellationToken);
        }
        catch (ObjectStoreException e)
        {
            throw log.Logged(e);
        }
    }

    private static string NameOf(string stateName, GrainId grainId) => $"{Folder}{stateName}-{grainId}.json";

    private static InconsistentStateException Stale(PreconditionFailedException e) => new(e.Message, e.ActualETag, e.ExpectedETag, e);

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null;
        grainState.RecordExists = false;
    }
}
