using System.Net;

namespace Plumbline.Host.Tests.Traces.Transport;

/// <summary>A body that sends its beginning and then nothing until it is let go on; then, or when nobody listens any more, it ends.</summary>
internal sealed class PausedContent(byte[] beginning) : HttpContent
{
    private readonly TaskCompletionSource goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(beginning, cancellationToken);
        await stream.FlushAsync(cancellationToken);
        await Task.WhenAny(goOn.Task, Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken));
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        goOn.TrySetResult();
        base.Dispose(disposing);
    }
}
