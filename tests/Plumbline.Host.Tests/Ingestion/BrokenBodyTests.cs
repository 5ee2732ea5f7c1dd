using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Ingestion;

/// <summary>Bodies that are damaged, cut off, too slow or broken off, on every route that takes one: the sender is told, and the log keeps quiet.</summary>
public sealed class BrokenBodyTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Encodings = ["", "gzip", "x-gzip", "deflate", "br"];

    public static TheoryData<string> Routes => ["/graphql", "/v1/traces", "/v1/logs", "/signin/password", "/signin/link", "/signin/join"];

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Body_DamagedInAnyEncoding_IsRefusedWithASentence(string route)
    {
        var random = new Random(7);
        var problems = new List<string>();
        foreach (var encoding in Encodings)
        {
            var whole = Pack(encoding, Payload(route));
            var noise = new byte[200];
            random.NextBytes(noise);
            byte[][] refused = [noise, .. Enumerable.Range(1, 12).Select(i => whole[..(whole.Length * i / 13)]), whole[..^1]];
            foreach (var body in refused)
            {
                var (status, text) = await PostAsync(route, body, encoding);
                if (status is < 400 or >= 500 || text.Length < 10) problems.Add($"{encoding}, {body.Length} of {whole.Length} bytes: {status} {text}");
            }
            for (var i = 0; i < 20; i++)
            {
                var changed = (byte[])whole.Clone();
                changed[random.Next(changed.Length)] ^= (byte)(1 << random.Next(8));
                var (status, text) = await PostAsync(route, changed, encoding);
                if (status >= 500) problems.Add($"{encoding}, changed: {status} {text}");
            }
        }
        foreach (var encoding in new[] { "zstd", "gzip, br", "compress" })
        {
            var (status, text) = await PostAsync(route, [0x28, 0xB5, 0x2F, 0xFD, 4, 0, 1], encoding);
            if (status is < 400 or >= 500 || text.Length < 10) problems.Add($"{encoding}: {status} {text}");
        }
        Assert.True(problems.Count == 0, string.Join("\n", problems));
        AssertQuietLog();
    }

    [Fact]
    public async Task Body_BrokenOffOrTooSlow_LeavesNoTraceInTheLog()
    {
        foreach (var route in Routes.Select(r => (string)r))
        {
            foreach (var encoding in Encodings) await BreakOffAsync(route, encoding);
            Assert.StartsWith("HTTP/1.1 4", await SendRawAsync(route, "transfer-encoding: chunked", "zz\r\nno chunk\r\n"), StringComparison.Ordinal);
        }
        var slow = Routes.Select(r => (string)r).SelectMany(route => Encodings.Select(e => SendRawAsync(route, $"content-length: 9000\r\n{Header(e)}", "{")));
        foreach (var answer in await Task.WhenAll(slow))
            Assert.True(answer.Length == 0 || answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        AssertQuietLog();
    }

    [Fact]
    public async Task Grpc_DamagedOrBrokenOff_IsRefusedAndTheLogKeepsQuiet()
    {
        var random = new Random(9);
        var whole = Pack("gzip", Payload("/v1/traces"));
        for (var i = 1; i < 12; i++)
        {
            var (status, message, _) = await GrpcExport.SendAsync(
                server.Process.OtlpGrpcPort, whole[..(whole.Length * i / 13)], RunningServer.ApiKey, packed: true);
            Assert.True(status is "13" or "3" && message is { Length: > 10 }, $"{status} {message}");
        }
        for (var i = 0; i < 20; i++)
        {
            var noise = new byte[random.Next(1, 400)];
            random.NextBytes(noise);
            var body = new ByteArrayContent(i % 2 == 0 ? noise : GrpcExport.Frame(noise, (byte)(i % 3), (uint)random.Next(1, 600)));
            var answer = await GrpcExport.PostAsync(server.Process.OtlpGrpcPort, body, RunningServer.ApiKey);
            Assert.True(answer.Status is not (null or "0" or "2"), $"{answer.Status} {answer.Message}");
        }
        for (var i = 0; i < 5; i++)
            await Assert.ThrowsAnyAsync<Exception>(() => GrpcExport.PostAsync(server.Process.OtlpGrpcPort, new BrokenContent(), RunningServer.ApiKey));
        Assert.Equal("0", (await GrpcExport.SendAsync(server.Process.OtlpGrpcPort, Payload("/v1/traces"), RunningServer.ApiKey)).Status);
        AssertQuietLog();
    }

    private void AssertQuietLog()
    {
        var output = server.Process.Output;
        foreach (var word in new[] { "fail:", "crit:", "   at ", "nhandled exception" })
            if (output.IndexOf(word, StringComparison.Ordinal) is var at and >= 0)
                Assert.Fail(output[Math.Max(0, at - 300)..Math.Min(output.Length, at + 1000)]);
    }

    private static byte[] Payload(string route) => route switch
    {
        "/v1/traces" => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [.. Enumerable.Range(0, 20).Select(_ => TraceSender.NewTraceId())]),
        // Logs of this shape are none, and are taken apart all the same.
        "/v1/logs" => OtlpBytes.ChatSpans(TimeProvider.System.GetUtcNow(), [TraceSender.NewTraceId()]),
        _ => Encoding.UTF8.GetBytes("{\"email\":\"nobody@example.com\",\"password\":\"" + new string('x', 200) + "\"}"),
    };

    private static byte[] Pack(string encoding, byte[] bytes)
    {
        if (encoding.Length == 0) return bytes;
        using var packed = new MemoryStream();
        using (Stream pack = encoding switch
        {
            "deflate" => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        }) pack.Write(bytes);
        return packed.ToArray();
    }

    private static string Header(string encoding) => encoding.Length == 0 ? "x-none: 1" : $"content-encoding: {encoding}";

    private async Task<(int Status, string Text)> PostAsync(string route, byte[] body, string encoding)
    {
        var content = new ByteArrayContent(body);
        content.Headers.TryAddWithoutValidation("content-type", Type(route));
        if (encoding.Length > 0) content.Headers.TryAddWithoutValidation("content-encoding", encoding);
        content.Headers.Add("x-plumbline-csrf", "1");
        using var client = route.StartsWith("/signin", StringComparison.Ordinal)
            ? ServerClient.Plain(server.Process)
            : ServerClient.Script(server.Process, RunningServer.ApiKey);
        using var answer = await client.PostAsync(route, content);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static string Type(string route) => route.StartsWith("/v1", StringComparison.Ordinal) ? "application/x-protobuf" : "application/json";

    private string Head(string route, string header) =>
        $"POST {route} HTTP/1.1\r\nhost: 127.0.0.1\r\nx-api-key: {RunningServer.ApiKey}\r\nx-plumbline-csrf: 1\r\ncontent-type: "
            + $"{Type(route)}\r\n{header}\r\n\r\n";

    /// <summary>Sends the beginning of a request and reads until the server closes.</summary>
    private async Task<string> SendRawAsync(string route, string header, string body)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.Process.Url.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head(route, header) + body));
        try
        {
            using var reader = new StreamReader(client.GetStream());
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return "";
        }
    }

    private async Task BreakOffAsync(string route, string encoding)
    {
        using var client = new TcpClient { LingerState = new LingerOption(true, 0) };
        await client.ConnectAsync(IPAddress.Loopback, server.Process.Url.Port);
        var begun = Pack(encoding, Payload(route));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(Head(route, $"content-length: 9000\r\n{Header(encoding)}")));
        await client.GetStream().WriteAsync(begun.AsMemory(0, begun.Length / 2));
    }

    private sealed class BrokenContent : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(GrpcExport.Frame(new byte[10], 0, 1000));
            await stream.FlushAsync();
            throw new IOException("The sender is gone.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
