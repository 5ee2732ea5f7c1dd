using System.IO.Compression;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Plumbline.Host.Tests.Isolation;
using Plumbline.Host.Web;
using Plumbline.Testing;

namespace Plumbline.Host.Tests.Web;

/// <summary>Who gets compressed answers, and which. A proxy's header stands for a client elsewhere.</summary>
public sealed class AnswerCompressionTests(RunningServer server) : IClassFixture<RunningServer>, IDisposable
{
    private const int Aliases = 45;
    private static readonly string Long = string.Join(' ', Enumerable.Range(0, Aliases).Select(i => $"a_rather_long_name_for_what_is_short_{i}: __typename"));
    private static readonly string[] ToldOnce = ["secret", "acceptUrl", "password", "token"];
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly HttpClient _http = new() { BaseAddress = server.Process.Url };

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Query_FromElsewhere_IsCompressed(string encoding)
    {
        using var answer = await AskAsync($"{{ {Long} }}", encoding);
        Assert.Equal(encoding, Assert.Single(answer.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", answer.Headers.Vary);
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream decoded = encoding == "br" ? new BrotliStream(body, CompressionMode.Decompress) : new GZipStream(body, CompressionMode.Decompress);
        using var json = await JsonDocument.ParseAsync(decoded);
        Assert.Equal("Query", json.RootElement.GetProperty("data").GetProperty($"a_rather_long_name_for_what_is_short_{Aliases - 1}").GetString());
    }

    [Fact]
    public async Task Query_FromThisMachine_IsSentAsItIs()
    {
        using var answer = await AskAsync($"{{ {Long} }}", "br", proxy: null);
        await AssertPlainAsync(answer, AnswerCompression.SmallestBytes);
    }

    [Fact]
    public async Task Query_WithAShortAnswer_IsSentAsItIs()
    {
        using var answer = await AskAsync("{ __typename }", "br");
        await AssertPlainAsync(answer, 1);
    }

    /// <summary>The longer the answer the more it would tell: the key stands beside text that whoever asks can choose.</summary>
    [Fact]
    public async Task Mutation_ThatTellsASecret_IsSentAsItIs()
    {
        var aliases = string.Join(' ', Enumerable.Range(0, Aliases).Select(i => $"a_rather_long_name_for_what_is_short_{i}: name"));
        var input = $$"""{ projectId: "{{server.ProjectId}}", name: "pl_guess", scopes: [READ] }""";
        using var answer = await AskAsync($$"""mutation { createApiKey(input: {{input}}) { secret apiKey { {{aliases}} } } }""", "br");
        var text = await AssertPlainAsync(answer, AnswerCompression.SmallestBytes);
        Assert.Contains("\"secret\":\"pl_", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_TellsSecretsOnlyInAnswersToMutations()
    {
        var schema = await ApiSchema.ReadAsync(server.Owner);
        var types = schema.ObjectTypes().ToArray();
        var secret = types.SelectMany(schema.Fields).Where(f => ToldOnce.Contains(f.Name)).ToArray();
        Assert.Contains(secret, f => f.ToString() == "CreatedApiKeyPayload.secret");
        Assert.All(secret, f => Assert.EndsWith("Payload", f.Parent, StringComparison.Ordinal));
        Assert.DoesNotContain(types.Append("Query").SelectMany(schema.Fields), f => f.Type.Name.EndsWith("Payload", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EventStream_FromElsewhere_ComesEventByEvent()
    {
        using var request = Request($$"""subscription { traceUpdated(projectId: "{{server.ProjectId}}") { traceId } }""", "br");
        request.Headers.Accept.ParseAdd("text/event-stream");
        using var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(), Encoding.UTF8);
        Assert.Equal(":", await reader.ReadLineAsync().WaitAsync(Patience));
        var heard = EventAsync(reader);
        while (!heard.IsCompleted) // the stream is open before the server listens to its traces
        {
            Assert.True(await TraceSender.TrySendAsync(server.Script, TraceSender.NewTraceId()));
            await Task.WhenAny(heard, Task.Delay(TimeSpan.FromMilliseconds(200)));
        }
        Assert.Contains("traceUpdated", await heard, StringComparison.Ordinal);
    }

    private static async Task<string> EventAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync().WaitAsync(Patience) is { } line)
            if (line.StartsWith("data: {", StringComparison.Ordinal)) return line;
        return "";
    }

    private async Task<HttpResponseMessage> AskAsync(string document, string encoding, string? proxy = "1.1 edge")
    {
        using var request = Request(document, encoding, proxy);
        return await _http.SendAsync(request);
    }

    private static HttpRequestMessage Request(string document, string encoding, string? proxy = "1.1 edge")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = JsonContent.Create(new { query = document }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", RunningServer.ApiKey);
        request.Headers.AcceptEncoding.ParseAdd(encoding);
        if (proxy is not null) request.Headers.Via.ParseAdd(proxy);
        return request;
    }

    private static async Task<string> AssertPlainAsync(HttpResponseMessage answer, int atLeast)
    {
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.InRange(text.Length, atLeast, int.MaxValue);
        return text;
    }
}
