using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Plumbline.Contracts;
using Plumbline.Features.Traces.Transport;

namespace Plumbline.Features.Tests.Traces;

/// <summary>A message is copied once, into memory that is used again, and belongs to the call that reads it.</summary>
public sealed class GrpcMessageTests
{
    private const int OneMessage = 700_000;
    private const int Most = 16 << 20;
    private static readonly byte[] Bytes = [.. Enumerable.Range(0, OneMessage).Select(i => (byte)(i * 31 / 7))];

    [Fact]
    public async Task Plain_IsACopy()
    {
        var shown = Bytes.ToArray();
        using var message = await GrpcMessage.ReadAsync(new Sent(shown), default);
        shown.AsSpan().Clear();
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
    }

    [Fact]
    public async Task Packed_IsUnpackedWhenItIsAskedFor()
    {
        using var message = await GrpcMessage.ReadAsync(Sent.Packed(Gzip(Bytes)), default);
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
        Assert.True((await message.PlainAsync(Most, default)).Span.SequenceEqual(Bytes));
    }

    [Fact]
    public async Task Packed_ThatUnpacksToTooMuch_IsRefused()
    {
        using var message = await GrpcMessage.ReadAsync(Sent.Packed(Gzip(Bytes)), default);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => message.PlainAsync(OneMessage - 1, default).AsTask());
        Assert.Equal(FailureCode.PayloadTooLarge, refused.Code);
    }

    [Fact]
    public async Task Calls_AtOneTime_TakeTheirOwnMessages()
    {
        const int Calls = 8;
        var (reading, all) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var taken = await Task.WhenAll(Enumerable.Range(0, Calls).Select(async number =>
        {
            byte[] bytes = [(byte)number];
            var sent = number % 2 == 0 ? Sent.Packed(Gzip(bytes)) : new Sent(bytes);
            using var message = await GrpcMessage.ReadAsync(sent with { Before = AllReadAsync }, default);
            return (await message.PlainAsync(Most, default)).Span[0];
        }));
        Assert.Equal([0, 1, 2, 3, 4, 5, 6, 7], taken);

        Task AllReadAsync()
        {
            if (Interlocked.Increment(ref reading) == Calls) all.SetResult();
            return all.Task;
        }
    }

    [Fact]
    public async Task Disposed_GivesNothingAway()
    {
        var message = await GrpcMessage.ReadAsync(new Sent(Bytes), default);
        message.Dispose();
        message.Dispose();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => message.PlainAsync(Most, default).AsTask());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Memory_IsUsedAgain(bool packed)
    {
        const int Rounds = 200;
        var sent = packed ? Sent.Packed(Gzip(Bytes)) : new Sent(Bytes);
        await TakeAsync();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < Rounds; round++) await TakeAsync();
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / Rounds, 0, OneMessage / 10);

        async ValueTask TakeAsync()
        {
            using var message = await GrpcMessage.ReadAsync(sent with { }, default);
            await message.PlainAsync(Most, default);
        }
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    /// <summary>A call with one message, which shows it as the library does.</summary>
    private sealed record Sent(byte[] Bytes, bool IsPacked = false) : IAsyncStreamReader<GrpcMessage>
    {
        private bool isRead;

        public Func<Task> Before { get; init; } = () => Task.CompletedTask;

        public GrpcMessage Current { get; private set; } = null!;

        public static Sent Packed(byte[] bytes) => new(bytes, true);

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (isRead) return false;
            isRead = true;
            await Before();
            Current = GrpcMessage.Marshaller.ContextualDeserializer(new Shown(IsPacked ? Unpacked() : Bytes));
            return true;
        }

        private byte[] Unpacked()
        {
            using var stream = new MemoryStream(Bytes);
            using var unpacked = new MemoryStream();
            new PackedMessages().CreateDecompressionStream(stream).CopyTo(unpacked);
            return unpacked.ToArray();
        }
    }

    private sealed class Shown(byte[] bytes) : DeserializationContext
    {
        public override int PayloadLength => bytes.Length;

        public override byte[] PayloadAsNewBuffer() => [.. bytes];

        public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(bytes);
    }
}
