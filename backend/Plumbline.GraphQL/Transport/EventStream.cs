using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Plumbline.GraphQL.Transport;

/// <summary>Server-sent events on a response, with comments that keep an idle stream open.
/// https://html.spec.whatwg.org/multipage/server-sent-events.html</summary>
internal sealed class EventStream(HttpResponse response, TimeSpan keepAlive, TimeProvider clock) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private ITimer? _timer;

    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "text/event-stream; charset=utf-8";
        response.Headers.CacheControl = "no-cache, no-transform";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        await WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
        _timer = clock.CreateTimer(_ => _ = BeatAsync(cancellationToken), null, keepAlive, keepAlive);
    }

    private async Task BeatAsync(CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(":\n\n"u8.ToArray(), cancellationToken);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // the client went; whoever produces events learns it by the same token
        }
    }

    /// <summary>Sends one event; the data is JSON.</summary>
    public Task SendAsync(string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken)
    {
        var frame = new List<byte>(data.Length + 32);
        frame.AddRange(Encoding.ASCII.GetBytes($"event: {name}\ndata: "));
        AddLines(frame, data.Span);
        frame.AddRange("\n\n"u8);
        return WriteAsync(frame.ToArray(), cancellationToken);
    }

    /// <summary>Line ends between the tokens of embedded JSON would end the data: each line gets its own prefix.</summary>
    private static void AddLines(List<byte> frame, ReadOnlySpan<byte> data)
    {
        while (data.IndexOfAny((byte)'\n', (byte)'\r') is var end and >= 0)
        {
            frame.AddRange(data[..end]);
            frame.AddRange("\ndata: "u8);
            data = data[(end + 1)..];
        }
        frame.AddRange(data);
    }

    private async Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            await response.BodyWriter.WriteAsync(bytes, cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) await _timer.DisposeAsync();
        _turn.Dispose();
    }
}
