using Grpc.Core;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>Calls that end before they are answered: the bytes of a message stay as they are for as long as they are read, and nobody is disturbed.</summary>
public sealed class GrpcInterruptionTests(GrpcServer server) : IClassFixture<GrpcServer>, IDisposable
{
    private const int OneMessage = 700_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(400);
    private readonly GrpcClient client = new(server.GrpcPort);

    public void Dispose() => client.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Deadline_WhileItIsStored_EndsTheCall_AndLeavesItsBytesAlone(bool packed)
    {
        using var held = server.Gate.HoldNext();
        var message = Message('a');
        var call = await WithDeadlineAsync(held, message, packed);
        var request = await held.Arrived;
        Assert.Equal(StatusCode.DeadlineExceeded, (await GrpcClient.RefusedAsync(call)).StatusCode);
        await held.Cancelled.WaitAsync(Patience);
        await AssertUntouchedAsync(message, request.Body, packed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_WhileItIsStored_LeavesItsBytesAlone(bool packed)
    {
        using var cancellation = new CancellationTokenSource();
        using var held = server.Gate.HoldNext();
        var message = Message('a');
        var call = client.ExportAsync(message, packed, cancellationToken: cancellation.Token);
        var request = await held.Arrived.WaitAsync(Patience);
        await cancellation.CancelAsync();
        Assert.Equal(StatusCode.Cancelled, (await GrpcClient.RefusedAsync(call)).StatusCode);
        await held.Cancelled.WaitAsync(Patience);
        await AssertUntouchedAsync(message, request.Body, packed);
    }

    [Fact]
    public async Task Deadline_WhileItIsRead_IsExceeded()
    {
        var before = server.Gate.Passed;
        using var body = new PausedContent(GrpcExport.Frame(Message('a'))[..1000]);
        var call = GrpcExport.PostAsync(server.GrpcPort, body, RunningServer.ApiKey, request => request.Headers.Add("grpc-timeout", "400m"));
        var answer = await call.WaitAsync(Patience);
        Assert.Equal(("4", before), (answer.Status, server.Gate.Passed));
        Assert.Empty(server.Log.Complaints);
    }

    [Fact]
    public async Task Sender_ThatStopsSending_IsCutOff()
    {
        var before = server.Gate.Passed;
        using var body = new PausedContent(GrpcExport.Frame(Message('a'))[..1000]);
        await Assert.ThrowsAsync<HttpRequestException>(() => GrpcExport.PostAsync(server.GrpcPort, body, RunningServer.ApiKey).WaitAsync(Patience));
        Assert.Equal(before, server.Gate.Passed);
        Assert.Empty(server.Log.Complaints);
    }

    [Fact]
    public async Task Sender_ThatLeavesInTheMiddle_IsForgotten()
    {
        var before = server.Gate.Passed;
        using var body = new PausedContent(GrpcExport.Frame(Message('a'))[..100_000]);
        using var cancellation = new CancellationTokenSource(Short);
        var call = GrpcExport.PostAsync(server.GrpcPort, body, RunningServer.ApiKey, cancellationToken: cancellation.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Empty(await client.ExportAsync(Message('b')));
        Assert.Equal(before + 1, server.Gate.Passed);
        Assert.Empty(server.Log.Complaints);
    }

    // A deadline that passes before the call has come so far says nothing about the bytes; the next one is longer.
    private async Task<Task> WithDeadlineAsync(IngestGate.Held held, byte[] message, bool packed)
    {
        for (var deadline = Short; deadline < Patience; deadline *= 2)
        {
            var call = client.ExportAsync(message, packed, deadline);
            if (await Task.WhenAny(held.Arrived, call) == held.Arrived) return call;
            await GrpcClient.RefusedAsync(call);
        }
        throw new TimeoutException("No call got as far as the storing.");
    }

    // Were the held message's memory in the pool, these would get it.
    private async Task AssertUntouchedAsync(byte[] message, ReadOnlyMemory<byte> held, bool packed)
    {
        var others = Message('b');
        for (var round = 0; round < 2; round++) await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => client.ExportAsync(others, packed)));
        Assert.True(message.AsSpan().SequenceEqual(held.Span));
        Assert.Empty(server.Log.Complaints);
    }

    private static byte[] Message(char said) =>
        OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [(TraceSender.NewTraceId(), "1111111111111111", new string(said, OneMessage))]);
}
