using FsCheck;
using FsCheck.Fluent;
using Plumbline.TraceStore.Batches;
using Plumbline.TraceStore.Blocks;
using Plumbline.TraceStore.Blocks.Encodings;
using Plumbline.TraceStore.Columns;

namespace Plumbline.TraceStore.Tests.Blocks;

public sealed class EncodingTests
{
    [Fact]
    public void Numbers_OfAnyRange_ComeBack() => Check.QuickThrowOnFailure(Prop.ForAll<long[]>(numbers => RoundTrips(numbers)));

    [Theory]
    [InlineData(new[] { 5L })]
    [InlineData(new[] { long.MinValue })]
    [InlineData(new[] { long.MinValue, long.MaxValue, long.MinValue + 1, 0 })]
    [InlineData(new[] { long.MinValue, 7, 7, long.MinValue })]
    [InlineData(new[] { int.MaxValue, int.MinValue + 1L, int.MinValue })]
    [InlineData(new[] { 1_700_000_000_000_000_000, 1_700_000_000_000_000_001, 1_700_000_000_000_000_003 })]
    [InlineData(new[] { -1L, -1L, -1L })]
    public void Numbers_AtTheEdges_ComeBack(long[] numbers) => Assert.True(RoundTrips(numbers));

    [Fact]
    public void Numbers_ThatRise_TakeTheBitsOfTheirSteps()
    {
        var into = new ByteBuffer(16);
        NumberEncoding.Write([.. Enumerable.Range(0, 10_000).Select(i => 1_700_000_000_000_000_000 + (i * 3L))], into);
        Assert.InRange(into.Length, 1, 10_000);
    }

    [Fact]
    public void Codes_OfAnyCount_ComeBack()
    {
        foreach (var count in new[] { 1, 2, 3, 255, 256, 257, 65_535, 65_536, 70_000 })
        {
            var codes = Enumerable.Range(0, 1000).Select(i => i * 7919 % count).ToArray();
            var into = new ByteBuffer(16);
            CodeEncoding.WriteCodes(codes, count, into);
            var read = CodeEncoding.ReadCodes(into.Written, codes.Length, new Utf8Dictionary([], new int[count], count))!;
            Assert.Equal(codes, Enumerable.Range(0, codes.Length).Select(i => read[i]));
            Assert.Null(CodeEncoding.ReadCodes(into.Written[..^1], codes.Length, new Utf8Dictionary([], new int[count], count)));
        }
    }

    [Fact]
    public void Filter_KnowsItsIds_AndFewOthers()
    {
        var random = new Random(5);
        var ids = Enumerable.Range(0, 20_000).Select(_ => new TraceId((ulong)random.NextInt64(), (ulong)random.NextInt64())).ToArray();
        var filter = TraceIdFilter.Of(ids);
        Assert.All(ids, id => Assert.True(filter.MayContain(id)));
        var wrong = Enumerable.Range(0, 100_000).Count(_ => filter.MayContain(new TraceId((ulong)random.NextInt64(), (ulong)random.NextInt64())));
        Assert.InRange(wrong, 0, 300);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    [InlineData(5000)]
    public void Pages_Compressed_ComeBack(int length)
    {
        var raw = Enumerable.Range(0, length).Select(i => (byte)(i % 61)).ToArray();
        var into = new ByteBuffer(16);
        var compression = PageCodec.Compress(raw, 3, into);
        var back = new byte[length];
        Assert.Null(PageCodec.Decompress(compression, into.Written, back));
        Assert.Equal(raw, back);
        if (length > 1000) Assert.InRange(into.Length, 1, length / 4);
        Assert.NotNull(PageCodec.Decompress((PageCompression)9, into.Written, back));
        if (length > 0) Assert.NotNull(PageCodec.Decompress(compression, into.Written[..^1], back));
    }

    private static bool RoundTrips(long[] numbers)
    {
        var into = new ByteBuffer(16);
        NumberEncoding.Write(numbers, into);
        var read = NumberEncoding.Read(into.Written, numbers.Length);
        return read is not null && Enumerable.Range(0, numbers.Length).All(i => read[i] == numbers[i]);
    }
}
