using System.Net;
using System.Net.Sockets;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.Options;
using Plumbline.Contracts.Playground;
using Plumbline.Contracts.Prompts;
using Plumbline.Contracts.Traces;
using Plumbline.Features.Playground;
using Plumbline.Features.Playground.Models;
using Plumbline.Features.Playground.Runs;
using Plumbline.Testing;

namespace Plumbline.Features.Tests.Playground;

public sealed class ChatModelTests
{
    private const string Secret = "sk-verysecretkey";

    private readonly ManualTimeProvider _clock = new();
    private readonly PlaygroundOptions _options = new() { AllowPrivateAddresses = true, MaxLineBytes = 4_000 };
    private ResolveName _resolve = Dns.GetHostAddressesAsync;

    private async Task<RunOutput> RunAsync(string baseUrl, string model, Action<ChatEvent>? also = null, CancellationToken cancellationToken = default)
    {
        using var http = new GuardedHttp(Options.Create(_options), _resolve);
        var provider = new ModelProviderView
        {
            Project = new("aaaaaaaaaaaa", "bbbbbbbbbbbb"),
            ProviderId = "p",
            Name = "p",
            Kind = ModelProviderKind.OpenaiCompatible,
            BaseUrl = baseUrl,
        };
        var output = new RunOutput(100_000);
        var body = ChatRequestBody.Write(model, [new("user", [new("Hi", null)])], new PromptContent());
        await new OpenAiChatModel(
            http, new ProviderRepeats(_clock, Options.Create(_options)), _clock, Options.Create(_options))
                .StreamAsync(new(provider, Secret, model, [], body), happened =>
        {
            output.Take(happened);
            also?.Invoke(happened);
        }, cancellationToken);
        return output;
    }

    private async Task<ProviderErrorView> FailAsync(string model)
    {
        await using var provider = await FakeProvider.StartAsync();
        return (await Assert.ThrowsAsync<ProviderFailure>(() => RunAsync(provider.BaseUrl, model))).Error;
    }

    [Fact]
    public async Task Stream_OfAnAnswer_IsPutTogether()
    {
        await using var provider = await FakeProvider.StartAsync();
        var pieces = 0;
        var output = await RunAsync(provider.BaseUrl, "good", happened => pieces += happened is TextArrived ? 1 : 0);
        Assert.Equal("Hello, wörld 🎉", output.Text);
        Assert.Equal(3, pieces);
        Assert.Equal(new TokenUsage(7, 3, 10, 2, null), output.Tokens);
        Assert.Equal("stop", output.FinishReason);
        Assert.Equal("Bearer " + Secret, provider.LastAuthorization);
        Assert.DoesNotContain(Secret, provider.LastBody);
    }

    [Fact]
    public async Task Stream_OfAToolCall_IsPutTogether()
    {
        await using var provider = await FakeProvider.StartAsync();
        var output = await RunAsync(provider.BaseUrl, "tools");
        Assert.Equal(new ToolCallView("call_1", "search", """{"q":"a"}"""), Assert.Single(output.ToolCalls));
    }

    [Fact]
    public async Task Refusal_WithText_IsToldWithoutTheKey() =>
        Assert.Equal(new ProviderErrorView(429, "rate_limit_exceeded", "Slow down, ***.", true), await FailAsync("limited"));

    [Fact]
    public async Task Refusal_ByAPage_IsToldWithItsStatus()
    {
        var error = await FailAsync("page");
        Assert.Equal((502, true), (error.Status, error.Retryable));
        Assert.Contains("Bad gateway", error.Message);
    }

    [Fact]
    public async Task Redirect_IsNotFollowed() =>
        Assert.Equal((302, false), (await FailAsync("moved")) is var error ? (error.Status, error.Retryable) : default);

    [Theory]
    [InlineData("cut", "stream_cut", true)]
    [InlineData("garbage", "bad_stream", true)]
    [InlineData("endless-line", "bad_stream", false)]
    [InlineData("aborted", "unreachable", true)]
    public async Task Stream_Broken_IsAFailureWithACode(string model, string code, bool retryable)
    {
        var error = await FailAsync(model);
        Assert.Equal((code, retryable), (error.Code, error.Retryable));
    }

    [Fact]
    public async Task Error_InTheMiddle_IsTold() => Assert.Equal(new ProviderErrorView(500, "500", "The model crashed.", true), await FailAsync("error"));

    [Fact]
    public async Task Silence_TooLong_IsATimeout()
    {
        await using var provider = await FakeProvider.StartAsync();
        var begun = new TaskCompletionSource();
        var run = RunAsync(provider.BaseUrl, "waiting", _ => begun.TrySetResult());
        await begun.Task;
        _clock.Advance(_options.MaxSilence);
        Assert.Equal("timeout", (await Assert.ThrowsAsync<ProviderFailure>(() => run)).Error.Code);
    }

    [Fact]
    public async Task Cancel_EndsTheCall()
    {
        await using var provider = await FakeProvider.StartAsync();
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(provider.BaseUrl, "waiting", _ => cancellation.Cancel(), cancellation.Token));
    }

    [Fact]
    public async Task Address_InOnesOwnNetwork_IsNotReached()
    {
        await using var provider = await FakeProvider.StartAsync();
        _options.AllowPrivateAddresses = false;
        foreach (var url in new[] { provider.BaseUrl, provider.BaseUrl.Replace("127.0.0.1", "localhost") })
        {
            var failure = await Assert.ThrowsAsync<ProviderFailure>(() => RunAsync(url, "good"));
            Assert.Equal("unreachable", failure.Error.Code);
            Assert.Contains("where a provider may not be", failure.Error.Message, StringComparison.Ordinal);
        }
        Assert.Null(provider.LastBody);
    }

    [Fact]
    public async Task Names_ThatAreUnknown_OfOnesOwnNetworkOrSilent_FailAlike()
    {
        (_options.AllowPrivateAddresses, _options.MaxRepeats) = (false, 0);
        ResolveName[] outcomes =
        [
            (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse("10.1.2.3")]),
            (_, _) => Task.FromResult<IPAddress[]>([]),
            (_, _) => throw new SocketException((int)SocketError.HostNotFound),
            (_, _) => throw new SocketException((int)SocketError.ConnectionRefused),
            (_, _) => throw new SocketException((int)SocketError.TryAgain),
        ];
        var told = new HashSet<ProviderErrorView>();
        foreach (var resolve in outcomes)
        {
            _resolve = resolve;
            var failure = await Assert.ThrowsAsync<ProviderFailure>(() => RunAsync("https://payroll.example/v1", "good"));
            told.Add(failure.Error);
        }
        var one = Assert.Single(told);
        Assert.Equal(("unreachable", true), (one.Code, one.Retryable));
        Assert.StartsWith("payroll.example cannot be reached:", one.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Body_OfAVersion_SaysItAllAndNothingReserved()
    {
        var content = new PromptContent
        {
            ParametersJson = """{"temperature":0.5,"stream":false,"model":"evil","messages":[],"n":9}""",
            Tools = [new("search", "Finds", """{"type":"object"}""")],
            ResponseSchemaJson = """{"type":"object"}""",
        };
        var body = ChatRequestBody.Write(
            "m", [new("system", [new("ü", null)]), new("user", [new("Look: ", null), new(null, "https://example.com/a.png")])], content);
        Assert.Equal(
            """{"model":"m","messages":[{"role":"system","content":"ü"},{"role":"user","content":[{"type":"text","text":"Look: "},"""
                + """{"type":"image_url","image_url":{"url":"https://example.com/a.png"}}]}],"temperature":0.5,"tools":[{"type":"function","function":{"name":"search","description":"Finds","parameters":{"type":"object"}}}],"response_format":{"type":"json_schema","json_schema":{"name":"answer","schema":{"type":"object"}}},"stream":true,"stream_options":{"include_usage":true}}""",
            body);
    }

    [Fact]
    public void Events_SplitAnywhere_AreTheSame()
    {
        var bytes = Encoding.UTF8.GetBytes(": note\ndata: one\n\nevent: x\ndata: tw\ndata: ö 🎉\r\n\r\ndata:three\n\n\n\ndata: last");
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll<PositiveInt[]>(sizes =>
#pragma warning disable VSTHRD002 // properties are synchronous
            ReadAsync(new PiecewiseStream(bytes, [.. sizes.Select(s => s.Get)])).GetAwaiter().GetResult().SequenceEqual(["one", "tw\nö 🎉", "three", "last"])));
#pragma warning restore VSTHRD002
    }

    private static async Task<List<string>> ReadAsync(Stream stream)
    {
        var events = new List<string>();
        await foreach (var data in ServerSentEvents.ReadAsync(stream, 1000, CancellationToken.None)) events.Add(data);
        return events;
    }

    /// <summary>Gives its bytes in pieces of given sizes, again and again.</summary>
    private sealed class PiecewiseStream(byte[] bytes, int[] sizes) : MemoryStream(bytes)
    {
        private int _reads;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var size = sizes.Length == 0 ? buffer.Length : sizes[_reads++ % sizes.Length];
            return base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
        }
    }
}
