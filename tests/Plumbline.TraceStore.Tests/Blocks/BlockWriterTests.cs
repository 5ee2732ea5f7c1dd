using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Head;
using Plumbline.TraceStore.Tests.Model;

namespace Plumbline.TraceStore.Tests.Blocks;

public sealed class BlockWriterTests
{
    private static readonly BlockShape SmallPages = new(1024, 16, 4096);

    /// <summary>A second processor changes when a block is done, not what is in it.</summary>
    [Fact]
    public async Task Write_SomebodyBeginsToWait_GivesTheSameBytes()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            var view = Head(seed).Snapshot();
            var pace = new Waiting(from: seed % 7);
            Assert.Equal(await BytesAsync(view, null), await BytesAsync(view, pace));
            Assert.Equal(1, pace.Last);
            Assert.True(pace.IsRising && pace.Calls % 2 == 0, "both halves of the work on each page are told, one after the other");
        }
    }

    /// <summary>The roll-ups of a head do not depend on how many are computed at a time.</summary>
    [Fact]
    public async Task RollUp_AFewAtATime_GivesTheSameBlock()
    {
        var (whole, parts) = (Head(7), Head(7));
        while (!parts.RollUp(3)) { }
        Assert.Equal(await BytesAsync(whole.Snapshot(), null), await BytesAsync(parts.Snapshot(), null));
    }

    private static async Task<byte[]> BytesAsync(HeadView view, IBlockPace? pace)
    {
        var written = await BlockWriter.WriteAsync(view, 1, SmallPages, pace);
        var bytes = written!.Bytes.ToArray();
        written.GiveBack();
        return bytes;
    }

    private static SpanHead Head(int seed)
    {
        var spans = new RandomSpans(seed);
        var head = new SpanHead();
        for (var i = 0; i < 20; i++) head.Insert(SpanBatch.Of(spans.Batch()));
        return head;
    }

    /// <summary>Somebody who comes after so many pages.</summary>
    private sealed class Waiting(int from) : IBlockPace
    {
        private int _pages;

        public bool IsAwaited => _pages >= from;

        public double Last { get; private set; }

        public int Calls => _pages;

        public bool IsRising { get; private set; } = true;

        public void Made(double part)
        {
            IsRising &= part > Last;
            (_pages, Last) = (_pages + 1, part);
        }
    }
}
