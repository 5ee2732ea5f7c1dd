using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Plumbline.Features.Kernel.Storage;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Grains;

/// <summary>A grain whose state is the sum of the events in its journal: opened with the grain, and changed by writing events alone.</summary>
/// <param name="store">Where the journal is.</param>
/// <param name="folder">What its name starts with; the grain's key follows.</param>
internal abstract class JournaledGrain<TState, TEvent>(IObjectStore store, string folder) : Grain
    where TState : class, IJournaledState<TEvent>, new()
{
    private Journal<TState, TEvent>? _journal;

    protected TState State => Journal.State;

    /// <summary>How many events there have been.</summary>
    protected long Version => Journal.Version;

    protected Journal<TState, TEvent> Journal => _journal ?? throw new InvalidOperationException("The grain is not open.");

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _journal = await StorageFailures.OpenAsync<TState, TEvent>(
            store, $"{folder}/{this.GetPrimaryKeyString()}", ServiceProvider.GetRequiredService<ILogger<TState>>(), cancellationToken);

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_journal is not null) await _journal.DisposeAsync();
    }

    /// <summary>Writes events, together or not at all, and then applies them.</summary>
    protected virtual Task WriteAsync(IReadOnlyList<TEvent> events) => events.Count == 0 ? Task.CompletedTask : Journal.SaveAsync(events);
}

/// <summary>A state whose journal may hold what was erased.</summary>
internal interface IErasableState
{
    /// <summary>Whether events that came before an erasure are still on disk.</summary>
    bool LogHoldsErased { get; }
}

/// <summary>A journaled grain that erases: what is erased leaves the disk, too, now or when the grain is next opened.</summary>
internal abstract class ErasableJournaledGrain<TState, TEvent>(IObjectStore store, string folder) : JournaledGrain<TState, TEvent>(store, folder)
    where TState : class, IJournaledState<TEvent>, IErasableState, new()
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await base.OnActivateAsync(cancellationToken);
        try
        {
            await PurgeAsync();
        }
        catch (StorageUnavailableException)
        {
            // As long as the storage takes no writes there is still all to be read; the next activation tries again.
        }
    }

    /// <summary>What says that nothing on disk holds what was erased.</summary>
    protected abstract TEvent Purged();

    /// <summary>Takes what was erased off the disk: a snapshot takes the place of all events before it. Written down, so that a purge that
    /// was cut short is done again.</summary>
    protected async Task PurgeAsync()
    {
        if (!State.LogHoldsErased) return;
        await Journal.SnapshotAsync();
        await WriteAsync([Purged()]);
    }
}
