using Plumbline.Contracts;
using Plumbline.ObjectStore;
using Plumbline.ObjectStore.Journals;

namespace Plumbline.Features;

/// <summary>What a grain says when its storage fails, in words that another process can read: exceptions of the object store end at the grain.</summary>
internal static class StorageFailures
{
    /// <summary>The failure as the contract words it.</summary>
    public static RequestFailedException Translated(ObjectStoreException failure) => failure is AppendConflictException or PreconditionFailedException
        ? Failure.Conflict("Somebody else changed this at the same time. Try again.")
        : Failure.Unavailable("The server cannot reach its data folder: it may be full or read-only. Nothing was changed; try again later.");

    /// <summary>Appends to a grain's journal.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="events">What happened.</param>
    /// <param name="lost">Called when another activation has the journal, which the next call reads anew: the grain's DeactivateOnIdle.</param>
    /// <exception cref="RequestFailedException">CONFLICT or UNAVAILABLE.</exception>
    public static Task SaveAsync<TState, TEvent>(this Journal<TState, TEvent> journal, IReadOnlyList<TEvent> events, Action lost)
        where TState : class, IJournaledState<TEvent>, new() => TranslatedAsync(() => journal.AppendAsync(events), lost);

    /// <summary>Takes what was erased off the disk: a snapshot takes the place of all events before it.</summary>
    /// <inheritdoc cref="SaveAsync{TState, TEvent}"/>
    public static Task CompactAsync<TState, TEvent>(this Journal<TState, TEvent> journal, Action lost)
        where TState : class, IJournaledState<TEvent>, new() => TranslatedAsync(() => journal.SnapshotAsync(), lost);

    private static async Task TranslatedAsync(Func<Task> action, Action lost)
    {
        try
        {
            await action();
        }
        catch (ObjectStoreException e)
        {
            if (e is AppendConflictException or PreconditionFailedException) lost();
            throw Translated(e);
        }
    }
}
