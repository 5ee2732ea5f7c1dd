using Azure;
using Plumbline.ObjectStore.Azure.Requests;

namespace Plumbline.ObjectStore.Azure.Tests.Requests;

public sealed class AttemptsTests
{
    private readonly Pauses _clock = new();

    private AzureObjectStoreOptions Options => new()
    {
        Container = "plumbline",
        FirstPause = TimeSpan.FromSeconds(1),
        LongestPause = TimeSpan.FromSeconds(4),
        Patience = TimeSpan.FromSeconds(20),
        Clock = _clock,
    };

    [Fact]
    public async Task Read_FailsForLong_PausesLongerAndLongerUntilPatienceEnds()
    {
        var attempts = 0;
        await Assert.ThrowsAsync<StorageUnavailableException>(() => new Attempts(Options).ReadAsync<int>(
            "a",
            _ =>
            {
                attempts++;
                throw new RequestFailedException(503, "", "ServerBusy", null);
            },
            CancellationToken.None));
        Assert.Equal(attempts - 1, _clock.Taken.Count);
        double[] means = [1, 2, 4];
        for (var i = 0; i < _clock.Taken.Count; i++)
        {
            var mean = means[Math.Min(i, 2)];
            Assert.InRange(_clock.Taken[i].TotalSeconds, mean / 2, mean);
        }
        var total = _clock.Taken.Sum(t => t.TotalSeconds);
        Assert.InRange(total, 16, 20); // the next pause would have gone beyond
        Assert.True(_clock.Taken.Select(t => t.Ticks).Distinct().Count() > 3, "Pauses of many callers may not be the same.");
    }

    [Theory]
    [InlineData(400, "InvalidHeaderValue")]
    [InlineData(403, "AuthorizationPermissionMismatch")]
    [InlineData(404, "ContainerNotFound")]
    [InlineData(409, "BlockCountExceedsLimit")]
    public async Task Write_FailsForGood_IsNotTriedAgain(int status, string code)
    {
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => new Attempts(Options).WriteAsync<int>(
            "a", 0, _ => throw new RequestFailedException(status, "", code, null)));
        Assert.Empty(_clock.Taken);
        Assert.NotEqual(StorageFault.Uncertain, failure.Fault);
        Assert.Equal(code == "BlockCountExceedsLimit", failure.Fault == StorageFault.Full);
    }

    [Fact]
    public async Task Write_WasCancelledBefore_IsNotBegun()
    {
        var begun = false;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new Attempts(Options).WriteAsync(
            "a", 0,
            _ =>
            {
                begun = true;
                return Task.FromResult(1);
            },
            new CancellationToken(canceled: true)));
        Assert.False(begun);
    }

    /// <summary>What an attempt may have done is known to those after it, and to the caller when none of them finds out.</summary>
    [Theory]
    [InlineData(500, "InternalError", true)]
    [InlineData(503, "ServerBusy", false)]
    public async Task Write_AfterAnAttempt_KnowsWhetherItMayHaveHappened(int status, string code, bool mayHave)
    {
        var seen = new List<bool>();
        var failure = await Assert.ThrowsAsync<StorageUnavailableException>(() => new Attempts(Options).WriteAsync<int>(
            "a", 0,
            attempt =>
            {
                seen.Add(attempt.MayHaveHappened);
                throw seen.Count > 1 ? new RequestFailedException(403, "", "AuthenticationFailed", null) : new RequestFailedException(status, "", code, null);
            }));
        Assert.Equal([false, mayHave], seen);
        Assert.Equal(mayHave ? StorageFault.Uncertain : StorageFault.Failed, failure.Fault);
    }

    /// <summary>A clock on which every pause is over at once, and no attempt's time.</summary>
    private sealed class Pauses : TimeProvider
    {
        private TimeSpan _now;

        public List<TimeSpan> Taken { get; } = [];

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now.Ticks;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime <= TimeSpan.FromSeconds(5))
            {
                Taken.Add(dueTime);
                _now += dueTime;
                ThreadPool.QueueUserWorkItem(_ => callback(state));
            }
            return new Inert();
        }

        private sealed class Inert : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => default;
        }
    }
}
