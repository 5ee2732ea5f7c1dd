using Microsoft.Extensions.Logging;
using Plumbline.Contracts;
using Plumbline.Contracts.Grains;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features.Kernel.Storage;

/// <summary>What a grain says when its storage fails, in words that another process can read: exceptions of the object store end at the grain.</summary>
internal static partial class StorageFailures
{
    /// <summary>The failure as the contract words it.</summary>
    public static RequestFailedException Translated(ObjectStoreException failure) => failure switch
    {
        AppendConflictException or PreconditionFailedException => Failure.Moved(),
        StorageUnavailableException { Fault: StorageFault.Uncertain } => Failure.OutcomeUnknown(),
        StorageUnavailableException { Fault: StorageFault.Full or StorageFault.ReadOnly } =>
            Failure.Unavailable("The server cannot reach its data folder: it may be full or read-only. Nothing was changed; try again later."),
        _ => new(
            FailureCode.Internal,
            "The server could not read or write its data, and not because its disk is full or read-only: its log says why. Tell those who run it."),
    };

    /// <summary>The failure as the contract words it, for those above whom nobody writes it down: what only the log can explain is in it then.</summary>
    public static RequestFailedException Logged(this ILogger log, ObjectStoreException failure)
    {
        var translated = Translated(failure);
        if (translated.Code == FailureCode.Internal) LogFailed(log, failure, failure.ObjectName);
        return translated;
    }

    /// <summary>Opens a grain's journal.</summary>
    /// <exception cref="RequestFailedException">UNAVAILABLE or INTERNAL: no call has begun yet that could word it.</exception>
    public static async Task<Journal<TState, TEvent>> OpenAsync<TState, TEvent>(
        IObjectStore store, string name, ILogger log, CancellationToken cancellationToken)
        where TState : class, IJournaledState<TEvent>, new()
    {
        try
        {
            return await Journal<TState, TEvent>.OpenAsync(store, name, cancellationToken: cancellationToken);
        }
        catch (ObjectStoreException e)
        {
            throw log.Logged(e);
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

    [LoggerMessage(Level = LogLevel.Error, Message = "The object {Name} could not be read or written")]
    private static partial void LogFailed(ILogger log, Exception failure, string name);
}
