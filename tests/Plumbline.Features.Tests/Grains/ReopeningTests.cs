using Orleans.Storage;
using Plumbline.Contracts;
using Plumbline.Features.Grains;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Grains;

/// <summary>A stream of a grain goes on when the grain moves, waits for it for a while, and ends with what is wrong when that is not a
/// matter of waiting.</summary>
public sealed class ReopeningTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly List<DateTimeOffset?> _opened = [];

    public static TheoryData<Exception> Passing =>
    [
        new EnumerationAbortedException(), new SiloUnavailableException(), Failure.Unavailable("Later."), new OrleansException(
            "Wrapped.", Failure.Unavailable("Later.")),
        // What a grain that opens says when it writes after its owner before did: no call filter words it.
        new InconsistentStateException("Stale."), new OrleansException("Wrapped.", new InconsistentStateException("Stale.")),
    ];

    public static TheoryData<Exception> Lasting =>
        [Failure.NotFound(), Failure.Forbidden("No."), Failure.OutcomeUnknown(), new InvalidOperationException("Wrong.")];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task Stream_ThatIsLost_IsOpenedAnew_AndToldSinceWhen(Exception failure)
    {
        var lostAt = _clock.GetUtcNow() + TimeSpan.FromMinutes(5);
        var reading = ReadAsync(
            attempt => attempt == 1 ? Items(failure, 1, 2) : Items(null, 3),
            item => _clock.Advance(item == 2 ? TimeSpan.FromMinutes(5) : TimeSpan.Zero));
        await MoveOnUntilAsync(reading);
        Assert.Equal([1, 2, 3], await reading);
        Assert.Equal([null, lostAt - TimeSpan.FromMinutes(5)], _opened);
    }

    [Theory]
    [MemberData(nameof(Lasting))]
    public async Task Stream_ThatFailsOtherwise_EndsWithThat(Exception failure)
    {
        Assert.Same(failure, await Assert.ThrowsAnyAsync<Exception>(() => ReadAsync(_ => Items(failure, 1))));
        Assert.Single(_opened);
    }

    [Fact]
    public async Task Stream_ThatDoesNotComeBack_IsGivenUpAsUnavailable()
    {
        var begun = _clock.GetUtcNow();
        var reading = ReadAsync(attempt => attempt == 1 ? Items(new EnumerationAbortedException(), 1) : Items(new EnumerationAbortedException()));
        await MoveOnUntilAsync(reading);
        Assert.Equal(FailureCode.Unavailable, (await Assert.ThrowsAsync<RequestFailedException>(() => reading)).Code);
        Assert.InRange(_clock.GetUtcNow() - begun, Failover.Patience, Failover.Patience + TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task Stream_ThatIsLostAgainAndAgain_GoesOnAsLongAsItComesBack()
    {
        var reading = ReadAsync(attempt => attempt < 200 ? Items(new EnumerationAbortedException(), attempt) : Items(null, attempt));
        await MoveOnUntilAsync(reading);
        Assert.Equal(Enumerable.Range(1, 200), await reading);
    }

    [Fact]
    public async Task Question_IsAskedAgain_UntilItIsAnswered()
    {
        var asked = 0;
        var answer = Reopening.AskAsync(() => ++asked < 5 ? throw Failure.Unavailable("Later.") : new ValueTask<int>(asked), _clock, default).AsTask();
        await MoveOnUntilAsync(answer);
        Assert.Equal(5, await answer);
    }

    private async Task<List<int>> ReadAsync(Func<int, IAsyncEnumerable<int>> open, Action<int>? seen = null)
    {
        var read = new List<int>();
        await foreach (var item in Reopening.StreamAsync(Open, _clock, default))
        {
            read.Add(item);
            seen?.Invoke(item);
        }
        return read;

        IAsyncEnumerable<int> Open(DateTimeOffset? since)
        {
            _opened.Add(since);
            return open(_opened.Count);
        }
    }

    // Whoever waits does so for the clock alone.
    private Task MoveOnUntilAsync(Task done) => _clock.AdvanceUntilAsync(done, TimeSpan.FromMilliseconds(100));

    private static async IAsyncEnumerable<int> Items(Exception? end, params int[] items)
    {
        await Task.CompletedTask;
        foreach (var item in items) yield return item;
        if (end is not null) throw end;
    }
}
