using Plumbline.Contracts;

namespace Plumbline.Features.Grains;

/// <summary>Waits until what a process held is held by another: with pauses that grow, and not for ever.</summary>
internal sealed class Failover(TimeProvider clock)
{
    /// <summary>How long it is tried in vain: longer than it takes to notice that a process hangs and to open elsewhere what it held.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Longer than a call takes that nobody answers, with its repetition: what lasted so long before it failed had succeeded,
    /// though a stream may have brought nothing.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private long _begun = clock.GetTimestamp();
    private long? _failing;
    private TimeSpan _pause = FirstPause;

    /// <summary>Whether the same may succeed when it is tried again.</summary>
    public static bool IsPassing(Exception failure) =>
        failure is EnumerationAbortedException || TransportFault.Of(failure) is { IsOverload: false } || Failure.In(failure) is { IsRetryable: true };

    public void NoteSuccess() => (_failing, _pause) = (null, FirstPause);

    public void NoteFailure()
    {
        if (clock.GetElapsedTime(_begun) >= Settled) NoteSuccess();
        _failing ??= clock.GetTimestamp();
    }

    /// <summary>Returns when it is time to try again.</summary>
    /// <param name="failure">How the last attempt failed.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="RequestFailedException">UNAVAILABLE: it was tried for long enough.</exception>
    public async Task PauseAsync(Exception failure, CancellationToken cancellationToken)
    {
        if (_failing is { } since && clock.GetElapsedTime(since) >= Patience)
            throw Failure.In(failure) ?? Failure.Unavailable("A part of the server cannot be reached now. Try again in a few seconds.");
        await Task.Delay(_pause, clock, cancellationToken);
        _pause = TimeSpan.FromTicks(Math.Min(_pause.Ticks * 2, LongestPause.Ticks));
        _begun = clock.GetTimestamp();
    }
}
