using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Plumbline.Contracts;
using Plumbline.Features.Traces.Transport;

namespace Plumbline.Features.Tests.Traces;

/// <summary>A message is copied once, into memory that is used again, and belongs to the call that expects it.</summary>
public sealed class GrpcMessageTests
{
    private const int OneMessage = 700_000;
    private const int Most = 16 << 20;
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, OneMessage).Select(i => (byte)(i * 31 / 7))];

    [Fact]
    public async Task Plain_IsACopy()
    {
        using var message = GrpcMessage.Expect();
        var shown = Bytes.ToArray();
        Take(shown);
        shown.AsSpan().Clear();
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
    }

    [Fact]
    public async Task Packed_IsUnpackedWhenItIsAskedFor()
    {
        using var message = GrpcMessage.Expect();
        TakePacked(Gzip(Bytes));
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
    }

    [Fact]
    public async Task Packed_ThatUnpacksToTooMuch_IsRefused()
    {
        using var message = GrpcMessage.Expect();
        TakePacked(Gzip(Bytes));
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => message.PlainAsync(OneMessage - 1, default).AsTask());
        Assert.Equal(FailureCode.PayloadTooLarge, refused.Code);
    }

    [Fact]
    public async Task Calls_AtOneTime_TakeTheirOwnMessages()
    {
        const int Calls = 8;
        var (expecting, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var taken = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async number =>
        {
            using var message = GrpcMessage.Expect();
            if (Interlocked.Increment(ref expecting) == Calls) all.SetResult();
            await all.Task;
            if (number % 2 == 0) TakePacked(Gzip([(byte)number]));
            else Take([(byte)number]);
            return (await message.PlainAsync(Most, default)).Span[0];
        }));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], taken);
    }

    [Fact]
    public async Task Second_IsNotKept()
    {
        using var message = GrpcMessage.Expect();
        Take([1]);
        Take([2]);
        TakePacked(Gzip([3]));
        Assert.Equal([1], (await message.PlainAsync(Most, default)).ToArray());
    }

    [Fact]
    public async Task Unread_SaysSo()
    {
        using var message = GrpcMessage.Expect();
        await Assert.ThrowsAsync<InvalidOperationException>(() => message.PlainAsync(Most, default).AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_IsUsedAgain(bool packed)
    {
        var (rounds, gzip) = (200, Gzip(Bytes));
        await TakeAsync();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++) await TakeAsync();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / rounds, 0, OneMessage / 10);

        async ValueTask TakeAsync()
        {
            using var message = GrpcMessage.Expect();
            if (packed) TakePacked(gzip);
            else Take(Bytes);
            await message.PlainAsync(Most, default);
        }
    }

    private static void Take(byte[] bytes) => GrpcMessage.Marshaller.ContextualDeserializer(new Shown(bytes));

    private static void TakePacked(byte[] packed)
    {
        using var stream = new MemoryStream(packed);
        Assert.Equal(-1, new PackedMessages().CreateDecompressionStream(stream).ReadByte());
        Take([]);
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    // What the library shows to a marshaller.
    private sealed class Shown(byte[] bytes) : DeserializationContext
    {
        public override int PayloadLength => bytes.Length;

        public override byte[] PayloadAsNewBuffer() => [.. bytes];

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
    }
}
