using System.Runtime.CompilerServices;

namespace Plumbline.Features.Grains;

/// <summary>What a watcher at the edge asks of grains, asked again while they move from a process that is gone to another.</summary>
internal static class Reopening
{
    /// <summary>The items of a stream, which is opened anew when the grain that sends it ends or cannot be reached. What came in between is
    /// not told unless the stream tells it: it learns until when the one before held.</summary>
    /// <param name="open">Opens the stream; given null the first time, then the time up to which nothing was missed.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <exception cref="Contracts.RequestFailedException">UNAVAILABLE: nothing came of it for <see cref="Failover.Patience"/>.</exception>
    public static async IAsyncEnumerable<T> StreamAsync<T>(
        Func<DateTimeOffset?, IAsyncEnumerable<T>> open, TimeProvider clock, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var failover = new Failover(clock);
        var held = clock.GetUtcNow();
        for (DateTimeOffset? since = null; ; since = held)
        {
            Exception? lost;
            await using (var items = open(since).GetAsyncEnumerator(cancellationToken))
            {
                while (true)
                {
                    (var more, lost) = await StepAsync(items);
                    if (lost is not null)
                    {
                        failover.NoteFailure();
                        break;
                    }
                    failover.NoteSuccess();
                    if (!more) yield break;
                    held = clock.GetUtcNow();
                    yield return items.Current;
                }
            }
            await failover.PauseAsync(lost, cancellationToken);
        }
    }

    /// <summary>The answer to something that changes nothing.</summary>
    /// <exception cref="Contracts.RequestFailedException">UNAVAILABLE: there was none for <see cref="Failover.Patience"/>.</exception>
    public static async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> ask, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (var failover = new Failover(clock); ;)
        {
            try
            {
                return await ask();
            }
            catch (Exception e) when (Failover.IsPassing(e))
            {
                failover.NoteFailure();
                await failover.PauseAsync(e, cancellationToken);
            }
        }
    }

    private static async ValueTask<(bool More, Exception? Lost)> StepAsync<T>(IAsyncEnumerator<T> items)
    {
        try
        {
            return (await items.MoveNextAsync(), null);
        }
        catch (Exception e) when (Failover.IsPassing(e))
        {
            return (false, e);
        }
    }
}
