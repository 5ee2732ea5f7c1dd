using Plumbline.ObjectStore;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Store;

/// <summary>A store that is opened again and again, because nobody needs it for long, stays as quick to open.</summary>
public sealed class OpeningTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Open_AgainAndAgain_LeavesNoMoreObjectsThanOnce(bool holdsSpans)
    {
        var disk = new MemoryObjectStore();
        if (holdsSpans) await AppendAsync(disk, 1);
        await OpenAsync(disk);
        var once = await SizesAsync(disk);
        for (var i = 0; i < 10; i++) await OpenAsync(disk);
        Assert.Equal(once.Count, (await SizesAsync(disk)).Count);
        await AppendAsync(disk, 2);
        await OpenAsync(disk);
        await using var store = await SpanStore.OpenAsync(disk, "o");
        Assert.Equal(holdsSpans ? 2 : 1, store.Status.HeadSpans);
    }

    // A log that holds spans is not written again for nothing either.
    [Fact]
    public async Task Open_AgainAndAgain_WritesNothingToWhatIsFenced()
    {
        var disk = new MemoryObjectStore();
        await AppendAsync(disk, 1);
        await OpenAsync(disk);
        await OpenAsync(disk);
        var before = (await SizesAsync(disk))["o/wal/0000000001"];
        for (var i = 0; i < 10; i++) await OpenAsync(disk);
        Assert.Equal(before, (await SizesAsync(disk))["o/wal/0000000001"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Open_OfWhatNobodyWroteTo_FencesOffWhoHadItBefore(int openings)
    {
        var disk = new MemoryObjectStore();
        await using var first = await SpanStore.OpenAsync(disk, "o");
        for (var i = 0; i < openings; i++) await OpenAsync(disk);
        await Assert.ThrowsAsync<AppendConflictException>(() => first.AppendAsync(SpanBatch.Of(Span(1))).AsTask());
        await using var last = await SpanStore.OpenAsync(disk, "o");
        Assert.Equal(0, last.Status.HeadSpans);
    }

    private static async Task OpenAsync(IObjectStore disk) => await (await SpanStore.OpenAsync(disk, "o")).DisposeAsync();

    private static async Task AppendAsync(MemoryObjectStore disk, int number)
    {
        await using var store = await SpanStore.OpenAsync(disk, "o");
        await store.AppendAsync(SpanBatch.Of(Span(number)));
    }

    private static SpanRecord Span(int number) => new RandomSpans(number).Span() with { TraceId = new TraceId(1, (ulong)number) };

    private static async Task<Dictionary<string, long>> SizesAsync(MemoryObjectStore disk) =>
        (await ObjectCopies.ReadAsync(disk)).ToDictionary(o => o.Key, o => (long)o.Value.Length);
}
