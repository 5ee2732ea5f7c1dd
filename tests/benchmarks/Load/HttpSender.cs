using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Plumbline.Benchmarks.Load;

/// <summary>OTLP over HTTP/1.1 on one connection, as lean as can be: one write a request, one buffer for answers.</summary>
internal sealed class HttpSender : ISender
{
    private const int LongestAnswer = 16 * 1024;
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _head;
    private readonly byte[] _answer = new byte[LongestAnswer];

    private HttpSender(Uri url, string apiKey, bool json) => _head = Encoding.ASCII.GetBytes(
        $"POST /v1/traces HTTP/1.1\r\nHost: {url.Authority}\r\nx-api-key: {apiKey}\r\nContent-Type: "
            + $"{(json ? "application/json" : "application/x-protobuf")}\r\nContent-Length: ");

    public static async Task<ISender> ConnectAsync(Uri url, string apiKey, bool json)
    {
        var sender = new HttpSender(url, apiKey, json);
        await sender._socket.ConnectAsync(IPAddress.Loopback, url.Port);
        return sender;
    }

    public async ValueTask<Answer> SendAsync(RequestTemplate request)
    {
        var start = WriteHead(request);
        for (var rest = request.Buffer.AsMemory(start); !rest.IsEmpty;) rest = rest[await _socket.SendAsync(rest)..];
        var (got, head) = (0, -1);
        while (head < 0)
        {
            got += await ReadAsync(got);
            head = _answer.AsSpan(0, got).IndexOf("\r\n\r\n"u8);
        }
        var whole = head + 4 + (int)(Number("Content-Length: "u8, head) ?? 0);
        while (got < whole) got += await ReadAsync(got);
        return AnswerAt(head);
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private int WriteHead(RequestTemplate request)
    {
        Span<byte> length = stackalloc byte[24];
        Utf8Formatter.TryFormat(request.BodyBytes, length, out var digits);
        "\r\n\r\n"u8.CopyTo(length[digits..]);
        var start = RequestTemplate.Headroom - _head.Length - digits - 4;
        _head.CopyTo(request.Buffer, start);
        length[..(digits + 4)].CopyTo(request.Buffer.AsSpan(start + _head.Length));
        return start;
    }

    private async ValueTask<int> ReadAsync(int at)
    {
        var read = await _socket.ReceiveAsync(_answer.AsMemory(at));
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }

    private Answer AnswerAt(int head)
    {
        var status = Encoding.ASCII.GetString(_answer, 9, 3);
        if (status == "200") return new(true, null, status);
        return new(false, Number("Retry-After: "u8, head) is { } seconds ? TimeSpan.FromSeconds(seconds) : null, status);
    }

    private long? Number(ReadOnlySpan<byte> header, int head)
    {
        var at = _answer.AsSpan(0, head).IndexOf(header);
        return at >= 0 && Utf8Parser.TryParse(_answer.AsSpan(at + header.Length), out long value, out _) ? value : null;
    }
}
