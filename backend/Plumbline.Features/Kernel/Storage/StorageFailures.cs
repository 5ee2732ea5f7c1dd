using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Kernel.Storage;

/// <summary>What a grain says when its storage fails, in words that another process can read: exceptions of the object store end at the grain.</summary>
internal static class StorageFailures
{
    /// <summary>The failure as the contract words it.</summary>
    public static RequestFailedException Translated(ObjectStoreException failure) => failure switch
    {
        AppendConflictException or PreconditionFailedException => Failure.Moved(),
        StorageUnavailableException { Fault: StorageFault.Uncertain } => Failure.OutcomeUnknown(),
        _ => Failure.Unavailable("The server cannot reach its data folder: it may be full or read-only. Nothing was changed; try again later."),
    };

    /// <summary>Opens a grain's journal.</summary>
    /// <exception cref="RequestFailedException">UNAVAILABLE: no call has begun yet that could word it.</exception>
    public static async Task<Journal<TState, TEvent>> OpenAsync<TState, TEvent>(IObjectStore store, string name, CancellationToken cancellationToken)
        where TState : class, IJournaledState<TEvent>, new()
    {
        try
        {
            return await Journal<TState, TEvent>.OpenAsync(store, name, cancellationToken: cancellationToken);
        }
        catch (ObjectStoreException e)
        {
            throw Translated(e);
        }
    }

    /// <summary>Appends to a grain's journal, and notes that something was changed.</summary>
    /// <exception cref="ObjectStoreException">Nothing was written. Worded for the caller where the grain's call ends.</exception>
    public static async Task SaveAsync<TState, TEvent>(this Journal<TState, TEvent> journal, IReadOnlyList<TEvent> events)
        where TState : class, IJournaledState<TEvent>, new()
    {
        await journal.AppendAsync(events);
        CallScope.NoteChange();
    }
}
