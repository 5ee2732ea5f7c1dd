using Microsoft.Extensions.Logging.Abstractions;
using Plumbline.Testing;
using Plumbline.TraceStore.Store;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>Who is let in while a block is made, and when.</summary>
public sealed class AppendRoomTests
{
    private static readonly SpanStoreOptions Options = new() { SealSpans = 100 };
    private readonly ManualTimeProvider _clock = new();
    private readonly SegmentSet _segments;
    private readonly AppendRoom _room;

    public AppendRoomTests()
    {
        _segments = new SegmentSet(_clock, new Quarantine(NullLogger.Instance));
        _room = new AppendRoom(_segments, Options, _clock);
    }

    [Fact]
    public async Task Enter_NoBlockIsMade_IsLetIn()
    {
        for (var i = 1; i <= 5; i++) Assert.True(await _room.EnterAsync(Spans(i, 100), CancellationToken.None));
    }

    [Theory]
    [InlineData(0, 25)]
    [InlineData(0.5, 63)]
    [InlineData(0.99, 100)]
    [InlineData(1, 150)]
    public async Task Enter_BlockIsMadeInPart_HasRoomInProportion(double made, int room)
    {
        await FreezeAsync();
        _room.Made(made);
        for (var i = 1; i <= room; i++) Assert.True(await _room.EnterAsync(Spans(i, 1), CancellationToken.None));
        Assert.False(_room.IsAwaited);
        var next = _room.EnterAsync(Spans(room + 1, 1), CancellationToken.None).AsTask();
        Assert.False(next.IsCompleted);
        Assert.True(_room.IsAwaited);
    }

    [Fact]
    public async Task Enter_BlockComesNearer_LetsInThoseWhoCameFirst()
    {
        await FreezeAsync();
        await _room.EnterAsync(Spans(1, 30), CancellationToken.None);
        Task<bool>[] waiting = [.. Enumerable.Range(2, 3).Select(i => _room.EnterAsync(Spans(i, 30), CancellationToken.None).AsTask())];
        _room.Made(0.2);
        Assert.True(await waiting[0]);
        Assert.False(waiting[1].IsCompleted);
        _room.Made(0.6);
        Assert.True(await waiting[1]);
        Assert.False(waiting[2].IsCompleted);
        _room.Made(1);
        Assert.True(await waiting[2]);
    }

    [Fact]
    public async Task Leave_BatchWillNotCome_LetsTheNextIn()
    {
        await FreezeAsync();
        var first = Spans(1, 30);
        await _room.EnterAsync(first, CancellationToken.None);
        var waiting = _room.EnterAsync(Spans(2, 30), CancellationToken.None).AsTask();
        Assert.False(waiting.IsCompleted);
        _room.Leave(first);
        Assert.True(await waiting);
    }

    [Fact]
    public async Task Enter_GivenUp_MakesRoomForTheNext()
    {
        await FreezeAsync();
        await _room.EnterAsync(Spans(1, 30), CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var cancelled = _room.EnterAsync(Spans(2, 300), stop.Token).AsTask();
        var late = _room.EnterAsync(Spans(3, 300), CancellationToken.None).AsTask();
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _clock.Advance(Options.MaxAppendWait - TimeSpan.FromSeconds(1));
        var last = _room.EnterAsync(Spans(4, 1), CancellationToken.None).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.False(await late);
        _room.Made(0.1);
        Assert.True(await last);
    }

    [Fact]
    public async Task Stuck_AppendsWait_AreRefused()
    {
        await FreezeAsync();
        await _room.EnterAsync(Spans(1, 30), CancellationToken.None);
        var waiting = _room.EnterAsync(Spans(2, 30), CancellationToken.None).AsTask();
        _room.Stuck = true;
        Assert.False(await waiting);
        Assert.False(await _room.EnterAsync(Spans(3, 30), CancellationToken.None));
    }

    private async Task FreezeAsync()
    {
        await _segments.InsertAsync(Spans(1_000_000, 1));
        Assert.NotNull(_segments.Freeze());
    }

    private static SpanBatch Spans(int trace, int count) =>
        SpanBatch.Of([.. Enumerable.Range(1, count).Select(i =>
            new SpanRecord { TraceId = new TraceId((ulong)trace, 1), SpanId = new SpanId((ulong)i), StartUnixNano = i, Name = "chat" })]);
}
