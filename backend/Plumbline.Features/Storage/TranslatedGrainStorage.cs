using Microsoft.Extensions.Logging;
using Orleans.Storage;
using Plumbline.Contracts.Grains;
using Plumbline.Features.Kernel.Storage;
using Plumbline.ObjectStore;

namespace Plumbline.Features.Storage;

/// <summary>A grain storage of others with the failures of ours: what it throws is worded for callers, what it changes is noted, and a write whose
/// answer was lost and that it takes for somebody else's is recognized.</summary>
/// <param name="inner">The storage.</param>
/// <param name="failureOf">What its exceptions mean, given whether something was to be written; null for those that are none of the storage.</param>
/// <param name="log">Where failures are explained of which callers learn nothing.</param>
internal sealed class TranslatedGrainStorage(IGrainStorage inner, Func<Exception, bool, ObjectStoreException?> failureOf, ILogger<TranslatedGrainStorage> log)
    : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ReadStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        WriteStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        ClearStateAsync(stateName, grainId, grainState, CancellationToken.None);

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        try
        {
            await inner.ReadStateAsync(stateName, grainId, grainState, cancellationToken);
        }
        catch (Exception e) when (failureOf(e, false) is { } failure)
        {
            throw log.Logged(failure);
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        try
        {
            await inner.WriteStateAsync(stateName, grainId, grainState, cancellationToken);
        }
        catch (InconsistentStateException)
        {
            if (!await WasWrittenAsync(stateName, grainId, grainState, cancellationToken)) throw;
        }
        catch (Exception e) when (failureOf(e, true) is { } failure)
        {
            throw log.Logged(failure);
        }
        CallScope.NoteChange();
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState, CancellationToken cancellationToken)
    {
        try
        {
            await inner.ClearStateAsync(stateName, grainId, grainState, cancellationToken);
        }
        catch (Exception e) when (failureOf(e, true) is { } failure)
        {
            throw log.Logged(failure);
        }
        CallScope.NoteChange();
    }

    // The answer to the first sending may have been lost, and the second have met what the first had written.
    private async Task<bool> WasWrittenAsync<T>(string stateName, GrainId grainId, IGrainState<T> written, CancellationToken cancellationToken)
    {
        var found = new GrainState<T>();
        await ReadStateAsync(stateName, grainId, found, cancellationToken);
        if (!found.RecordExists || found.ETag == written.ETag || !SameBytes(found.State, written.State)) return false;
        (written.ETag, written.RecordExists) = (found.ETag, true);
        return true;
    }

    private static bool SameBytes<T>(T? one, T? other) => StoredJson.Of(one).AsSpan().SequenceEqual(StoredJson.Of(other));
}
